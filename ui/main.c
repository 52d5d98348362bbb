/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: the command line with the interface as one more command. */
#include "cli/main.h"
#include "cmd_review.h"

static const Command extra[] = {
    {"review", "[QUERY|-]", "the terminal interface (also without a command)", NEEDS_STATE,
     cmd_review, NULL},
};

int main(int argc, char **argv)
{
    return cli_main(argc, argv, extra, G_N_ELEMENTS(extra));
}
