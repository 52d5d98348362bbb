/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single entries of a configuration, put into the text of a configuration and
 * taken out of it. All else stays as it was written: comments, order, blanks. */
#ifndef NOTME_CONFIG_CONFIG_EDIT_H
#define NOTME_CONFIG_CONFIG_EDIT_H

#include <glib.h>
#include <stdbool.h>

/* An entry is "KEY=VALUE", one value: of a switch (a promise: complete, sent_complete, dkim_always)
 * all that the key says, else one of its list. "[SECTION]KEY=VALUE" is one of that section, and a
 * switch. */

/* @text says it already. */
bool config_text_has(const char *text, const char *entry);
/* @text with the entry: behind the others of its list, in place of what a switch said, or as a line
 * of its own at the end of the section, which is made where it is missing. The caller frees it. */
char *config_text_add(const char *text, const char *entry);
/* @text without the entry; a line that then says nothing goes. The caller frees it. */
char *config_text_remove(const char *text, const char *entry);

/* The file that is written where @path names a configuration: what a link leads to. The caller
 * frees it; NULL with an error for a link that leads nowhere. */
char *config_target(const char *path, GError **error);
/* Replaces the file in one step, with the rights that it had (0600 for a new one), its folder made
 * where it is missing; through a link its target. False with an error where it cannot be written,
 * as when it is read-only. */
bool config_write(const char *path, const char *text, GError **error);
/* What makes @before of @after again, as one text; the caller frees it. It knows @after by its
 * checksum, and holds no more of @before than what stood where they differ. */
char *config_text_way_back(const char *before, const char *after);
/* @text by @way led back; NULL where @text is not the one that the way leads from, or @way is none.
 * The caller frees it. */
char *config_text_led_back(const char *text, const char *way);
/* @text without @remove and with @add (both NULL-terminated), as config_change does it. The caller
 * frees it. */
char *config_text_change(const char *text, const char *const *remove, const char *const *add);
/* As config_change, but where the file is what @way leads from (NULL: no way) by that, to the byte
 * as it was. */
bool config_change_back(const char *path, const char *way, const char *const *remove,
                        const char *const *add, GError **error);
/* Reads @path (a missing file is empty), takes out @remove, puts in @add (both NULL-terminated),
 * and writes it where that changed something. A switch of both keeps its place. */
bool config_change(const char *path, const char *const *remove, const char *const *add,
                   GError **error);
/* Writes @entry into the file that holds what is answered (@given: --config, or NULL). The file's
 * name, which the caller frees; NULL with an error. */
char *config_answer(const char *given, const char *entry, GError **error);

#endif
