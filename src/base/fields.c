/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See fields.h. Shapes are constants that do not hold themselves, so the recursion is as deep as
 * the table is. */
#include "base/fields.h"

#include <string.h>

#include "base/date.h"
#include "base/ip.h"

/* Far behind the year 9999. */
#define TIME_MOST (G_GINT64_CONSTANT(1) << 40)

/* --- out -------------------------------------------------------------------------------------- */

static int number_at(const void *at)
{
    int number;
    memcpy(&number, at, sizeof number);
    return number;
}

static void ip_pack(GByteArray *to, const Ip *ip)
{
    pack_number(to, ip->family);
    if (ip->family)
        g_byte_array_append(to, ip->bytes, ip->family == 4 ? 4 : 16);
}

static void texts_pack(GByteArray *to, const GPtrArray *texts, int most)
{
    guint count = MIN(texts->len, (guint)most);
    pack_number(to, count);
    for (guint i = 0; i < count; i++)
        pack_text(to, texts->pdata[i] ? texts->pdata[i] : "");
}

static void names_pack(GByteArray *to, const GPtrArray *names, int most)
{
    guint count = MIN(names->len, (guint)most);
    pack_number(to, count);
    for (guint i = 0; i < count; i++)
        pack_name(to, names->pdata[i] ? names->pdata[i] : "");
}

/* How many, and one more, so that NULL can be 0. */
static void strv_pack(GByteArray *to, char *const *names)
{
    pack_number(to, names ? g_strv_length((char **)(gsize)names) + 1 : 0);
    for (; names && *names; names++)
        pack_name(to, *names);
}

/* In the order of their names: equal tables are equal bytes. */
static void table_pack(GByteArray *to, GHashTable *table)
{
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(table), (GCompareFunc)strcmp);
    pack_number(to, g_hash_table_size(table));
    for (const GList *it = names; it; it = it->next) {
        pack_name(to, it->data);
        pack_name(to, g_hash_table_lookup(table, it->data));
    }
}

static void list_pack(GByteArray *to, const Field *field, const GPtrArray *list)
{
    guint count = MIN(list->len, (guint)field->most);
    pack_number(to, count);
    for (guint i = 0; i < count; i++)
        fields_pack(to, field->shape, list->pdata[i]);
}

static void inline_pack(GByteArray *to, const Field *field, const GArray *list)
{
    guint count = MIN(list->len, (guint)field->most);
    pack_number(to, count);
    for (guint i = 0; i < count; i++)
        fields_pack(to, field->shape, list->data + i * field->shape->size);
}

static void time_pack(GByteArray *to, gint64 time)
{
    bool none = time <= -TIME_MOST || time >= TIME_MOST;
    pack_number(to, !none);
    if (!none)
        pack_signed(to, time);
}

/* Lists and tables. */
static void many_pack(GByteArray *to, const Field *field, const void *at)
{
    switch (field->kind) {
    case FIELD_TEXTS:
        texts_pack(to, *(GPtrArray *const *)at, field->most);
        break;
    case FIELD_NAMES:
        names_pack(to, *(GPtrArray *const *)at, field->most);
        break;
    case FIELD_STRV:
        strv_pack(to, *(char **const *)at);
        break;
    case FIELD_TABLE:
        table_pack(to, *(GHashTable *const *)at);
        break;
    case FIELD_LIST:
        list_pack(to, field, *(GPtrArray *const *)at);
        break;
    default:
        inline_pack(to, field, *(GArray *const *)at);
    }
}

static void field_pack(GByteArray *to, const Field *field, const void *at)
{
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_CONSTANT:
        pack_text(to, *(char *const *)at);
        break;
    case FIELD_NAME:
        pack_name(to, *(char *const *)at);
        break;
    case FIELD_BOOL:
        pack_number(to, *(const bool *)at);
        break;
    case FIELD_NUMBER:
        pack_signed(to, CLAMP(number_at(at), field->least, field->most));
        break;
    case FIELD_OCTET:
        pack_number(to, *(const guint8 *)at);
        break;
    case FIELD_LONG:
        pack_signed(to, *(const gint64 *)at);
        break;
    case FIELD_TIME:
        time_pack(to, *(const gint64 *)at);
        break;
    case FIELD_IP:
        ip_pack(to, at);
        break;
    case FIELD_STRUCT:
        fields_pack(to, field->shape, at);
        break;
    default:
        many_pack(to, field, at);
    }
}

