/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bare GMime parse of each file whose name comes in: what "notme check" is measured by. */
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>

static void parse(const char *name)
{
    gchar *data;
    gsize length;
    if (!g_file_get_contents(name, &data, &length, NULL))
        return;
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(data, length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_clear_object(&message);
    g_object_unref(parser);
    g_object_unref(stream);
    g_free(data);
}

int main(void)
{
    char name[4096];
    g_mime_init();
    while (fgets(name, sizeof name, stdin)) {
        name[strcspn(name, "\n")] = '\0';
        parse(name);
    }
    return 0;
}
