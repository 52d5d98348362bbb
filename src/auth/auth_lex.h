/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of an authentication field (RFC 8601 2.2): pairs of key and value, comments, quoted
 * strings, semicolons. */
#ifndef NOTME_AUTH_AUTH_LEX_H
#define NOTME_AUTH_AUTH_LEX_H

#include "base/span.h"

typedef struct AuthLex {
    Span rest;
    bool clean; /* no comment or quoted string was left open, no bracket closes what was not open,
                   and no comment holds an odd number of quotes: these are the traces of an address
                   with which a sender ended a comment early */
} AuthLex;

typedef struct AuthPair {
    Span key;
    Span value; /* as written, quotes and all; empty where there is none */
    bool has_value;
} AuthPair;

/* Skips white space; takes the comment that follows (RFC 5322 3.2.2, nested), without its outer
 * brackets. False if none follows. */
bool auth_lex_comment(AuthLex *lex, Span *comment);
/* Nothing more before the next semicolon. To be asked after comments are taken. */
bool auth_lex_at_end(const AuthLex *lex);
/* Steps over the semicolon; false at the end of the field. */
bool auth_lex_next_part(AuthLex *lex);
/* Takes a key and, behind "=", its value. Comments around "=" are dropped. Always moves on unless
 * auth_lex_at_end(). */
AuthPair auth_lex_pair(AuthLex *lex);
/* Takes a word up to white space, a comment or a semicolon. */
Span auth_lex_word(AuthLex *lex);
/* A value without quotes and angle brackets, valid UTF-8. A quoted local part keeps its quotes
 * ("joe doe"@oak.example). The caller frees it. */
char *auth_value_text(Span value);

#endif
