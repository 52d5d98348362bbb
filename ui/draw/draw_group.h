/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a group, in few lines. */
#ifndef NOTME_UI_DRAW_DRAW_GROUP_H
#define NOTME_UI_DRAW_DRAW_GROUP_H

#include "model/model.h"
#include "screen/doc.h"

/* Subjects, reporters and senders that are most frequent, the newest case, and bars over the time
 * from the first to the last. The caller frees it. */
Doc *group_preview(const Group *group, const Model *model, int width, bool utf8);

#endif
