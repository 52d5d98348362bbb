/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case in full screen, opened from @list on this page. */
#ifndef NOTME_UI_VIEWS_VIEW_CASE_H
#define NOTME_UI_VIEWS_VIEW_CASE_H

#include "stage/app.h"

enum {
    CASE_PAGE_CHAIN,
    CASE_PAGE_EVIDENCE,
    CASE_PAGE_RECIPIENTS,
    CASE_PAGE_OUTER,
    CASE_PAGE_RETURNED,
    CASE_PAGE_TEXT,
    CASE_PAGE_RAW,
    CASE_PAGE_COUNT
};

/* The caller gives it to app_push, which owns it from then on. */
View *view_case_new(App *app, View *list, guint page);

#endif
