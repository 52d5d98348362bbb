/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A summary as one HTML file: no script, nothing that is fetched from elsewhere, charts as SVG, in
 * patterns as well as colours. */
#ifndef NOTME_SUMMARY_SUMMARY_HTML_H
#define NOTME_SUMMARY_SUMMARY_HTML_H

#include "summary/summary.h"

/* UTF-8. The caller frees it. */
char *summary_html(const Summary *summary);

#endif
