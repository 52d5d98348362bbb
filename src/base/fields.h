/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Structs over the wire: a table says which members a struct has, and gives both directions, so
 * that they cannot drift apart. Reading checks everything (base/pack.h): ranges, counts, UTF-8. */
#ifndef NOTME_BASE_FIELDS_H
#define NOTME_BASE_FIELDS_H

#include "base/pack.h"

typedef enum FieldKind {
    FIELD_TEXT,     /* char *, owned; NULL stays NULL */
    FIELD_NAME,     /* the same, any bytes but NUL */
    FIELD_CONSTANT, /* const char *, interned; at most FIELD_CONSTANT_MOST bytes */
    FIELD_BOOL,
    FIELD_NUMBER, /* int, or an enumeration, between least and most */
    FIELD_OCTET,  /* guint8, likewise */
    FIELD_LONG,   /* gint64 */
    FIELD_TIME, /* gint64: seconds; TIME_NONE, and what is far out of the calendar, is TIME_NONE */
    FIELD_IP,
    FIELD_TEXTS,  /* GPtrArray of char *, there before it is read; at most most */
    FIELD_NAMES,  /* the same, any bytes but NUL */
    FIELD_STRV,   /* char **, owned, of any bytes but NUL; NULL stays NULL */
    FIELD_TABLE,  /* GHashTable of char * to char *, there before it is read, likewise */
    FIELD_LIST,   /* GPtrArray of structs of shape, likewise */
    FIELD_INLINE, /* GArray of structs of shape, likewise */
    FIELD_STRUCT  /* the struct itself */
} FieldKind;

enum { FIELD_CONSTANT_MOST = 60 };

typedef struct Shape Shape;

typedef struct Field {
    FieldKind kind;
    gsize offset;
    int least, most;
    const Shape *shape;
} Field;

struct Shape {
    const Field *fields;
    guint count;
    gsize size;
    gpointer (*create)(void); /* an empty one, for FIELD_LIST */
};

#define FIELD(type, member, kind)                                                                  \
    {                                                                                              \
        kind, G_STRUCT_OFFSET(type, member), 0, 0, NULL                                            \
    }
#define FIELD_RANGE(type, member, a, b)                                                            \
    {                                                                                              \
        FIELD_NUMBER, G_STRUCT_OFFSET(type, member), a, b, NULL                                    \
    }
#define FIELD_MANY(type, member, n)                                                                \
    {                                                                                              \
        FIELD_TEXTS, G_STRUCT_OFFSET(type, member), 0, n, NULL                                     \
    }
#define FIELD_MANY_NAMES(type, member, n)                                                          \
    {                                                                                              \
        FIELD_NAMES, G_STRUCT_OFFSET(type, member), 0, n, NULL                                     \
    }
#define FIELD_OF(type, member, kind, n, shape)                                                     \
    {                                                                                              \
        kind, G_STRUCT_OFFSET(type, member), 0, n, &(shape)                                        \
    }
#define SHAPE(type, fields, create)                                                                \
    {                                                                                              \
        fields, G_N_ELEMENTS(fields), sizeof(type), create                                         \
    }

void fields_pack(GByteArray *to, const Shape *shape, gconstpointer from);
/* Fills @into, which is empty. What is wrong breaks @from; @into can be freed then, too. */
void fields_unpack(Unpack *from, const Shape *shape, gpointer into);
/* What was unpacked from what is known (Unpack.known) borrows its texts, in the lists of it, too,
 * whose structs hold no lists. After this @into owns nothing but its lists, which are empty; it can
 * be freed like others, or filled anew from what is known. */
void fields_forget(const Shape *shape, gpointer into);

#endif
