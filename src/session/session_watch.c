/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting for the processes behind the session on its main context. */
#include "session/session_private.h"

void session_watch(Session *session, GSource **source, int fd, bool writes, GUnixFDSourceFunc ready)
{
    if (*source) {
        g_source_destroy(*source);
        g_source_unref(*source);
        *source = NULL;
    }
    if (fd < 0)
        return;
    GIOCondition what = G_IO_IN | G_IO_HUP | G_IO_ERR;
    if (writes)
        what |= G_IO_OUT;
    *source = g_unix_fd_source_new(fd, what);
    g_source_set_callback(*source, G_SOURCE_FUNC(ready), session, NULL);
    g_source_attach(*source, session->context);
}
