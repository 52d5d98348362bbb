/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme's configuration (notme-config(5)): GKeyFile with checks that name file, line and what is
 * allowed; and what follows from it. */
#ifndef NOTME_CONFIG_CONFIG_H
#define NOTME_CONFIG_CONFIG_H

#include "trace/identity.h"

typedef enum DeleteHow { DELETE_TAG, DELETE_TRASH, DELETE_UNLINK } DeleteHow;

typedef struct Config {
    guint refs;               /* of config_ref; not for several threads */
    char *path;               /* the file read, or NULL: none there */
    char *notmuch_config;     /* NULL: notmuch's own choice */
    char *state;              /* [mail] state: a folder in place of XDG_STATE_HOME/notme, or NULL */
    Identity *identity;       /* as configured; config_with_addresses adds notmuch's */
    bool identity_configured; /* there is an [identity] section with own hosts, networks, domains or
                                 addresses */
    char **sent_folders;
    struct {
        char *query, *keymap, *color, *ascii, *sort, *group, *cursor, *clipboard;
        bool mouse, auto_marked;
        int split; /* per cent */
    } review;
    struct {
        DeleteHow delete;
        char *trash, *quarantine, *quarantine_by;
        bool delete_flag;
    } actions;
    struct {
        char *to, *format, *then, *drafts, *editor, *name;
        gint64 max_age, again_after; /* seconds */
        bool dns;
    } complain;
    GHashTable *contacts; /* DOMAIN or CIDR -> address */
    char *contacts_file;
    GHashTable *commands;  /* NAME -> command (config/own_command.h) */
    GHashTable *decisions; /* campaign (Row.campaign), lower case -> "delete" or "quarantine" */
    struct {
        char *bounce, *genuine, *backscatter, *fake, *undecided, *deleted, *quarantined,
            *complained, *draft, *login;
    } tags;
    GHashTable *theme; /* role -> "colour [attributes]" */
    char *state_dir;   /* where the journal is: made 0700 when first written */
    char *config_dir;  /* where keymaps and templates of the user are */
} Config;

#define CONFIG_ERROR (config_error_quark())
GQuark config_error_quark(void);

/* The file that is read last, and written: @given (--config), else $NOTME_CONFIG, else
 * $XDG_CONFIG_HOME/notme/config. The caller frees it. */
char *config_last_path(const char *given);
/* Reads notme/config in each of the system's folders ($XDG_CONFIG_DIRS, /etc/xdg), the first of
 * them last, and then config_last_path(@path): a later one wins key by key. Only a file that was
 * named has to be there. Unknown section or key, bad value: an error "FILE:LINE: what is wrong;
 * what is allowed". */
Config *config_load(const char *path, GError **error);
/* Another reference: from when it is loaded on, a configuration is not changed. */
Config *config_ref(const Config *config);
void config_unref(Config *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Config, config_unref)
/* One of the caller's own, to be changed before it is shared. The caller unrefs it. */
Config *config_copy(const Config *config);
/* The state is that of the mailbox whose mail lies in @root (links resolved): a folder of its own
 * in the common one, so that two mailboxes share no jobs. Where [mail] state names a folder, it is
 * that. Until then state_dir is the common one. */
void config_set_mail_root(Config *config, const char *root);
/* The state of @other's mailbox. */
void config_share_state(Config *config, const Config *other);
/* Where the configuration names no own addresses, one with those of notmuch's (@addresses, of
 * char *, or NULL); and where it names no own domains, with those of the own addresses, except
 * shared providers'. Else another reference. For callers that use the store: "check" never asks
 * notmuch. The caller unrefs it. */
Config *config_with_addresses(const Config *config, const GPtrArray *addresses);
/* To and from worker processes (config_wire.c). NULL for what is none: @from is broken then. The
 * caller unrefs it. */
void config_pack(GByteArray *to, const Config *config);
Config *config_unpack(Unpack *from);
/* All is read and found in the same way by both: they differ at most in what is own, what was
 * decided, in colours and commands. */
bool config_reads_alike(const Config *a, const Config *b);

#endif
