/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chain of hops as the data flowed, newest on top, each host one line. Pure: from hops to lines.
 */
#ifndef NOTME_UI_DRAW_DRAW_CHAIN_H
#define NOTME_UI_DRAW_DRAW_CHAIN_H

#include "analysis/finding.h"
#include "screen/doc.h"

typedef enum ChainDetail {
    CHAIN_SENDER, /* only the line of who sent it, if that is known */
    CHAIN_SHORT,  /* one line a host */
    CHAIN_BRIEF,  /* the same, and why a line is forged in full */
    CHAIN_FULL    /* with all fields of each Received line under it */
} ChainDetail;

/* The returned chain, with the injection and the line where belief ends. */
void draw_chain(Doc *doc, const Finding *finding, ChainDetail detail);
/* The outer chain: how the bounce itself came. */
void draw_outer_chain(Doc *doc, const Finding *finding);

#endif
