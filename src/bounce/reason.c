/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why it was not delivered: rules in a fixed order over the diagnostic, then the status (RFC 3463),
 * then the reply code (RFC 5321 4.2.3). The same bytes always give the same reason. */
#include <string.h>

#include "bounce/reading.h"

typedef struct Words {
    Reason reason;
    const char *words; /* in lower case; "a*b" wants both, in this order */
} Words;

/* The more telling first: "mailbox full" before "rejected". */
static const Words words[] = {
    {REASON_VIRUS, "virus"},
    {REASON_VIRUS, "malware"},
    {REASON_VIRUS, "infected"},
    {REASON_VIRUS, "trojan"},
    {REASON_MAILBOX_FULL, "mailbox*full"},
    {REASON_MAILBOX_FULL, "mailfolder is full"},
    {REASON_MAILBOX_FULL, "mail box*full"},
    {REASON_MAILBOX_FULL, "inbox is full"},
    {REASON_MAILBOX_FULL, "over quota"},
    {REASON_MAILBOX_FULL, "overquota"},
    {REASON_MAILBOX_FULL, "over the quota"},
    {REASON_MAILBOX_FULL, "over storage"},
    {REASON_MAILBOX_FULL, "out of storage"},
    {REASON_MAILBOX_FULL, "quota exceed"},
    {REASON_MAILBOX_FULL, "quota is exceed"},
    {REASON_MAILBOX_FULL, "quota has been exceed"},
    {REASON_MAILBOX_FULL, "exceeded*quota"},
    {REASON_MAILBOX_FULL, "exceed*quota"},
    {REASON_MAILBOX_FULL, "quota full"},
    {REASON_MAILBOX_FULL, "quota violation"},
    {REASON_MAILBOX_FULL, "quotaexceeded"},
    {REASON_MAILBOX_FULL, "exceeded storage"},
    {REASON_MAILBOX_FULL, "exceeds allowed message count"},
    {REASON_MAILBOX_FULL, "exceeded email quota"},
    {REASON_MAILBOX_FULL, "disk quota"},
    {REASON_MAILBOX_FULL, "insufficient*mailbox"},
    {REASON_MAILBOX_FULL, "insufficient disk space"},
    {REASON_MAILBOX_FULL, "mailbox exceeds"},
    {REASON_MAILBOX_FULL, "mailbox size limit"},
    {REASON_MAILBOX_FULL, "mailbox has exceeded"},
    {REASON_MAILBOX_FULL, "mailbox would exceed"},
    {REASON_MAILBOX_FULL, "storage limit"},
    {REASON_MAILBOX_FULL, "too much mail data"},
    {REASON_MAILBOX_FULL, "not enough storage space"},
    {REASON_MAILBOX_FULL, "not enough space in*mail"},
    {REASON_MAILBOX_FULL, "not enough disk space"},
    {REASON_MAILBOX_FULL, "user is full"},
    {REASON_MAILBOX_FULL, "account is full"},
    {REASON_MAILBOX_FULL, "account is over"},
    {REASON_MAILBOX_FULL, "no space left"},
    {REASON_MAILBOX_FULL, "full mailbox"},
    {REASON_MAILBOX_FULL, "maximum*mailbox*exceeded"},
    {REASON_TOO_BIG, "message*too large"},
    {REASON_TOO_BIG, "message*too big"},
    {REASON_TOO_BIG, "mail*too big"},
    {REASON_TOO_BIG, "too large"},
    {REASON_TOO_BIG, "message size exceeds"},
    {REASON_TOO_BIG, "message*exceeds*size"},
    {REASON_TOO_BIG, "size*exceeds*limit"},
    {REASON_TOO_BIG, "size*exceeds*maximum"},
    {REASON_TOO_BIG, "exceeds*maximum*size"},
    {REASON_TOO_BIG, "exceeded maximum inbound message size"},
    {REASON_TOO_BIG, "size limit exceeded"},
    {REASON_TOO_BIG, "exceeds size limit"},
    {REASON_TOO_BIG, "message length exceeds"},
    {REASON_TOO_BIG, "max message size exceeded"},
    {REASON_TOO_BIG, "line limit exceeded"},
    {REASON_RATE_LIMITED, "too many connections"},
    {REASON_RATE_LIMITED, "too many concurrent"},
    {REASON_RATE_LIMITED, "too many sessions"},
    {REASON_RATE_LIMITED, "too many simultaneous"},
    {REASON_RATE_LIMITED, "too many messages"},
    {REASON_RATE_LIMITED, "too many recipients"},
    {REASON_RATE_LIMITED, "too many smtp sessions"},
    {REASON_RATE_LIMITED, "too many emails"},
    {REASON_RATE_LIMITED, "too many errors"},
    {REASON_RATE_LIMITED, "too many invalid"},
    {REASON_RATE_LIMITED, "too fast"},
    {REASON_RATE_LIMITED, "rate limit"},
    {REASON_RATE_LIMITED, "rate-limit"},
    {REASON_RATE_LIMITED, "throttl"},
    {REASON_RATE_LIMITED, "exceeded*connection"},
    {REASON_RATE_LIMITED, "connection rate"},
    {REASON_RATE_LIMITED, "sending limit"},
    {REASON_RATE_LIMITED, "receiving mail at a rate"},
    {REASON_RATE_LIMITED, "receiving mail too quickly"},
    {REASON_RATE_LIMITED, "exceeded the rate"},
    {REASON_RATE_LIMITED, "please try again slower"},
    {REASON_RATE_LIMITED, "unusual rate"},
    {REASON_RATE_LIMITED, "deferred*user complaints"},
    {REASON_RELAY_DENIED, "relay*denied"},
    {REASON_RELAY_DENIED, "relay*not*allowed"},
    {REASON_RELAY_DENIED, "relay*not permitted"},
    {REASON_RELAY_DENIED, "relaying*prohibited"},
    {REASON_RELAY_DENIED, "not permitted to relay"},
    {REASON_RELAY_DENIED, "unable to relay"},
    {REASON_RELAY_DENIED, "cannot relay"},
    {REASON_RELAY_DENIED, "can't relay"},
    {REASON_RELAY_DENIED, "relay access denied"},
    {REASON_RELAY_DENIED, "relay not permitted"},
    {REASON_RELAY_DENIED, "relay disabled"},
    {REASON_RELAY_DENIED, "no relaying"},
    {REASON_RELAY_DENIED, "we do not relay"},
    {REASON_RELAY_DENIED, "we don't relay"},
    {REASON_RELAY_DENIED, "open relay"},
    {REASON_RELAY_DENIED, "not a relay"},
    {REASON_RELAY_DENIED, "relaying mail to*is not allowed"},
    {REASON_RELAY_DENIED, "that domain isn't in my list of allowed rcpthosts"},
    {REASON_RELAY_DENIED, "rcpthosts"},
    {REASON_RELAY_DENIED, "this mail server requires authentication"},
    {REASON_SPAM, "spam"},
    {REASON_SPAM, "unsolicited"},
    {REASON_SPAM, "junk mail"},
    {REASON_SPAM, "bulk mail"},
    {REASON_SPAM, "bulk email"},
    {REASON_SPAM, "looks like*bulk"},
    {REASON_SPAM, "phishing"},
    {REASON_SPAM, "considered unsafe"},
    {REASON_SPAM, "content filter"},
    {REASON_NOT_AUTHENTICATED, "spf"},
    {REASON_NOT_AUTHENTICATED, "dmarc"},
    {REASON_NOT_AUTHENTICATED, "dkim"},
    {REASON_NOT_AUTHENTICATED, "authentication required"},
    {REASON_NOT_AUTHENTICATED, "not authenticated"},
    {REASON_NOT_AUTHENTICATED, "unauthenticated"},
    {REASON_NOT_AUTHENTICATED, "sender id"},
    {REASON_POLICY, "blacklist"},
    {REASON_POLICY, "black list"},
    {REASON_POLICY, "blocklist"},
    {REASON_POLICY, "block list"},
    {REASON_POLICY, "blocked"},
    {REASON_POLICY, "rbl"},
    {REASON_POLICY, "dnsbl"},
    {REASON_POLICY, "spamhaus"},
    {REASON_POLICY, "listed in"},
    {REASON_POLICY, "reputation"},
    {REASON_POLICY, "reverse dns"},
    {REASON_POLICY, "ptr record"},
    {REASON_POLICY, "ptr*record"},
    {REASON_POLICY, "no ptr"},
    {REASON_POLICY, "cannot find your hostname"},
    {REASON_POLICY, "cannot find your reverse hostname"},
    {REASON_POLICY, "fix reverse dns"},
    {REASON_POLICY, "dynamic ip"},
    {REASON_POLICY, "dynamic/residential"},
    {REASON_POLICY, "generic*hostname"},
    {REASON_SUSPENDED, "account*disabled"},
    {REASON_SUSPENDED, "account*suspend"},
    {REASON_SUSPENDED, "account*inactive"},
    {REASON_SUSPENDED, "account has been disabled"},
    {REASON_SUSPENDED, "mailbox*disabled"},
    {REASON_SUSPENDED, "mailbox*inactive"},
    {REASON_SUSPENDED, "mailbox*suspend"},
    {REASON_SUSPENDED, "mailbox is frozen"},
    {REASON_SUSPENDED, "mailbox currently suspended"},
    {REASON_SUSPENDED, "user suspended"},
    {REASON_SUSPENDED, "user*disabled"},
    {REASON_SUSPENDED, "recipient suspend"},
    {REASON_SUSPENDED, "user is inactive"},
    {REASON_SUSPENDED, "inactive account"},
    {REASON_SUSPENDED, "inactive mailbox"},
    {REASON_SUSPENDED, "disabled mailbox"},
    {REASON_SUSPENDED, "account expired"},
    {REASON_SUSPENDED, "temporarily locked"},
    {REASON_SUSPENDED, "currently suspended"},
    {REASON_SUSPENDED, "domain*suspended"},
    {REASON_SUSPENDED, "vdelivermail: account is locked"},
    {REASON_SUSPENDED, "boite du destinataire archivee"},
    {REASON_SUSPENDED, "email account that you tried to reach is disabled"},
    {REASON_SUSPENDED, "not accepting mail on this account"},
    {REASON_MOVED, "has moved"},
    {REASON_MOVED, "has been replaced by"},
    {REASON_MOVED, "address has changed"},
    {REASON_MOVED, "no longer at this"},
    {REASON_MOVED, "user has moved"},
    {REASON_HOST_UNKNOWN, "host unknown"},
    {REASON_HOST_UNKNOWN, "unknown host"},
    {REASON_HOST_UNKNOWN, "host not found"},
    {REASON_HOST_UNKNOWN, "host or domain name not found"},
    {REASON_HOST_UNKNOWN, "host or domain does not exist"},
    {REASON_HOST_UNKNOWN, "domain*not found"},
    {REASON_HOST_UNKNOWN, "domain does not exist"},
    {REASON_HOST_UNKNOWN, "domain must exist"},
    {REASON_HOST_UNKNOWN, "domain*doesn't exist"},
    {REASON_HOST_UNKNOWN, "no such domain"},
    {REASON_HOST_UNKNOWN, "unknown domain"},
    {REASON_HOST_UNKNOWN, "unrouteable mail domain"},
    {REASON_HOST_UNKNOWN, "unrouteable domain"},
    {REASON_HOST_UNKNOWN, "couldn't find any host"},
    {REASON_HOST_UNKNOWN, "no mx"},
    {REASON_HOST_UNKNOWN, "mx records point to non-existent"},
    {REASON_HOST_UNKNOWN, "invalid domain"},
    {REASON_HOST_UNKNOWN, "recipient domain must exist"},
    {REASON_HOST_UNKNOWN, "domain of*does not"},
    {REASON_HOST_UNKNOWN, "name server: *host not found"},
    {REASON_HOST_UNKNOWN, "nullmx"},
    {REASON_HOST_UNKNOWN, "null mx"},
    {REASON_HOST_UNKNOWN, "nxdomain"},
    {REASON_HOST_UNKNOWN, "dns server returned answer with no data"},
    {REASON_HOST_UNKNOWN, "address could not be resolved"},
    {REASON_HOST_UNKNOWN, "unable to resolve"},
    {REASON_NETWORK, "too many hops"},
    {REASON_NETWORK, "hop count exceeded"},
    {REASON_NETWORK, "mail loop"},
    {REASON_NETWORK, "message looping"},
    {REASON_NETWORK, "mail forwarding loop"},
    {REASON_NETWORK, "loops back to myself"},
    {REASON_NETWORK, "malformed or unexpected name server"},
    {REASON_USER_UNKNOWN, "user unknown"},
    {REASON_USER_UNKNOWN, "unknown user"},
    {REASON_USER_UNKNOWN, "unknown recipient"},
    {REASON_USER_UNKNOWN, "recipient unknown"},
    {REASON_USER_UNKNOWN, "recipient*not found"},
    {REASON_USER_UNKNOWN, "recipient*does not exist"},
    {REASON_USER_UNKNOWN, "recipient*doesn't exist"},
    {REASON_USER_UNKNOWN, "unknown local"},
    {REASON_USER_UNKNOWN, "unknown or illegal alias"},
    {REASON_USER_UNKNOWN, "unknown virtual"},
    {REASON_USER_UNKNOWN, "unknown address"},
    {REASON_USER_UNKNOWN, "address unknown"},
    {REASON_USER_UNKNOWN, "addressee unknown"},
    {REASON_USER_UNKNOWN, "unknown account"},
    {REASON_USER_UNKNOWN, "unknown mailbox"},
    {REASON_USER_UNKNOWN, "no such user"},
    {REASON_USER_UNKNOWN, "no such person"},
    {REASON_USER_UNKNOWN, "no such recipient"},
    {REASON_USER_UNKNOWN, "no such mailbox"},
    {REASON_USER_UNKNOWN, "no such address"},
    {REASON_USER_UNKNOWN, "no such account"},
    {REASON_USER_UNKNOWN, "no such local"},
    {REASON_USER_UNKNOWN, "no mailbox"},
    {REASON_USER_UNKNOWN, "no account by that name"},
    {REASON_USER_UNKNOWN, "no user"},
    {REASON_USER_UNKNOWN, "no recipient"},
    {REASON_USER_UNKNOWN, "user*not found"},
    {REASON_USER_UNKNOWN, "user*doesn't"},
    {REASON_USER_UNKNOWN, "user*does not exist"},
    {REASON_USER_UNKNOWN, "user does not exist"},
    {REASON_USER_UNKNOWN, "user not exist"},
    {REASON_USER_UNKNOWN, "user invalid"},
    {REASON_USER_UNKNOWN, "user*not listed"},
    {REASON_USER_UNKNOWN, "user*is not a valid"},
    {REASON_USER_UNKNOWN, "invalid user"},
    {REASON_USER_UNKNOWN, "invalid recipient"},
    {REASON_USER_UNKNOWN, "invalid mailbox"},
    {REASON_USER_UNKNOWN, "invalid address"},
    {REASON_USER_UNKNOWN, "bad destination mailbox address"},
    {REASON_USER_UNKNOWN, "bad recipient"},
    {REASON_USER_UNKNOWN, "bad address"},
    {REASON_USER_UNKNOWN, "mailbox not found"},
    {REASON_USER_UNKNOWN, "mailbox not present"},
    {REASON_USER_UNKNOWN, "mailbox does not exist"},
    {REASON_USER_UNKNOWN, "mailbox*doesn't exist"},
    {REASON_USER_UNKNOWN, "mailbox invalid"},
    {REASON_USER_UNKNOWN, "mailbox unavailable or access denied"},
    {REASON_USER_UNKNOWN, "mailbox unavailable"},
    {REASON_USER_UNKNOWN, "mailbox not available"},
    {REASON_USER_UNKNOWN, "account*does not exist"},
    {REASON_USER_UNKNOWN, "account*doesn't exist"},
    {REASON_USER_UNKNOWN, "account not found"},
    {REASON_USER_UNKNOWN, "address not found"},
    {REASON_USER_UNKNOWN, "address*does not exist"},
    {REASON_USER_UNKNOWN, "address*not exist"},
    {REASON_USER_UNKNOWN, "address couldn't be found"},
    {REASON_USER_UNKNOWN, "address could not be found"},
    {REASON_USER_UNKNOWN, "address not present"},
    {REASON_USER_UNKNOWN, "address no longer"},
    {REASON_USER_UNKNOWN, "address is not valid"},
    {REASON_USER_UNKNOWN, "e-mail account*not exist"},
    {REASON_USER_UNKNOWN, "email account*not exist"},
    {REASON_USER_UNKNOWN, "is not a valid user"},
    {REASON_USER_UNKNOWN, "is not a known user"},
    {REASON_USER_UNKNOWN, "is not an active address"},
    {REASON_USER_UNKNOWN, "is unknown"},
    {REASON_USER_UNKNOWN, "is not known"},
    {REASON_USER_UNKNOWN, "not a valid mailbox"},
    {REASON_USER_UNKNOWN, "not a valid recipient"},
    {REASON_USER_UNKNOWN, "not a known"},
    {REASON_USER_UNKNOWN, "not our customer"},
    {REASON_USER_UNKNOWN, "not listed in*directory"},
    {REASON_USER_UNKNOWN, "not listed in domino"},
    {REASON_USER_UNKNOWN, "not found in recipient table"},
    {REASON_USER_UNKNOWN, "recipientnotfound"},
    {REASON_USER_UNKNOWN, "resolver.adr"},
    {REASON_USER_UNKNOWN, "rejectedby*unknown"},
    {REASON_USER_UNKNOWN, "does not have an account"},
    {REASON_USER_UNKNOWN, "doesn't have an account"},
    {REASON_USER_UNKNOWN, "doesn't have a yahoo"},
    {REASON_USER_UNKNOWN, "this user doesn't have"},
    {REASON_USER_UNKNOWN, "unrouteable address"},
    {REASON_USER_UNKNOWN, "unroutable address"},
    {REASON_USER_UNKNOWN, "undeliverable address"},
    {REASON_USER_UNKNOWN, "delivery to*not possible"},
    {REASON_USER_UNKNOWN, "can't accept user"},
    {REASON_USER_UNKNOWN, "destination addresses were unknown"},
    {REASON_USER_UNKNOWN, "delivery failed*unknown"},
    {REASON_USER_UNKNOWN, "recipient is not local"},
    {REASON_USER_UNKNOWN, "recipient address rejected: *unknown"},
    {REASON_USER_UNKNOWN, "not allowed: unknown"},
    {REASON_USER_UNKNOWN, "said: 550-5.1.1"},
    {REASON_USER_UNKNOWN, "deleted or disabled"},
    {REASON_USER_UNKNOWN, "宛先不明"},
    {REASON_USER_UNKNOWN, "存在しない"},
    {REASON_EXPIRED, "retry timeout exceeded"},
    {REASON_EXPIRED, "retry time not reached"},
    {REASON_EXPIRED, "delivery time expired"},
    {REASON_EXPIRED, "could not be delivered for"},
    {REASON_EXPIRED, "cannot send message for"},
    {REASON_EXPIRED, "message expired"},
    {REASON_EXPIRED, "has expired"},
    {REASON_EXPIRED, "expired"},
    {REASON_EXPIRED, "has been in the queue too long"},
    {REASON_EXPIRED, "been in queue"},
    {REASON_EXPIRED, "too long in the queue"},
    {REASON_EXPIRED, "too old"},
    {REASON_EXPIRED, "giving up"},
    {REASON_EXPIRED, "timed out"},
    {REASON_EXPIRED, "timeout"},
    {REASON_EXPIRED, "time out"},
    {REASON_EXPIRED, "could not be reached"},
    {REASON_EXPIRED, "warning: could not send message for past"},
    {REASON_EXPIRED, "was not delivered within"},
    {REASON_NETWORK, "connection refused"},
    {REASON_NETWORK, "connection reset"},
    {REASON_NETWORK, "connection dropped"},
    {REASON_NETWORK, "connection lost"},
    {REASON_NETWORK, "connection was dropped"},
    {REASON_NETWORK, "connection with"},
    {REASON_NETWORK, "lost connection"},
    {REASON_NETWORK, "network is unreachable"},
    {REASON_NETWORK, "network error"},
    {REASON_NETWORK, "no route to host"},
    {REASON_NETWORK, "could not connect"},
    {REASON_NETWORK, "unable to connect"},
    {REASON_NETWORK, "failed to connect"},
    {REASON_NETWORK, "couldn't connect"},
    {REASON_NETWORK, "establish an smtp connection"},
    {REASON_NETWORK, "host is unreachable"},
    {REASON_NETWORK, "host unreachable"},
    {REASON_NETWORK, "name service error"},
    {REASON_NETWORK, "dns lookup"},
    {REASON_NETWORK, "starttls"},
    {REASON_NETWORK, "tls*required"},
    {REASON_FILTERED, "filtered"},
    {REASON_FILTERED, "because the recipient is only accepting mail from specific"},
    {REASON_FILTERED, "restricted*access"},
    {REASON_FILTERED, "rejected by recipient"},
    {REASON_FILTERED, "recipient refuses"},
    {REASON_FILTERED, "user reject"},
    {REASON_FILTERED, "only accepting mail from"},
    {REASON_FILTERED, "resolver.rst.notauthorized"},
    {REASON_FILTERED,
     "we failed to deliver mail because the following address recipient id refuse"},
    {REASON_FILTERED, "refused to receive"},
    {REASON_POLICY, "policy"},
    {REASON_POLICY, "prohibited"},
    {REASON_POLICY, "administratively"},
    {REASON_POLICY, "access denied"},
    {REASON_POLICY, "access to this mail system"},
    {REASON_POLICY, "client host rejected"},
    {REASON_POLICY, "sender address rejected"},
    {REASON_POLICY, "sender*rejected"},
    {REASON_POLICY, "sender*denied"},
    {REASON_POLICY, "sender*refused"},
    {REASON_POLICY, "rejected by*rule"},
    {REASON_POLICY, "not authorized"},
    {REASON_POLICY, "not accepted"},
    {REASON_POLICY, "not allowed"},
    {REASON_POLICY, "not permitted"},
    {REASON_POLICY, "refused"},
    {REASON_POLICY, "rejected due to"},
    {REASON_POLICY, "content*rejected"},
    {REASON_POLICY, "message content rejected"},
    {REASON_POLICY, "message refused"},
    {REASON_POLICY, "message rejected"},
    {REASON_POLICY, "message*denied"},
    {REASON_POLICY, "security"},
    {REASON_POLICY, "attachment"},
    {REASON_POLICY, "denied by"},
    {REASON_POLICY, "access from"},
    {REASON_POLICY, "does not accept mail"},
    {REASON_POLICY, "mail not accepted"},
    {REASON_POLICY, "transaction failed"},
    {REASON_SYNTAX, "syntax"},
    {REASON_SYNTAX, "bad sequence"},
    {REASON_SYNTAX, "command unrecognized"},
    {REASON_SYNTAX, "command not"},
    {REASON_SYNTAX, "improper use"},
    {REASON_SYNTAX, "nested mail command"},
    {REASON_SYNTAX, "unrecognized*command"},
    {REASON_SYNTAX, "illegal"},
    {REASON_SYSTEM, "local configuration error"},
    {REASON_SYSTEM, "configuration error"},
    {REASON_SYSTEM, "system error"},
    {REASON_SYSTEM, "local error"},
    {REASON_SYSTEM, "internal error"},
    {REASON_SYSTEM, "internal server error"},
    {REASON_SYSTEM, "server error"},
    {REASON_SYSTEM, "server busy"},
    {REASON_SYSTEM, "temporary failure"},
    {REASON_SYSTEM, "temporarily unavailable"},
    {REASON_SYSTEM, "service unavailable"},
    {REASON_SYSTEM, "service currently unavailable"},
    {REASON_SYSTEM, "service not available"},
    {REASON_SYSTEM, "unable to open"},
    {REASON_SYSTEM, "can't create"},
    {REASON_SYSTEM, "cannot create"},
    {REASON_SYSTEM, "cannot open"},
    {REASON_SYSTEM, "permission denied"},
    {REASON_SYSTEM, "i/o error"},
    {REASON_SYSTEM, "exit code"},
    {REASON_SYSTEM, "command died"},
    {REASON_SYSTEM, "unknown mailer error"},
    {REASON_SYSTEM, "local delivery failed"},
    {REASON_SYSTEM, "pipe to"},
    {REASON_SYSTEM, "insufficient system"},
    {REASON_SYSTEM, "resources"},
    {REASON_SYSTEM, "disk full"},
    {REASON_USER_UNKNOWN, "unknown"},
    {REASON_POLICY, "rejected"},
    {REASON_POLICY, "denied"},
    {REASON_MAILBOX_FULL, "quota"},
};