void fields_pack(GByteArray *to, const Shape *shape, gconstpointer from)
{
    for (guint i = 0; i < shape->count; i++) {
        const Field *field = &shape->fields[i];
        field_pack(to, field, (const char *)from + field->offset);
    }
}

/* --- in --------------------------------------------------------------------------------------- */

static void ip_unpack(Unpack *from, Ip *ip)
{
    guint64 family = unpack_number(from, 6);
    gsize n = family == 4 ? 4 : 16;
    *ip = (Ip){0};
    if (family == 0)
        return;
    if ((family != 4 && family != 6) || (gsize)(from->end - from->at) < n) {
        from->broken = true;
        return;
    }
    ip->family = (guint8)family;
    memcpy(ip->bytes, from->at, n);
    from->at += n;
}

static const char *constant_unpack(Unpack *from)
{
    const char *text = unpack_text(from);
    if (text && strlen(text) > FIELD_CONSTANT_MOST)
        from->broken = true;
    return from->broken ? NULL : g_intern_string(text);
}

/* The text, or a copy of it. */
static char *text_take(Unpack *from)
{
    return from->known ? (char *)(gsize)unpack_text_known(from) : unpack_text_copy(from);
}

static void texts_unpack(Unpack *from, GPtrArray *texts, int most)
{
    guint64 count = unpack_number(from, (guint64)most);
    if (from->known)
        g_ptr_array_set_free_func(texts, NULL);
    for (guint64 i = 0; i < count && !from->broken; i++) {
        char *text = text_take(from);
        if (text)
            g_ptr_array_add(texts, text);
        else
            from->broken = true;
    }
}

static void names_unpack(Unpack *from, GPtrArray *names, guint64 count)
{
    for (guint64 i = 0; i < count && !from->broken; i++) {
        const char *name = unpack_name(from);
        if (name)
            g_ptr_array_add(names, g_strdup(name));
        else
            from->broken = true;
    }
}

