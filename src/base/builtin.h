/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text files that are compiled into the program as strings, by src/base/builtin.awk. */
#ifndef NOTME_BASE_BUILTIN_H
#define NOTME_BASE_BUILTIN_H

typedef struct BuiltinFile {
    const char *name; /* without folder and suffix: "default" */
    const char *text;
} BuiltinFile;

/* Each ends with a row without a name. */
extern const BuiltinFile builtin_keymaps[];   /* keymaps/NAME.keys */
extern const BuiltinFile builtin_templates[]; /* src/complaint/templates/NAME.txt */

#endif