typedef struct Code {
    const char *status; /* of the class-less "x.1.1" */
    Reason reason;
} Code;

/* RFC 3463 and the registry that followed it, without the class. */
static const Code codes[] = {
    {"1.1", REASON_USER_UNKNOWN},
    {"1.2", REASON_HOST_UNKNOWN},
    {"1.3", REASON_USER_UNKNOWN},
    {"1.4", REASON_USER_UNKNOWN},
    {"1.6", REASON_MOVED},
    {"1.7", REASON_POLICY},
    {"1.8", REASON_POLICY},
    {"1.10", REASON_HOST_UNKNOWN},
    {"1.0", REASON_USER_UNKNOWN},
    {"2.0", REASON_USER_UNKNOWN},
    {"2.1", REASON_SUSPENDED},
    {"2.2", REASON_MAILBOX_FULL},
    {"2.3", REASON_TOO_BIG},
    {"2.4", REASON_USER_UNKNOWN},
    {"3.1", REASON_SYSTEM},
    {"3.2", REASON_SYSTEM},
    {"3.4", REASON_TOO_BIG},
    {"3.5", REASON_SYSTEM},
    {"3.0", REASON_SYSTEM},
    {"4.1", REASON_EXPIRED},
    {"4.2", REASON_NETWORK},
    {"4.3", REASON_SYSTEM},
    {"4.4", REASON_HOST_UNKNOWN},
    {"4.5", REASON_RATE_LIMITED},
    {"4.6", REASON_NETWORK},
    {"4.7", REASON_EXPIRED},
    {"4.0", REASON_NETWORK},
    {"5.0", REASON_SYSTEM},
    {"5.1", REASON_SYNTAX},
    {"5.2", REASON_SYNTAX},
    {"5.3", REASON_RATE_LIMITED},
    {"5.4", REASON_SYNTAX},
    {"6.0", REASON_POLICY},
    {"6.1", REASON_POLICY},
    {"6.2", REASON_POLICY},
    {"6.3", REASON_POLICY},
    {"7.0", REASON_POLICY},
    {"7.1", REASON_POLICY},
    {"7.2", REASON_FILTERED},
    {"7.20", REASON_NOT_AUTHENTICATED},
    {"7.23", REASON_NOT_AUTHENTICATED},
    {"7.24", REASON_NOT_AUTHENTICATED},
    {"7.25", REASON_POLICY},
    {"7.26", REASON_NOT_AUTHENTICATED},
    {"7.28", REASON_RATE_LIMITED},
    {"7.9", REASON_NOT_AUTHENTICATED},
    {"7.8", REASON_NOT_AUTHENTICATED},
};

