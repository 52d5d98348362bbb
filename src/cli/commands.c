/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command table. */
#include "cli/commands.h"

const Command cli_commands[] = {
    {"list", "[OPTIONS] [QUERY]", "lists bounces and notices, one line each, newest first",
     NEEDS_CONFIG | NEEDS_STORE, cmd_list},
    {"show", "[--explain] [--format=text|json] ID|FILE...",
     "shows the full picture of a bounce: verdict, evidence, chains", NEEDS_CONFIG | NEEDS_STORE,
     cmd_show},
    {"check", "[--format=text|json] [--files-from=LIST|-] FILE...|-",
     "reads files of mail, no mailbox needed", NEEDS_CONFIG, cmd_check},
    {"tag", "[QUERY]", "writes verdict tags, for notmuch's post-new hook",
     NEEDS_CONFIG | NEEDS_STORE | NEEDS_WRITE, cmd_tag},
    {"delete", "[--dry-run] [--yes] [--verdict=V] QUERY|FILE...",
     "deletes bounces and notices: a job that can be undone",
     NEEDS_CONFIG | NEEDS_STORE | NEEDS_WRITE, cmd_delete},
    {"quarantine", "[--dry-run] [--yes] [--verdict=V] QUERY|FILE...",
     "moves bounces and notices to the quarantine folder", NEEDS_CONFIG | NEEDS_STORE | NEEDS_WRITE,
     cmd_quarantine},
    {"release", "[--dry-run] [--yes] [--verdict=V] QUERY|FILE...",
     "puts them back from quarantine where they were", NEEDS_CONFIG | NEEDS_STORE | NEEDS_WRITE,
     cmd_release},
    {"complain", "[--dry-run] [--yes] [--verdict=V] [OPTIONS] QUERY|FILE...",
     "drafts complaints about them", NEEDS_CONFIG | NEEDS_STORE | NEEDS_WRITE, cmd_complain},
    {"undo", "[JOB]", "takes back a job, the last one that can be",
     NEEDS_CONFIG | NEEDS_STORE | NEEDS_WRITE, cmd_undo},
    {"log", "[--format=text|json]", "lists the jobs", NEEDS_CONFIG, cmd_log},
    {"purge", "[--older-than=30d] [--dry-run]", "unlinks what was deleted, and nothing else",
     NEEDS_CONFIG | NEEDS_STORE | NEEDS_WRITE, cmd_purge},
    {"demo", "[DIR]", "makes a small sample mailbox to try everything on", NEEDS_NOTHING, cmd_demo},
    {"keys", "", "prints the key table in force", NEEDS_CONFIG, cmd_keys},
    {NULL, NULL, NULL, 0, NULL},
};
