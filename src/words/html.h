/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML to the text that a person would read. */
#ifndef NOTME_WORDS_HTML_H
#define NOTME_WORDS_HTML_H

/* Text of the HTML page @html (UTF-8): tags off, entities decoded, line breaks where it breaks
 * lines; at most TEXT_BYTES_MAX bytes and one character more. Linear time. The caller frees it. */
char *html_text(const char *html);

#endif