/* "a*b" stands in @text: a, and b behind it within a line's length. */
static bool stands_in(const char *text, const char *pattern)
{
    const char *star = strchr(pattern, '*');
    if (!star)
        return strstr(text, pattern) != NULL;
    g_autofree char *head = g_strndup(pattern, (gsize)(star - pattern));
    for (const char *p = strstr(text, head); p; p = strstr(p + 1, head)) {
        g_autofree char *near = g_strndup(p + strlen(head), 80);
        if (stands_in(near, star + 1))
            return true;
    }
    return false;
}

static Reason by_words(const char *text)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (stands_in(text, words[i].words))
            return words[i].reason;
    return REASON_NONE;
}

static Reason by_status(const char *status)
{
    if (!status || strlen(status) < 5)
        return REASON_NONE;
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++)
        if (strcmp(status + 2, codes[i].status) == 0)
            return codes[i].reason;
    return REASON_NONE;
}

static Reason by_code(int code)
{
    switch (code) {
    case 421:
        return REASON_RATE_LIMITED;
    case 450:
    case 550:
    case 551:
        return REASON_USER_UNKNOWN;
    case 452:
    case 552:
        return REASON_MAILBOX_FULL;
    case 553:
        return REASON_USER_UNKNOWN;
    case 451:
        return REASON_SYSTEM;
    case 554:
        return REASON_POLICY;
    case 500:
    case 501:
    case 502:
    case 503:
    case 504:
        return REASON_SYNTAX;
    case 530:
    case 535:
        return REASON_NOT_AUTHENTICATED;
    default:
        return REASON_NONE;
    }
}

