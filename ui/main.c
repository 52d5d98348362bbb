/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: the command line. */
#include "cli/command.h"

int main(int argc, char **argv)
{
    return cli_main(argc, argv, NULL, 0);
}
