/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that hold unless the status is more exact. */
#include "bounce/reason_words.h"

/* The first row that fits decides. */
const PhraseList reason_last_words[] = {
    /* Of the system, though it sounds like a policy: procmail, maildrop, Postfix local(8). */
    {REASON_SYSTEM, PHRASES("pipe to", "broken pipe", "operation not permitted", "chdir",
                            "cannot create user output")},
    {REASON_SYSTEM | NOT_REPLY, PHRASES("permission denied")},
    /* A form that the message has not. */
    {REASON_SYNTAX, PHRASES("rfc 5322", "rfc5322", "rfc 2822", "rfc2822", "rfc compliant",
                            "rfc compliance", "noncompliant", "non compliant", "does not comply",
                            "message id header", "corrupt", "invalid message content",
                            "nul character", "null character", "contains nul", "bare newline")},
    /* Policy: who may write to whom. Exchange 5.7.1 ("not permitted"), Postfix access(5), Domino,
       Mailman, Sympa, ezmlm, Exim ACLs, postgrey, policyd, Gmail, Mimecast, Proofpoint. */
    {REASON_POLICY,
     PHRASES("potential security issue", "quarantin", "is not verified", "unsubscribed address",
             "temporarily deferred", "service refus", "you cannot send", "cannot send",
             "can not send", "may not send", "cannot post", "may not post", "expedition",
             "expediteur", "sender address", "from your domain", "organizational settings",
             "local policy", "policy reason", "for policy", "policy restriction",
             "policy rejection", "policy violation", "policyviolation", "due to policy",
             "by policy", "by our policy", "against policy", "security policy", "content policy",
             "mail policy", "site policy", "admin policy", "administrative", "violates",
             "violation", "access denied", "access forbidden", "access not allowed",
             "access rejected", "not authorized", "not authorised", "notauthorized", "unauthorized",
             "unauthorised", "not allowed", "not permitted", "not permit", "not have permission",
             "no permission", "prohibited", "forbidden", "banned", "restricted", "restriction",
             "closed list", "closed mailing list", "closed group", "members only", "member only",
             "only members", "subscribers only", "moderated", "not a member", "not subscribed",
             "blocked", "blocking", "block your", "rejected your", "client host rejected",
             "client host", "your network is", "country", "geographic", "executable",
             "attachment type", "attachment not", "file type", "attachments are", "dangerous",
             "disallowed", "unacceptable", "not welcome", "go away", "not wanted", "do not want",
             "does not want", "refuses", "refused by", "denied by", "denied", "rejected by",
             "mail rejete", "you are not", "your host is", "your mail server", "your server is",
             "filter rule", "rule imposed", "mail rule", "message rejected due to",
             "recipient preference", "recipient has requested", "not accepting", "richtlinie",
             "nicht erlaubt", "nicht gestattet", "nicht berechtigt", "verweigert",
             "abgelehnt wegen", "refuse par", "non autorise", "interdit", "politica", "no permitid",
             "no autorizad", "nao permitid", "nao autorizad", "non consentit", "non autorizzat",
             "niet toegestaan", "niedozwolon", "zabronion", "neni povolen", "nemate opravneni",
             "запрещ", "политик", "не разрешен", "inte tillat", "ikke tilladt", "ikke tillatt",
             "ei sallittu", "izin verilmiyor", "拒绝访问", "拒絕存取", "权限", "權限", "禁止",
             "策略", "许可されて", "許可されて", "拒否されました", "규정", "정책", "권한", "차단")},
    {REASON_SYNTAX,
     PHRASES("helo first", "ehlo first", "say helo", "say ehlo", "send helo", "send ehlo")},
    {REASON_POLICY,
     PHRASES("helo should", "helo must", "your helo", "your ehlo", "helo is", "helo does",
             "ehlo should", "ehlo must", "helo host", "helo domain", "the helo", "verify failed",
             "callout", "verification failed", "verification failure", "synchronization")},
    {REASON_POLICY | ONLY_REPLY, PHRASES("attachment")},
    /* Written wrongly: RFC 5321, RFC 5322; Gmail (RFC 5322 compliance), Postfix, sendmail, Exim
       (headers), MS Exchange. */
    {REASON_SYNTAX,
     PHRASES("multiple addresses in from", "multiple from", "malformed", "syntax",
             "incorrectly constructed", "invalid header", "missing header", "missing from",
             "missing date", "missing message id", "missing to", "no message id", "no date",
             "no from", "no subject", "bad header", "bad address", "header missing", "no header",
             "x headers", "many headers", "duplicate header", "to fields", "from fields",
             "header field", "one or no", "rfc 5321", "rfc5321", "rfc ", "rfc822",
             "unrecognized command", "unrecognised command", "command unrecognized",
             "command not recognized", "unknown command", "command unknown", "unimplemented",
             "not implemented", "bad sequence", "out of sequence", "need rcpt", "need mail",
             "bare lf", "lone cr", "lone lf", "bare cr", "bare linefeed", "line too long",
             "lines too long", "non ascii", "nonascii", "8bit", "8 bit", "must contain", "smtputf8",
             "eai ", "internationalized", "illegal", "invalid character", "bad character",
             "invalid domain name", "parameter", "content encoding", "mime ", "conversion",
             "commande", "syntaktisch", "synctax")},
    /* The other system's own trouble: sendmail mailers, Exim ("local configuration error"), Postfix
       local(8), Dovecot LDA/LMTP, Cyrus, qmail ("qq"), Exchange (STOREDRV), procmail, Courier. */
    {REASON_SYSTEM,
     PHRASES("service not active", "is down", "shutting down", "cannot fork", "cant fork",
             "unable to fork", "unrecoverable", "not unique", "are busy", "died with",
             "with status", "delivery agent", "local configuration error", "local error",
             "error in processing", "cant create output", "cannot create output", "couldnt create",
             "unable to create", "unable to open", "could not open", "cannot open", "cant open",
             "could not write", "unable to write", "write error", "read error", "system config",
             "configuration error", "config error", "misconfigur", "resources temporarily",
             "resources unavailable", "resources low", "insufficient resources",
             "insufficient system", "system storage", "insufficient disk", "low on disk",
             "no space left", "disk full", "disk is full", "out of memory", "out of disk",
             "internal error", "internal server", "internal software", "temporary local problem",
             "local problem", "temporary lookup", "lookup failure", "lookup error",
             "temporary failure", "temporarily failure", "temporary error", "temporary problem",
             "temporary system", "command died", "command output", "system error", "system failure",
             "system problem", "system not", "system temporarily", "system is",
             "service unavailable", "service currently unavailable", "service is unavailable",
             "service not available", "service temporarily", "server temporarily", "server busy",
             "server too busy", "too busy", "server is busy", "server overloaded", "overloaded",
             "overload", "load average", "load too high", "mailer error", "server error",
             "pipeline", "database", "backend", "exception", "offline", "maintenance", "storedrv",
             "segmentation", "signal", "exit status", "exited with", "exit code",
             "could not be stored", "unable to store", "queue file", "temporarily unavailable",
             "currently unavailable", "mailbox busy", "mailbox is busy", "is being used by",
             "lock ", "unable to deliver to mailbox", "cannot append", "cannot update mailbox",
             "home directory", "aliasing", "forwarding", "alias expansion", "systemfehler",
             "interner fehler", "erreur interne", "error interno", "erro interno", "errore interno",
             "wewnetrzny blad", "внутренн", "системн", "временн", "unexpected failure",
             "unexpected error", "unable to process", "log failure", "lookup failed",
             "delivery failed", "shortage", "failed to ", "システムエラー", "系统错误", "系統錯誤",
             "系统繁忙", "시스템", "서버 오류")},
    {REASON_RATE_LIMITED, PHRASES("too many", "too much")},
    /* Nobody there, said without a word for whom. */
    {REASON_USER_UNKNOWN,
     PHRASES("does not exist", "doesnt exist", "dosnt exist", "not exist", "not found",
             "couldnt be found", "could not be found", "not known", "unknown", "no such",
             "nonexistent", "non existent", "invalid recip", "invalid address")},
    {REASON_SUSPENDED, PHRASES("no longer active", "not active", "inactive")},
    {REASON_USER_UNKNOWN, PHRASES("misspelled", "mistyped", "has left", "not live here", "left the",
                                  "left our", "left us", "person left", "no longer")},
    {REASON_NETWORK,
     PHRASES("nicht erreichbar", "dns failure", "dns problem", "dns temp", "temporary dns",
             "timed out", "timeout", "time out", "not responding", "no response", "unreachable")},
    {REASON_EXPIRED, PHRASES("still undelivered after")},
    {REASON_POLICY | ONLY_REPLY, PHRASES("policy", "policies")},
    {REASON_RATE_LIMITED | ONLY_REPLY, PHRASES("limit")},
    {REASON_FILTERED, PHRASES("filter")},
    {0, NULL},
};

