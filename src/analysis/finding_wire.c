/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finding between the program's own processes: what it says, and what that means. */
#include "analysis/finding.h"

void finding_pack(GByteArray *to, const Finding *finding)
{
    pack_name(to, finding->file);
    pack_text(to, finding->error);
    if (finding->error)
        return;
    g_autoptr(GByteArray) reading = g_byte_array_new();
    reading_pack(reading, finding->reading);
    pack_bytes(to, reading->data, reading->len);
    judgement_pack(to, finding->judgement);
}

Finding *finding_unpack(Unpack *from)
{
    const char *file = unpack_name(from), *error = unpack_text(from);
    if (error)
        return finding_unreadable(file, error);
    Span packed = unpack_bytes(from);
    g_autoptr(Reading) reading = from->broken ? NULL : reading_unpack(packed);
    g_autoptr(Judgement) judgement = reading ? judgement_unpack(from, reading) : NULL;
    if (judgement)
        return finding_new(file, reading, judgement);
    from->broken = true;
    return NULL;
}
