/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group as a line of columns, and what is in it in few lines. */
#ifndef NOTME_UI_DRAW_DRAW_GROUP_H
#define NOTME_UI_DRAW_DRAW_GROUP_H

#include "model/model.h"
#include "screen/doc.h"

enum { GROUP_VERDICTS = VERDICT_COUNT - 1 };

/* Where columns begin, and how wide they are; as wide as the longest number in them. */
typedef struct GroupColumns {
    int count; /* width of the count, at the left */
    int label, label_end;
    int verdict[GROUP_VERDICTS]; /* 0: none has it, or there is no room */
    int digits[GROUP_VERDICTS];
    int dates, bars; /* 0: no room */
} GroupColumns;

/* The columns of @groups (of Group) in @width: where there is no room, bars go first, then dates,
 * then verdicts, backscatter first: what must not be lost stays longest. No two of them touch. */
GroupColumns group_columns(const GPtrArray *groups, int width);
/* Where a group's line is. */
typedef struct GroupLine {
    int x, y, end;
    bool marked;
    bool coming; /* while rows come, or are judged again, no count is final */
} GroupLine;
void group_draw(const Group *group, const GroupColumns *at, Screen *screen, const GroupLine *line);
/* Their heads; @what: by what they are groups. */
void group_heads_draw(const GroupColumns *at, const char *what, Screen *screen, int y);

/* Subjects, reporters and senders that are most frequent, the newest case, and bars over the time
 * from the first to the last. The caller frees it. */
Doc *group_preview(const Group *group, const Model *model, int width, bool utf8);

#endif
