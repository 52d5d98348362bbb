/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command table. */
#include "cli/commands.h"

static const char check_statuses[] =
    "With --is: 0 all that was read is one of these, 1 some is not, 2 some could not be read.\n"
    "With --exit-code: 10 genuine, 11 backscatter, 12 fake, 13 undecided, 14 other mail,\n"
    "1 unreadable.\n";

const Command cli_commands[] = {
    {"list", "[QUERY]", "lists bounces and notices, one line each, newest first", NEEDS_STATE,
     cmd_list, NULL},
    {"show", "ID|FILE|-...", "shows the full picture of a bounce: verdict, evidence, chains",
     NEEDS_STATE, cmd_show, NULL},
    {"check", "FILE...|-", "reads files of mail, no mailbox needed", NEEDS_CONFIG, cmd_check,
     check_statuses},
    {"tag", "[QUERY]", "writes verdict tags, for notmuch's post-new hook", NEEDS_STATE, cmd_tag,
     NULL},
    {"delete", "QUERY|FILE...|-", "deletes bounces and notices: a job that can be undone",
     NEEDS_STATE, cmd_delete, NULL},
    {"quarantine", "QUERY|FILE...|-", "moves bounces and notices to the quarantine folder",
     NEEDS_STATE, cmd_quarantine, NULL},
    {"release", "QUERY|FILE...|-", "puts them back from quarantine where they were", NEEDS_STATE,
     cmd_release, NULL},
    {"complain", "QUERY|FILE...|-", "drafts complaints about them", NEEDS_STATE, cmd_complain,
     NULL},
    {"questions", "[QUERY]", "lists what you could settle, by the cases that wait for it",
     NEEDS_STATE, cmd_questions, NULL},
    {"answer", "QUESTION yes|no", "answers a question; the answer is written to the configuration",
     NEEDS_STATE, cmd_answer, NULL},
    {"summary", "[QUERY]", "the picture of a joe-job: by day, network, reporter and abused address",
     NEEDS_STATE, cmd_summary, NULL},
    {"decide", "[CAMPAIGN delete|quarantine|nothing]",
     "decides what becomes of new backscatter of a campaign", NEEDS_STATE, cmd_decide, NULL},
    {"undo", "[JOB]", "takes back a job, the last one of your own", NEEDS_STATE, cmd_undo, NULL},
    {"redo", "[JOB]", "does again what an undo took back", NEEDS_STATE, cmd_redo, NULL},
    {"log", "", "lists the jobs", NEEDS_STATE, cmd_log, NULL},
    {"purge", "", "unlinks what was deleted, and nothing else", NEEDS_STATE, cmd_purge, NULL},
    {"learn", "", "finds out which addresses, hosts and networks are yours", NEEDS_CONFIG,
     cmd_learn, NULL},
    {"demo", "[DIR]", "makes a small sample mailbox to try everything on", NEEDS_NOTHING, cmd_demo,
     NULL},
    {"keys", "", "prints the key table in force", NEEDS_CONFIG, cmd_keys, NULL},
    {NULL, NULL, NULL, NEEDS_NOTHING, NULL, NULL},
};
