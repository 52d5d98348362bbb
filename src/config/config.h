/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme's configuration (notme-config(5)): GKeyFile with checks that name file, line and what is
 * allowed; and what follows from it. */
#ifndef NOTME_CONFIG_CONFIG_H
#define NOTME_CONFIG_CONFIG_H

#include <jansson.h>

#include "trace/identity.h"

typedef enum DeleteHow { DELETE_TAG, DELETE_TRASH, DELETE_UNLINK } DeleteHow;

typedef struct Config {
    guint refs;               /* of config_ref; not for several threads */
    char *path;               /* the file read, or NULL: none there */
    char *notmuch_config;     /* NULL: notmuch's own choice */
    char *state;              /* [mail] state: a folder in place of XDG_STATE_HOME/notme, or NULL */
    Identity *identity;       /* as configured; config_adopt_addresses adds notmuch's */
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
        char *trash, *quarantine;
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
            *complained, *draft;
    } tags;
    GHashTable *theme; /* role -> "colour [attributes]" */
    char *state_dir;   /* where the journal is: made 0700 when first written */
    char *config_dir;  /* where keymaps and templates of the user are */
} Config;

#define CONFIG_ERROR (config_error_quark())
GQuark config_error_quark(void);

/* Where the configuration is by default: $XDG_CONFIG_HOME/notme/config. The caller frees it. */
char *config_default_path(void);
/* @path NULL: the default file, which may be missing. Unknown section or key, bad value: an error
 * "FILE:LINE: what is wrong; what is allowed". */
Config *config_load(const char *path, GError **error);
/* Another reference. Whoever shares a configuration does not change it. */
Config *config_ref(const Config *config);
void config_unref(Config *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Config, config_unref)
/* One of the caller's own, to be changed. The caller unrefs it. */
Config *config_copy(const Config *config);
/* Where the configuration names no own addresses, takes those of notmuch's (@addresses, of char *);
 * and where it names no own domains, those of the own addresses, except shared providers'. For
 * callers that use the store: "check" never asks notmuch. */
void config_adopt_addresses(Config *config, const GPtrArray *addresses);
/* To and from worker processes. */
json_t *config_to_json(const Config *config);
Config *config_from_json(const json_t *json);

#endif