/* The status says more than the words where it names the very thing. */
static bool status_decides(Reason reason)
{
    return reason == REASON_MAILBOX_FULL || reason == REASON_MOVED || reason == REASON_TOO_BIG;
}

static Reason reason_of(const Reading *reading, const Recipient *r)
{
    Reason by = by_status(r->status);
    g_autofree char *said = r->diagnostic ? g_utf8_strdown(r->diagnostic, -1) : NULL;
    /* addresses in the words are nobody's reason: "spam@..." */
    for (char *p = said ? strchr(said, '@') : NULL; p; p = strchr(p + 1, '@')) {
        char *a = p, *b = p;
        while (a > said && (g_ascii_isalnum(a[-1]) || strchr(".-_+=", a[-1])))
            *--a = '_';
        while (g_ascii_isalnum(b[1]) || (b[1] && strchr(".-_", b[1])))
            *++b = '_';
    }
    if (status_decides(by))
        return by;
    Reason words_say = said ? by_words(said) : REASON_NONE;
    if (words_say != REASON_NONE)
        return words_say;
    if (by != REASON_NONE && !(by == REASON_SYSTEM && g_str_has_suffix(r->status, ".3.0")))
        return by;
    g_autofree char *head = g_strndup(reading->lower, 2500);
    if (!said || strlen(said) < 12) {
        words_say = by_words(head);
        if (words_say != REASON_NONE)
            return words_say;
    }
    if (by != REASON_NONE)
        return by;
    by = by_code(r->reply_code);
    return by != REASON_NONE ? by : REASON_OTHER;
}

void reasons_give(Reading *reading)
{
    const Bounce *bounce = reading->bounce;
    if (bounce->kind != KIND_FAILURE && bounce->kind != KIND_DELAY)
        return;
    for (guint i = 0; i < bounce->recipients->len; i++) {
        Recipient *r = bounce->recipients->pdata[i];
        bool good =
            r->action && strcmp(r->action, "failed") != 0 && strcmp(r->action, "delayed") != 0;
        if (!good)
            r->reason = reason_of(reading, r);
    }
}
