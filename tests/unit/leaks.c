/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linked into every unit test where configure found that leaks can be looked for (-fsanitize=leak,
 * wrapping confine_limits): what is lost at the end of a test is a failure. */
#include <unistd.h>

int __lsan_is_turned_off(void);
void __wrap_confine_limits(void);

/* A confined parser, which some tests start out of themselves, may not stop its own threads to look
 * for leaks; nor may it name any file. */
int __lsan_is_turned_off(void)
{
    return access("/", F_OK) != 0;
}

/* The heap that is looked through reserves more addresses than such a parser is allowed. That the
 * program's own parsers have their limits is asked by tests/cli/confined.t. */
void __wrap_confine_limits(void)
{
}