static char **strv_unpack(Unpack *from)
{
    guint64 count = unpack_number(from, G_MAXINT);
    if (count == 0 || from->broken)
        return NULL;
    GPtrArray *names = g_ptr_array_new();
    names_unpack(from, names, count - 1);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

static void table_unpack(Unpack *from, GHashTable *table)
{
    guint64 count = unpack_number(from, G_MAXINT);
    for (guint64 i = 0; i < count && !from->broken; i++) {
        const char *name = unpack_name(from), *value = unpack_name(from);
        if (name && value)
            g_hash_table_replace(table, g_strdup(name), g_strdup(value));
        else
            from->broken = true;
    }
}

/* What is known to be good is one block, which fields_forget() frees. */
static void list_unpack_known(Unpack *from, const Field *field, GPtrArray *list, guint count)
{
    gsize size = field->shape->size;
    char *first = field->shape->create(), *block = first;
    if (count > 1) {
        block = g_malloc_n(count, size);
        for (guint i = 0; i < count; i++)
            memcpy(block + i * size, first, size);
        g_free(first);
    }
    g_ptr_array_set_free_func(list, NULL);
    g_ptr_array_set_size(list, (int)count);
    for (guint i = 0; i < count; i++) {
        list->pdata[i] = block + i * size;
        fields_unpack(from, field->shape, list->pdata[i]);
    }
}

static void list_unpack(Unpack *from, const Field *field, GPtrArray *list)
{
    guint64 count = unpack_number(from, (guint64)field->most);
    if (from->known && count) {
        list_unpack_known(from, field, list, (guint)count);
        return;
    }
    for (guint64 i = 0; i < count && !from->broken; i++) {
        gpointer one = field->shape->create();
        g_ptr_array_add(list, one);
        fields_unpack(from, field->shape, one);
    }
}

static void inline_unpack(Unpack *from, const Field *field, GArray *list)
{
    guint64 count = unpack_number(from, (guint64)field->most);
    if (from->known)
        g_array_set_clear_func(list, NULL);
    for (guint64 i = 0; i < count && !from->broken; i++) {
        g_array_set_size(list, list->len + 1);
        gpointer one = list->data + (list->len - 1) * field->shape->size;
        memset(one, 0, field->shape->size);
        fields_unpack(from, field->shape, one);
    }
}

static void number_unpack(Unpack *from, const Field *field, void *at)
{
    int number = (int)unpack_signed(from, field->least, field->most);
    memcpy(at, &number, sizeof number);
}

static void octet_unpack(Unpack *from, const Field *field, guint8 *at)
{
    *at = (guint8)unpack_number(from, (guint64)field->most);
    from->broken = from->broken || *at < field->least;
}

static void many_unpack(Unpack *from, const Field *field, void *at)
{
    switch (field->kind) {
    case FIELD_TEXTS:
        texts_unpack(from, *(GPtrArray **)at, field->most);
        break;
    case FIELD_NAMES:
        names_unpack(from, *(GPtrArray **)at, unpack_number(from, (guint64)field->most));
        break;
    case FIELD_STRV:
        g_strfreev(*(char ***)at);
        *(char ***)at = strv_unpack(from);
        break;
    case FIELD_TABLE:
        table_unpack(from, *(GHashTable **)at);
        break;
    case FIELD_LIST:
        list_unpack(from, field, *(GPtrArray **)at);
        break;
    default:
        inline_unpack(from, field, *(GArray **)at);
    }
}

/* Takes @text over. */
static void text_unpack(char **at, char *text)
{
    if (*at)
        g_free(*at);
    *at = text;
}

static void field_unpack(Unpack *from, const Field *field, void *at)
{
    switch (field->kind) {
    case FIELD_TEXT:
        text_unpack(at, text_take(from));
        break;
    case FIELD_NAME:
        text_unpack(at, g_strdup(unpack_name(from)));
        break;
    case FIELD_CONSTANT:
        *(const char **)at = constant_unpack(from);
        break;
    case FIELD_BOOL:
        *(bool *)at = unpack_bool(from);
        break;
    case FIELD_NUMBER:
        number_unpack(from, field, at);
        break;
    case FIELD_OCTET:
        octet_unpack(from, field, at);
        break;
    case FIELD_LONG:
        *(gint64 *)at = unpack_signed(from, G_MININT64, G_MAXINT64);
        break;
    case FIELD_TIME:
        *(gint64 *)at = unpack_bool(from) ? unpack_signed(from, -TIME_MOST, TIME_MOST) : TIME_NONE;
        break;
    case FIELD_IP:
        ip_unpack(from, at);
        break;
    case FIELD_STRUCT:
        fields_unpack(from, field->shape, at);
        break;
    default:
        many_unpack(from, field, at);
    }
}

/* Most members are one byte of 0: no text, no list, not so. False where this one is not. */
static bool none_unpack(Unpack *from, const Field *field, void *at)
{
    if (from->at == from->end || *from->at != 0)
        return false;
    switch (field->kind) {
    case FIELD_TEXT:
        text_unpack(at, NULL);
        break;
    case FIELD_BOOL:
        *(bool *)at = false;
        break;
    case FIELD_NUMBER:
        if (field->least > 0 || field->most < 0)
            return false;
        memset(at, 0, sizeof(int));
        break;
    case FIELD_TIME:
        *(gint64 *)at = TIME_NONE;
        break;
    case FIELD_IP:
        *(Ip *)at = (Ip){0};
        break;
    case FIELD_TEXTS:
    case FIELD_LIST:
    case FIELD_INLINE:
        break;
    default:
        return false;
    }
    from->at++;
    return true;
}

static void list_forget(GPtrArray *list)
{
    if (!list->len)
        return;
    g_free(list->pdata[0]);
    g_ptr_array_set_free_func(list, NULL);
    g_ptr_array_set_size(list, 0);
}

/* Its texts were borrowed, and so nobody frees them. */
static void texts_forget(GPtrArray *texts)
{
    if (texts->len)
        g_ptr_array_set_size(texts, 0);
}

static void inline_forget(GArray *list)
{
    if (list->len)
        g_array_set_size(list, 0);
}

void fields_forget(const Shape *shape, gpointer into)
{
    for (guint i = 0; i < shape->count; i++) {
        const Field *field = &shape->fields[i];
        void *at = (char *)into + field->offset;
        if (field->kind == FIELD_TEXT)
            *(char **)at = NULL;
        else if (field->kind == FIELD_LIST)
            list_forget(*(GPtrArray **)at);
        else if (field->kind == FIELD_TEXTS)
            texts_forget(*(GPtrArray **)at);
        else if (field->kind == FIELD_INLINE)
            inline_forget(*(GArray **)at);
        else if (field->kind == FIELD_STRUCT)
            fields_forget(field->shape, at);
    }
}

void fields_unpack(Unpack *from, const Shape *shape, gpointer into)
{
    for (guint i = 0; i < shape->count && !from->broken; i++) {
        const Field *field = &shape->fields[i];
        void *at = (char *)into + field->offset;
        if (!none_unpack(from, field, at))
            field_unpack(from, field, at);
    }
}
