/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One comment of a from clause: is it the place where the server wrote whom it saw, what the client
 * said, or a remark?
 *
 * A comment that holds an address in brackets is never a remark: "(ssl-gw.bot.example
 * [198.51.100.66])" begins with a name, not with "ssl". Remarks are told by whole words, in the
 * form in which their software writes them. What could be read both ways is COMMENT_UNCLEAR. */
#ifndef NOTME_RECEIVED_RECEIVED_COMMENT_H
#define NOTME_RECEIVED_RECEIVED_COMMENT_H

#include "base/ip.h"
#include "received/received_software.h"

typedef enum CommentKind {
    COMMENT_REMARK,   /* about TLS, a login, the envelope sender; or nothing known */
    COMMENT_PEER,     /* the address that the server saw has its place here, readable or not */
    COMMENT_GREETING, /* what the client said: "(HELO x)", "(helo=x port=25)" */
    COMMENT_NAME,     /* a name alone: "(localhost)" */
    COMMENT_UNCLEAR   /* holds an address that may be the peer's or what the client said */
} CommentKind;

typedef struct Comment {
    CommentKind kind;
    Ip ip;         /* COMMENT_PEER; family 0 where what stands there is no address */
    bool disputed; /* ... and another address stands beside it */
    Span name;     /* COMMENT_PEER: the name beside the address; COMMENT_NAME: the name */
    Span ident;    /* the answer of an IDENT query */
    bool bare;     /* the address stands in no brackets of its own: "(192.0.2.1)" */
    bool verified; /* CommuniGate: the name leads to the address */
    bool forged;   /* "may be forged" */
    bool local;    /* "[local]", "uid 0": no client, a program on the machine */
    bool has_helo;
    Span helo; /* what the client said */
    bool login;
    Span user;   /* who logged in; empty where the comment does not say */
    Span sender; /* an envelope sender */
} Comment;

/* Reads the comment that opens at @open, as software of @style writes them. */
Comment comment_read(const LexList *list, gsize open, const Style *style);

/* A domain literal, or a word that has lost its closing bracket. */
bool comment_is_bracketed(const Lex *lex);

#endif
