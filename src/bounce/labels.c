/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses in running text, and those that a label names: "Failed recipient: <a@b>". */
#include "bounce/labels.h"

#include <string.h>

/* Farthest that an address stands behind its label. */
#define LABEL_REACH 12

bool label_is_local(char c)
{
    return g_ascii_isalnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~.", c)) || (guchar)c >= 0x80;
}

static bool is_domain_char(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '.' || c == '_' || (guchar)c >= 0x80;
}

/* Length of a bare address at the start of @s, or 0. */
gsize label_bare_length(Span s)
{
    gsize n = 0;
    if (n < s.n && s.p[n] == '"') {
        for (n++; n < s.n && s.p[n] != '"'; n++)
            ;
        n++;
    }
    while (n < s.n && n < 320 && label_is_local(s.p[n]))
        n++;
    if (n == 0 || n >= s.n || s.p[n] != '@')
        return 0;
    gsize at = n++;
    bool literal = n < s.n && s.p[n] == '[';
    while (n < s.n && n - at < 256 &&
           (is_domain_char(s.p[n]) || (literal && strchr("[]:", s.p[n]))))
        n++;
    while (n > at + 1 && (s.p[n - 1] == '.' || s.p[n - 1] == '-'))
        n--;
    return n > at + 1 ? n : 0;
}

/* --- an address behind a label -----------------------------------------------------------------
 */

static const Phrase labels[] = {
    {"delivered to:", LABEL_FINAL},
    {"deliver message to", LABEL_FINAL},
    {"deliver your message to", LABEL_FINAL},
    {"deliver mail to", LABEL_FINAL},
    {"deliver the message to", LABEL_FINAL},
    {"delivering your mail to", LABEL_FINAL},
    {"delivering mail to", LABEL_FINAL},
    {"unable to deliver to", LABEL_FINAL},
    {"final delivery userid:", LABEL_FINAL},
    {"unknown user:", LABEL_FINAL},
    {"user unknown:", LABEL_FINAL},
    {"unknown local user:", LABEL_FINAL},
    {"invalid user:", LABEL_FINAL},
    {"attempts:", LABEL_FINAL},
    {"undeliverable to", LABEL_FINAL},
    {"undeliverable address:", LABEL_FINAL},
    {"failed recipient:", LABEL_FINAL},
    {"failed address:", LABEL_FINAL},
    {"invalid recipient:", LABEL_FINAL},
    {"unknown recipient:", LABEL_FINAL},
    {"rejected recipient:", LABEL_FINAL},
    {"recipient address:", LABEL_FINAL},
    {"recipient:", LABEL_FINAL},
    {"recipients:", LABEL_FINAL},
    {"smtp=", LABEL_FINAL},
    {"recipient(s):", LABEL_FINAL},
    {"destination:", LABEL_FINAL},
    {"address: ", LABEL_FINAL},
    {"e-mail address", LABEL_FINAL},
    {"email address", LABEL_FINAL},
    {"your message to", LABEL_FINAL},
    {"your mail to", LABEL_FINAL},
    {"your email to", LABEL_FINAL},
    {"message sent to", LABEL_FINAL},
    {"mail sent to", LABEL_FINAL},
    {"mailbox is full:", LABEL_FINAL},
    {"mailbox full:", LABEL_FINAL},
    {"quota exceeded:", LABEL_FINAL},
    {"local mailbox", LABEL_FINAL},
    {"mailbox for", LABEL_FINAL},
    {"mailbox of", LABEL_FINAL},
    {"mailbox:", LABEL_FINAL},
    {"email to this address", LABEL_FINAL},
    {"user <", LABEL_FINAL},
    {"rejected for", LABEL_FINAL},
    {"rejected recipient", LABEL_FINAL},
    {"addressed to '", LABEL_FINAL},
    {"violation for", LABEL_FINAL},
    {"generated from", LABEL_ORIGINAL},
    {"empfänger:", LABEL_FINAL},
    {"destinataire:", LABEL_FINAL},
    {"destinataire :", LABEL_FINAL},
    {"destinatario:", LABEL_FINAL},
    {"destinatário:", LABEL_FINAL},
    {"宛先:", LABEL_FINAL},
    {"宛先：", LABEL_FINAL},
    {"original address:", LABEL_ORIGINAL},
    {"expanded from:", LABEL_ORIGINAL},
    {"was addressed to", LABEL_ORIGINAL},
    {"original sender", LABEL_SKIP},
    {"return-path", LABEL_SKIP},
    {"contact", LABEL_SKIP},
    {"assistance", LABEL_SKIP},
    {"sender:", LABEL_SKIP},
    {NULL, 0},
};

typedef struct Labelled {
    Label label; /* -1: none */
    gsize at;    /* behind the label, in the folded line */
} Labelled;

static bool label_found(guint row, gsize at, void *data)
{
    Labelled *labelled = data;
    if (labels[row].means == LABEL_SKIP) {
        labelled->label = LABEL_SKIP;
        return false;
    }
    if (labelled->label < 0 || at + strlen(labels[row].text) < labelled->at) {
        labelled->label = (Label)labels[row].means;
        labelled->at = at + strlen(labels[row].text);
    }
    return true;
}

/* First address in @s that stands alone or in brackets. */
char *label_first_address(Span s)
{
    for (gsize i = 0; i < s.n; i++) {
        if (s.p[i] != '@')
            continue;
        gsize start = i;
        while (start > 0 && i - start < 300 && label_is_local(s.p[start - 1]))
            start--;
        gsize n = label_bare_length(span_sub(s, start, s.n));
        if (n)
            return span_dup_utf8(span_sub(s, start, n));
    }
    return NULL;
}

/* The address that a label in @line names; @means says as what. */
char *label_address(Span line, const char *folded, Label *label)
{
    static PhraseIndex *kept;
    Labelled labelled = {LABEL_NONE, 0};
    if (!memchr(line.p, '@', line.n))
        return NULL;
    phrase_scan(phrase_index(labels, &kept), span_of(folded), label_found, &labelled);
    *label = labelled.label;
    if (labelled.label < 0 || labelled.label == LABEL_SKIP)
        return NULL;
    /* case may matter in the local part: look the address up in the line as written */
    g_autofree char *small = label_first_address(span_of(folded + labelled.at));
    const char *place = small ? strstr(folded + labelled.at, small) : NULL;
    if (!place || place - (folded + labelled.at) > LABEL_REACH)
        return NULL;
    gssize at = small ? span_ifind(line, small) : -1;
    return at < 0 ? g_steal_pointer(&small)
                  : span_dup_utf8(span_sub(line, (gsize)at, strlen(small)));
}