/* Refusals without a cause, where no status gives one. */
const PhraseList reason_refusal_words[] = {
    {REASON_USER_UNKNOWN | ONLY_PERMANENT,
     PHRASES("recipient address rejected", "address rejected", "bounced address")},
    /* A refusal that gives no cause: somebody would not have it. */
    {REASON_POLICY | ONLY_REPLY,
     PHRASES("rejected", "refused", "reject ", "denied", "refus", "rejet", "abgelehnt",
             "abgewiesen", "rechazad", "rejeitad", "recusad", "respint", "rifiutat", "geweigerd",
             "odrzucon", "odmitnut", "отклонен", "отвергнут", "拒绝", "拒絕", "拒否", "거부")},
    {0, NULL},
};

/* What the reporter says of the whole, where nothing else is said. */
const PhraseList reason_around_words[] = {
    /* Google Groups, whose page has one sentence of two meanings in forty languages. */
    {REASON_POLICY, PHRASES("groups.google.com/support")},
    /* Gmail's frame around a reply that says nothing more; KDDI; Exim's local scan. */
    {REASON_FILTERED,
     PHRASES("rejected by a remote mail server", "rejected by the recipient domain",
             "they are not accepting mail from")},
    {REASON_POLICY, PHRASES("was rejected by the local scanning")},
    {0, NULL},
};

/* Lines with one of these say nothing of a delivery. */
const PhraseList reason_footer_words[] = {
    /* Lines that scanners and offices add to any mail. */
    {REASON_OTHER,
     PHRASES("antivirus", "anti virus", "no virus", "virus free", "free of virus", "scanned",
             "checked by", "verified by", "virus database", "protected by", "certified", "gepruft",
             "virenfrei", "keine viren", "analizado", "analyse par", "sans virus", "sin virus",
             "libre de virus", "verificado", "controllato", "antywirus", "sprawdzon", "проверено",
             "confidential", "disclaimer", "intended recipient", "dangerous content", "mailscanner",
             "think before you print", "please consider the environment")},
    {0, NULL},
};
