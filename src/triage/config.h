/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme's configuration (product.md): GKeyFile with checks that name file, line and what is
 * allowed; and what follows from it. */
#ifndef NOTME_TRIAGE_CONFIG_H
#define NOTME_TRIAGE_CONFIG_H

#include <jansson.h>

#include "trace/identity.h"

typedef enum DeleteHow { DELETE_TAG, DELETE_TRASH, DELETE_UNLINK } DeleteHow;

typedef struct Config {
    char *path;           /* the file read, or NULL: none there */
    char *notmuch_config; /* NULL: notmuch's own choice */
    Identity
        *identity; /* as configured; the session adds notmuch's addresses where there are none */
    bool identity_configured; /* there is an [identity] section with own hosts, networks, domains or
                                 addresses */
    char **sent_folders;
    struct {
        char *query, *keymap, *color, *ascii, *sort, *group;
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
    struct {
        char *bounce, *genuine, *backscatter, *fake, *undecided, *deleted, *quarantined,
            *complained, *draft;
    } tags;
    GHashTable *theme; /* role -> "colour [attributes]" */
    char *state_dir;   /* XDG_STATE_HOME/notme, made 0700 when first written */
    char *config_dir;  /* where keymaps and templates of the user are */
} Config;

/* @path NULL: the default file, which may be missing. Unknown section or key, bad value: an error
 * with file and line. */
Config *config_load(const char *path, GError **error);
void config_free(Config *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Config, config_free)
/* To and from worker processes. */
json_t *config_to_json(const Config *config);
Config *config_from_json(const json_t *json);

#endif
