/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message as plain data: what mime_read makes from bytes, and what
 * the bounce reader works on. Parts are a flat array in document order; parts[0] is the message
 * itself. A message/rfc822 part has one child: the attached message's root, whose headers are that
 * message's headers. Everything is owned by the Message and freed with it. All strings are valid
 * UTF-8 (wrong bytes read as Windows-1252 or U+FFFD). */
#ifndef NOTME_MESSAGE_MESSAGE_H
#define NOTME_MESSAGE_MESSAGE_H

#include "base/span.h"

typedef struct Header {
    guint refs;  /* of header_ref; not for several threads */
    char *name;  /* as written */
    char *value; /* unfolded (each fold one blank), trimmed; encoded-words not decoded */
    guint above; /* in a selection of headers: how many Received headers stood above it */
} Header;

typedef struct Part {
    int parent;         /* index, -1 for the root */
    int depth;          /* 0 for the root */
    char *type;         /* "text/plain", lower case; RFC 2045 default where missing */
    char *charset;      /* lower case or NULL */
    char *name;         /* file name (RFC 2231/2047 decoded) or NULL */
    char *report_type;  /* of multipart/report, lower case, or NULL */
    bool attachment;    /* Content-Disposition: attachment */
    GPtrArray *headers; /* of Header; the part's own */
    char *text; /* decoded body as UTF-8 with LF ends, NUL-terminated, for text types, message
                   status and header types, feedback-report and untyped leaves; NULL for containers
                   and binary parts */
    gsize size; /* bytes of the decoded body */
} Part;

typedef struct Message {
    GPtrArray *parts; /* of Part; at least one, even for an empty file */
    bool truncated;   /* larger, deeper or with more parts than is read: said, not hidden */
    char *shape; /* how the bytes were dressed: NULL, or "indented", "quoted", "mbox" ... joined by
                    ", " */
} Message;

Header *header_new(Span name, Span value);
/* Shared: freed when the last lets go of it. */
Header *header_ref(Header *header);
void header_free(Header *header);
/* It is called so, in any case. Most names differ in their first letter. */
static inline bool header_is(const Header *header, const char *name)
{
    return ((header->name[0] ^ name[0]) & ~0x20) == 0 &&
           g_ascii_strcasecmp(header->name, name) == 0;
}
/* First header of that name (ASCII case ignored) in @headers (of Header), or NULL. Borrowed. */
const char *headers_get(const GPtrArray *headers, const char *name);
/* All values of that name, in order; borrowed strings in a container the caller unrefs. */
GPtrArray *headers_all(const GPtrArray *headers, const char *name);
/* Reads a block of headers from text: folded lines are joined, "Received:from" without blank is a
 * header, a line that is neither header nor blank continues the one before. Stops at the first
 * blank line behind a header; *@rest, if not NULL, is what follows. Returns an array of Header (may
 * be empty); the caller unrefs it. */
GPtrArray *headers_parse(Span text, Span *rest);

Part *part_new(int parent, int depth, const char *type);
Message *message_new(void);
void message_free(Message *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Message, message_free)
const Part *message_part(const Message *message, guint i);
/* The root's headers. */
const GPtrArray *message_headers(const Message *message);
const char *message_header(const Message *message, const char *name);
/* Index of the next child of @parent after @after (-1 for the first), or -1. */
int message_child(const Message *message, int parent, int after);

#endif
