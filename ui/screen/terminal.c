/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is the same for both terminals: passing calls on. */
#include "screen/terminal.h"

G_DEFINE_QUARK(notme-term-error, term_error);

void term_free(Term *term)
{
    if (term)
        term->ops->free(term);
}

void term_start(Term *term)
{
    term->ops->start(term);
}

void term_show(Term *term, const Screen *screen)
{
    term->ops->show(term, screen);
}

void term_repaint(Term *term)
{
    term->ops->repaint(term);
}

void term_leave(Term *term)
{
    term->ops->leave(term);
}

void term_enter(Term *term)
{
    term->ops->enter(term);
}

void term_suspend(Term *term)
{
    term->ops->suspend(term);
}

void term_copy(Term *term, const char *text)
{
    term->ops->copy(term, text);
}
