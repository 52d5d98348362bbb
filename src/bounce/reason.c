/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a message was not delivered: rules in a fixed order from the words of the diagnostic, the
 * status, the reply code and the words around it. The same bytes always give the same reason. */
#include <string.h>

#include "bounce/phrases.h"

/* Words of diagnostics that leave no doubt; the first row that fits decides. */
static const Phrase plain_words[] = {
    {"virus", REASON_VIRUS},
    {"malware", REASON_VIRUS},
    {"trojan", REASON_VIRUS},
    {"infected", REASON_VIRUS},
    {"rejected due to security policies", REASON_VIRUS}, /* Mimecast: a signature matched */
    {"user complaints", REASON_SPAM},
    {"reputation", REASON_SPAM},
    {"unable to contact ldap", REASON_SYSTEM},
    {"ldap", REASON_SYSTEM},
    {"duplicated message-id", REASON_SYSTEM},
    {"service refuse", REASON_SYSTEM},
    {"policy reasons", REASON_POLICY},
    {"rejected for policy", REASON_POLICY},
    {"header error", REASON_SYNTAX},
    {"multiple addresses in from", REASON_SYNTAX},
    {"no available mailboxes", REASON_USER_UNKNOWN},
    {"mailbox full", REASON_MAILBOX_FULL},
    {"mailbox is full", REASON_MAILBOX_FULL},
    {"mailbox has exceeded", REASON_MAILBOX_FULL},
    {"mailbox exceeds", REASON_MAILBOX_FULL},
    {"mailbox size limit", REASON_MAILBOX_FULL},
    {"mailbox exceeded", REASON_MAILBOX_FULL},
    {"mailbox quota", REASON_MAILBOX_FULL},
    {"mail box full", REASON_MAILBOX_FULL},
    {"mailfolder is full", REASON_MAILBOX_FULL},
    {"maildir over quota", REASON_MAILBOX_FULL},
    {"full mailbox", REASON_MAILBOX_FULL},
    {"inbox is full", REASON_MAILBOX_FULL},
    {"over quota", REASON_MAILBOX_FULL},
    {"overquota", REASON_MAILBOX_FULL},
    {"over disk quota", REASON_MAILBOX_FULL},
    {"over the allowed quota", REASON_MAILBOX_FULL},
    {"over its quota", REASON_MAILBOX_FULL},
    {"quota exceeded", REASON_MAILBOX_FULL},
    {"quota exceed", REASON_MAILBOX_FULL},
    {"quota full", REASON_MAILBOX_FULL},
    {"quota violation", REASON_MAILBOX_FULL},
    {"exceeded storage", REASON_MAILBOX_FULL},
    {"exceeded his", REASON_MAILBOX_FULL},
    {"exceeded the quota", REASON_MAILBOX_FULL},
    {"exceeded his/her quota", REASON_MAILBOX_FULL},
    {"exceeded their storage", REASON_MAILBOX_FULL},
    {"exceeds quota", REASON_MAILBOX_FULL},
    {"exceeding quota", REASON_MAILBOX_FULL},
    {"exceed quota", REASON_MAILBOX_FULL},
    {"disk quota", REASON_MAILBOX_FULL},
    {"storage quota", REASON_MAILBOX_FULL},
    {"storage limit", REASON_MAILBOX_FULL},
    {"out of storage", REASON_MAILBOX_FULL},
    {"account is full", REASON_MAILBOX_FULL},
    {"insufficient disk space", REASON_MAILBOX_FULL},
    {"not enough storage space", REASON_MAILBOX_FULL},
    {"no space left", REASON_MAILBOX_FULL},
    {"too much mail stored", REASON_MAILBOX_FULL},
    {"too much mail data", REASON_MAILBOX_FULL},
    {"too many messages in", REASON_MAILBOX_FULL},
    {"exceeded the local limit", REASON_MAILBOX_FULL},
    {"messages in recipient's mailbox exceeded", REASON_MAILBOX_FULL},
    {"user has too many messages", REASON_MAILBOX_FULL},
    {"receiver's mailbox is full", REASON_MAILBOX_FULL},
    {"boîte aux lettres pleine", REASON_MAILBOX_FULL},
    {"boite pleine", REASON_MAILBOX_FULL},
    {"boite du destinataire pleine", REASON_MAILBOX_FULL},
    {"postfach voll", REASON_MAILBOX_FULL},
    {"postfach ist voll", REASON_MAILBOX_FULL},
    {"buzón lleno", REASON_MAILBOX_FULL},
    {"caixa postal cheia", REASON_MAILBOX_FULL},
    {"容量", REASON_MAILBOX_FULL},
    {"message too large", REASON_TOO_BIG},
    {"message too big", REASON_TOO_BIG},
    {"message is too large", REASON_TOO_BIG},
    {"message is too big", REASON_TOO_BIG},
    {"message file too big", REASON_TOO_BIG},
    {"message size exceed", REASON_TOO_BIG},
    {"message size limit", REASON_TOO_BIG},
    {"maximum message size", REASON_TOO_BIG},
    {"max message size", REASON_TOO_BIG},
    {"message length exceeds", REASON_TOO_BIG},
    {"message exceeds maximum", REASON_TOO_BIG},
    {"message exceeded", REASON_TOO_BIG},
    {"exceeded maximum incoming message size", REASON_TOO_BIG},
    {"exceeded the maximum incoming message size", REASON_TOO_BIG},
    {"exceeds fixed maximum", REASON_TOO_BIG},
    {"exceeds the size limit", REASON_TOO_BIG},
    {"exceeds size limit", REASON_TOO_BIG},
    {"size limit exceeded", REASON_TOO_BIG},
    {"exceeds limit", REASON_TOO_BIG},
    {"line limit exceeded", REASON_TOO_BIG},
    {"larger than the current system limit", REASON_TOO_BIG},
    {"too large for this", REASON_TOO_BIG},
    {"mail is too large", REASON_TOO_BIG},
    {"mail too large", REASON_TOO_BIG},
    {"mail size", REASON_TOO_BIG},
    {"message size", REASON_TOO_BIG},
    {"size of message", REASON_TOO_BIG},
    {"has moved", REASON_MOVED},
    {"mailbox moved", REASON_MOVED},
    {"user has moved", REASON_MOVED},
    {"has been replaced by", REASON_MOVED},
    {"address has changed", REASON_MOVED},
    {"new address", REASON_MOVED},
    {"relaying denied", REASON_RELAY_DENIED},
    {"relaying not allowed", REASON_RELAY_DENIED},
    {"relay not permitted", REASON_RELAY_DENIED},
    {"relay access denied", REASON_RELAY_DENIED},
    {"relay denied", REASON_RELAY_DENIED},
    {"relay not allowed", REASON_RELAY_DENIED},
    {"relaying mail to", REASON_RELAY_DENIED},
    {"not relay", REASON_RELAY_DENIED},
    {"no relaying", REASON_RELAY_DENIED},
    {"relaying prohibited", REASON_RELAY_DENIED},
    {"relay operation rejected", REASON_RELAY_DENIED},
    {"unable to relay", REASON_RELAY_DENIED},
    {"relay is prohibited", REASON_RELAY_DENIED},
    {"relaying blocked", REASON_RELAY_DENIED},
    {"insecure mail relay", REASON_RELAY_DENIED},
    {"that domain isn't in my list of allowed rcpthosts", REASON_RELAY_DENIED},
    {"not a gateway", REASON_RELAY_DENIED},
    {"this system is not configured to relay", REASON_RELAY_DENIED},
    {"account is blocked", REASON_SUSPENDED},
    {"account blocked", REASON_SUSPENDED},
    {"compte du destinataire est bloque", REASON_SUSPENDED},
    {"temporary locked", REASON_SUSPENDED},
    {"temporarily locked", REASON_SUSPENDED},
    {"account disabled", REASON_SUSPENDED},
    {"account has been disabled", REASON_SUSPENDED},
    {"account that you tried to reach is disabled", REASON_SUSPENDED},
    {"account is disabled", REASON_SUSPENDED},
    {"account inactive", REASON_SUSPENDED},
    {"account is inactive", REASON_SUSPENDED},
    {"account not active", REASON_SUSPENDED},
    {"account is not active", REASON_SUSPENDED},
    {"account is locked", REASON_SUSPENDED},
    {"account is suspended", REASON_SUSPENDED},
    {"account suspended", REASON_SUSPENDED},
    {"account has been suspended", REASON_SUSPENDED},
    {"account locked", REASON_SUSPENDED},
    {"account is temporarily suspended", REASON_SUSPENDED},
    {"account is currently suspended", REASON_SUSPENDED},
    {"account expired", REASON_SUSPENDED},
    {"account closed", REASON_SUSPENDED},
    {"account deactivated", REASON_SUSPENDED},
    {"been disabled or discontinued", REASON_SUSPENDED},
    {"disabled due to inactivity", REASON_SUSPENDED},
    {"inactive account", REASON_SUSPENDED},
    {"inactive user", REASON_SUSPENDED},
    {"invalid/inactive user", REASON_SUSPENDED},
    {"is a deactivated mailbox", REASON_SUSPENDED},
    {"mailbox currently suspended", REASON_SUSPENDED},
    {"mailbox is frozen", REASON_SUSPENDED},
    {"mailbox unavailable or access denied", REASON_SUSPENDED},
    {"mailbox disabled", REASON_SUSPENDED},
    {"mailbox is disabled", REASON_SUSPENDED},
    {"mailbox is inactive", REASON_SUSPENDED},
    {"mailbox inactive", REASON_SUSPENDED},
    {"disabled mailbox", REASON_SUSPENDED},
    {"disabled recipient", REASON_SUSPENDED},
    {"disabled account", REASON_SUSPENDED},
    {"email account that you tried to reach is inactive", REASON_SUSPENDED},
    {"recipient suspend", REASON_SUSPENDED},
    {"recipient is suspended", REASON_SUSPENDED},
    {"user suspended", REASON_SUSPENDED},
    {"user is suspended", REASON_SUSPENDED},
    {"user disabled", REASON_SUSPENDED},
    {"vdelivermail: account is", REASON_SUSPENDED},
    {"boite du destinataire archivee", REASON_SUSPENDED},
    {"archivee", REASON_SUSPENDED},
    {"too many connections", REASON_RATE_LIMITED},
    {"too many concurrent", REASON_RATE_LIMITED},
    {"too many simultaneous", REASON_RATE_LIMITED},
    {"too many smtp sessions", REASON_RATE_LIMITED},
    {"connection rate limit", REASON_RATE_LIMITED},
    {"connection limit", REASON_RATE_LIMITED},
    {"connection frequency limited", REASON_RATE_LIMITED},
    {"connections exceeded", REASON_RATE_LIMITED},
    {"rate limit", REASON_RATE_LIMITED},
    {"rate-limit", REASON_RATE_LIMITED},
    {"ratelimit", REASON_RATE_LIMITED},
    {"frequency limited", REASON_RATE_LIMITED},
    {"sending rate", REASON_RATE_LIMITED},
    {"rate that", REASON_RATE_LIMITED},
    {"throttl", REASON_RATE_LIMITED},
    {"mail sent from your ip address has been temporarily", REASON_RATE_LIMITED},
    {"unexpected volume", REASON_RATE_LIMITED},
    {"sending limit", REASON_RATE_LIMITED},
    {"limits were reached", REASON_RATE_LIMITED},
    {"too many messages", REASON_RATE_LIMITED},
    {"too many emails", REASON_RATE_LIMITED},
    {"too many recipients", REASON_RATE_LIMITED},
    {"too many rcpt", REASON_RATE_LIMITED},
    {"too many envelope recipients", REASON_RATE_LIMITED},
    {"too many invalid recipients", REASON_RATE_LIMITED},
    {"too many mails", REASON_RATE_LIMITED},
    {"too fast", REASON_RATE_LIMITED},
    {"receiving mail at a rate", REASON_RATE_LIMITED},
    {"receiving email too quickly", REASON_RATE_LIMITED},
    {"trop de connexions", REASON_RATE_LIMITED},
    {"please try again slower", REASON_RATE_LIMITED},
    {"mail flooding", REASON_RATE_LIMITED},
    {"exceeded the maximum number", REASON_RATE_LIMITED},
    {"daily limit", REASON_RATE_LIMITED},
    {"hourly limit", REASON_RATE_LIMITED},
    {"per hour", REASON_RATE_LIMITED},
    {"delivery time expired", REASON_EXPIRED},
    {"message expired", REASON_EXPIRED},
    {"has expired", REASON_EXPIRED},
    {"envelope expired", REASON_EXPIRED},
    {"retry timeout exceeded", REASON_EXPIRED},
    {"retry time not reached", REASON_EXPIRED},
    {"in the queue too long", REASON_EXPIRED},
    {"was undeliverable after", REASON_EXPIRED},
    {"could not be delivered for", REASON_EXPIRED},
    {"could not be sent for", REASON_EXPIRED},
    {"not delivered within", REASON_EXPIRED},
    {"not reachable within the allowed queue", REASON_EXPIRED},
    {"delivery attempts failed", REASON_EXPIRED},
    {"multiple retries", REASON_EXPIRED},
    {"queue lifetime", REASON_EXPIRED},
    {"maximum queue", REASON_EXPIRED},
    {"message timed out", REASON_EXPIRED},
    {"delivery expired", REASON_EXPIRED},
    {"was aborted after", REASON_EXPIRED},
    {"too old", REASON_EXPIRED},
    {"could not be delivered within", REASON_EXPIRED},
    {"failed to deliver to domain", REASON_EXPIRED},
    {"unable to deliver in", REASON_EXPIRED},
    {"have been failing for a long time", REASON_EXPIRED},
    {"not delivered after", REASON_EXPIRED},
    {"hop count exceeded", REASON_NETWORK},
    {"too many hops", REASON_NETWORK},
    {"mail loop", REASON_NETWORK},
    {"loops back to", REASON_NETWORK},
    {"looping", REASON_NETWORK},
    {"loop detected", REASON_NETWORK},
    {"loop alert", REASON_NETWORK},
    {"host not reachable", REASON_EXPIRED},
    {"no starttls", REASON_NOT_AUTHENTICATED},
    {"starttls", REASON_NOT_AUTHENTICATED},
    {"tls is required", REASON_NOT_AUTHENTICATED},
    {"dmarc", REASON_NOT_AUTHENTICATED},
    {"dkim", REASON_NOT_AUTHENTICATED},
    {"authentication information", REASON_NOT_AUTHENTICATED},
    {"spf check", REASON_NOT_AUTHENTICATED},
    {"spf fail", REASON_NOT_AUTHENTICATED},
    {"spf)", REASON_NOT_AUTHENTICATED},
    {"spf ", REASON_NOT_AUTHENTICATED},
    {"spf:", REASON_NOT_AUTHENTICATED},
    {"openspf", REASON_NOT_AUTHENTICATED},
    {"sender policy framework", REASON_NOT_AUTHENTICATED},
    {"authentication checks failed", REASON_NOT_AUTHENTICATED},
    {"authentication level", REASON_NOT_AUTHENTICATED},
    {"authentication required", REASON_NOT_AUTHENTICATED},
    {"is not authenticated", REASON_NOT_AUTHENTICATED},
    {"not authenticated", REASON_NOT_AUTHENTICATED},
    {"unauthenticated", REASON_NOT_AUTHENTICATED},
    {"unauthenticated email", REASON_NOT_AUTHENTICATED},
    {"authenticated to send", REASON_NOT_AUTHENTICATED},
    {"authentication is required", REASON_NOT_AUTHENTICATED},
    {"must authenticate", REASON_NOT_AUTHENTICATED},
    {"not authorized to send", REASON_NOT_AUTHENTICATED},
    {"unverifyable sending ip", REASON_POLICY},
    {"mismatches client ip", REASON_POLICY},
    {"smtp server of your isp", REASON_POLICY},
    {"reverse dns", REASON_POLICY},
    {"ptr record", REASON_POLICY},
    {"no ptr", REASON_POLICY},
    {"rdns", REASON_POLICY},
    {"cannot find your hostname", REASON_POLICY},
    {"fix reverse", REASON_POLICY},
    {"blacklist", REASON_SPAM},
    {"block list", REASON_SPAM},
    {"blocklist", REASON_SPAM},
    {"spamhaus", REASON_SPAM},
    {"spamcop", REASON_SPAM},
    {"rbl", REASON_SPAM},
    {"spam", REASON_SPAM},
    {"listed in rbl", REASON_SPAM},
    {"currently listed", REASON_SPAM},
    {"listed at", REASON_SPAM},
    {"listed by", REASON_SPAM},
    {"bulk mail", REASON_SPAM},
    {"unsolicited", REASON_SPAM},
    {"junk", REASON_SPAM},
    {"reputation", REASON_SPAM},
    {"banned sending ip", REASON_SPAM},
    {"user complaints", REASON_SPAM},
    {"bad content", REASON_SPAM},
    {"mail rejete", REASON_POLICY},
    {"open relay", REASON_SPAM},
    {"open proxy", REASON_SPAM},
    {"迷惑メール", REASON_SPAM},
    {NULL, 0},
};

/* Words that mean what they say unless the status is more exact. */
static const Phrase other_words[] = {
    {"recipient address rejected: access denied", REASON_USER_UNKNOWN},
    {"domain does not exist", REASON_HOST_UNKNOWN},
    {"domain doesn't exist", REASON_HOST_UNKNOWN},
    {"sender rejected", REASON_POLICY},
    {"sender address rejected", REASON_POLICY},
    {"sender denied", REASON_POLICY},
    {"sender domain", REASON_POLICY},
    {"sender verify failed", REASON_POLICY},
    {"domain of sender", REASON_POLICY},
    {"unroutable sender", REASON_POLICY},
    {"your network is temporary", REASON_POLICY},
    {"unknown or illegal alias", REASON_USER_UNKNOWN},
    {"unknown or illegal user", REASON_USER_UNKNOWN},
    {"user unknown", REASON_USER_UNKNOWN},
    {"unknown user", REASON_USER_UNKNOWN},
    {"userunknown", REASON_USER_UNKNOWN},
    {"no such user", REASON_USER_UNKNOWN},
    {"no such mailbox", REASON_USER_UNKNOWN},
    {"no such recipient", REASON_USER_UNKNOWN},
    {"no such person", REASON_USER_UNKNOWN},
    {"no such address", REASON_USER_UNKNOWN},
    {"no such local user", REASON_USER_UNKNOWN},
    {"no such email", REASON_USER_UNKNOWN},
    {"no mailbox here", REASON_USER_UNKNOWN},
    {"no mailbox by that name", REASON_USER_UNKNOWN},
    {"no mailbox found", REASON_USER_UNKNOWN},
    {"no account by that name", REASON_USER_UNKNOWN},
    {"no valid recipient", REASON_USER_UNKNOWN},
    {"no local mailbox", REASON_USER_UNKNOWN},
    {"no user", REASON_USER_UNKNOWN},
    {"not a valid mailbox", REASON_USER_UNKNOWN},
    {"not a valid recipient", REASON_USER_UNKNOWN},
    {"not a valid user", REASON_USER_UNKNOWN},
    {"not a known user", REASON_USER_UNKNOWN},
    {"not our customer", REASON_USER_UNKNOWN},
    {"unknown recipient", REASON_USER_UNKNOWN},
    {"unknown mailbox", REASON_USER_UNKNOWN},
    {"unknown account", REASON_USER_UNKNOWN},
    {"unknown local", REASON_USER_UNKNOWN},
    {"unknown email", REASON_USER_UNKNOWN},
    {"unknown in virtual", REASON_USER_UNKNOWN},
    {"recipient unknown", REASON_USER_UNKNOWN},
    {"recipient not found", REASON_USER_UNKNOWN},
    {"recipient not exist", REASON_USER_UNKNOWN},
    {"recipnotfound", REASON_USER_UNKNOWN},
    {"recipient name is not recognized", REASON_USER_UNKNOWN},
    {"recipient no longer", REASON_USER_UNKNOWN},
    {"recipient does not exist", REASON_USER_UNKNOWN},
    {"recipient address unknown", REASON_USER_UNKNOWN},
    {"recipient rejected", REASON_USER_UNKNOWN},
    {"recipient is not", REASON_USER_UNKNOWN},
    {"recipient is unknown", REASON_USER_UNKNOWN},
    {"invalid recipient", REASON_USER_UNKNOWN},
    {"invalid mailbox", REASON_USER_UNKNOWN},
    {"invalid user", REASON_USER_UNKNOWN},
    {"invalid address", REASON_USER_UNKNOWN},
    {"invalid final delivery", REASON_USER_UNKNOWN},
    {"bad destination mailbox", REASON_USER_UNKNOWN},
    {"bad recipient", REASON_USER_UNKNOWN},
    {"address unknown", REASON_USER_UNKNOWN},
    {"addressee unknown", REASON_USER_UNKNOWN},
    {"address does not exist", REASON_USER_UNKNOWN},
    {"address doesn't exist", REASON_USER_UNKNOWN},
    {"address you entered couldn't be found", REASON_USER_UNKNOWN},
    {"address not found", REASON_USER_UNKNOWN},
    {"address wasn't found", REASON_USER_UNKNOWN},
    {"address couldn't be found", REASON_USER_UNKNOWN},
    {"account that you tried to reach does not exist", REASON_USER_UNKNOWN},
    {"account does not exist", REASON_USER_UNKNOWN},
    {"account doesn't exist", REASON_USER_UNKNOWN},
    {"doesn't have a", REASON_USER_UNKNOWN},
    {"mailbox not found", REASON_USER_UNKNOWN},
    {"mailbox does not exist", REASON_USER_UNKNOWN},
    {"mailbox unknown", REASON_USER_UNKNOWN},
    {"mailbox invalid", REASON_USER_UNKNOWN},
    {"mailbox name not allowed", REASON_USER_UNKNOWN},
    {"mailbox unavailable", REASON_USER_UNKNOWN},
    {"mailbox not present", REASON_USER_UNKNOWN},
    {"user not found", REASON_USER_UNKNOWN},
    {"user not known", REASON_USER_UNKNOWN},
    {"user not exist", REASON_USER_UNKNOWN},
    {"user does not exist", REASON_USER_UNKNOWN},
    {"user doesn't exist", REASON_USER_UNKNOWN},
    {"user is unknown", REASON_USER_UNKNOWN},
    {"user mailbox not found", REASON_USER_UNKNOWN},
    {"user invalid", REASON_USER_UNKNOWN},
    {"not listed in domino directory", REASON_USER_UNKNOWN},
    {"not listed in public name", REASON_USER_UNKNOWN},
    {"does not exist", REASON_USER_UNKNOWN},
    {"wrong or no longer valid", REASON_USER_UNKNOWN},
    {"adresse d au moins un destinataire invalide", REASON_USER_UNKNOWN},
    {"destinataire inconnu", REASON_USER_UNKNOWN},
    {"utilisateur inconnu", REASON_USER_UNKNOWN},
    {"empfaenger unbekannt", REASON_USER_UNKNOWN},
    {"empfänger unbekannt", REASON_USER_UNKNOWN},
    {"usuario desconocido", REASON_USER_UNKNOWN},
    {"usuário desconhecido", REASON_USER_UNKNOWN},
    {"inesistente", REASON_USER_UNKNOWN},
    {"пользователь не найден", REASON_USER_UNKNOWN},
    {"may not exist, or you may not have permission to post", REASON_POLICY},
    {"見つかりません", REASON_USER_UNKNOWN},
    {"存在しません", REASON_USER_UNKNOWN},
    {"存在しない", REASON_USER_UNKNOWN},
    {"host unknown", REASON_HOST_UNKNOWN},
    {"unknown host", REASON_HOST_UNKNOWN},
    {"host not found", REASON_HOST_UNKNOWN},
    {"domain not found", REASON_HOST_UNKNOWN},
    {"domain does not exist", REASON_HOST_UNKNOWN},
    {"no such domain", REASON_HOST_UNKNOWN},
    {"unknown domain", REASON_HOST_UNKNOWN},
    {"unrouteable address", REASON_HOST_UNKNOWN},
    {"unroutable address", REASON_HOST_UNKNOWN},
    {"unrouteable mail domain", REASON_HOST_UNKNOWN},
    {"couldn't find any host", REASON_HOST_UNKNOWN},
    {"could not find any host", REASON_HOST_UNKNOWN},
    {"couldn't find a mail exchanger", REASON_HOST_UNKNOWN},
    {"could not find a gateway", REASON_HOST_UNKNOWN},
    {"bad destination system", REASON_HOST_UNKNOWN},
    {"no mx", REASON_HOST_UNKNOWN},
    {"mx lookup", REASON_HOST_UNKNOWN},
    {"dns error", REASON_HOST_UNKNOWN},
    {"domain mentioned not found", REASON_HOST_UNKNOWN},
    {"domain is not reachable", REASON_HOST_UNKNOWN},
    {"groups.google.com/support", REASON_POLICY},
    {"no route to host", REASON_NETWORK},
    {"null mx", REASON_POLICY},
    {"nullmx", REASON_POLICY},
    {"does not accept mail", REASON_POLICY},
    {"not accepting mail", REASON_POLICY},
    {"not accept mail", REASON_POLICY},
    {"connection refused", REASON_NETWORK},
    {"connection reset", REASON_NETWORK},
    {"connection timed out", REASON_EXPIRED},
    {"connection was dropped", REASON_NETWORK},
    {"connection dropped", REASON_NETWORK},
    {"connection was refused", REASON_NETWORK},
    {"did not accept our requests to connect", REASON_NETWORK},
    {"could not connect", REASON_NETWORK},
    {"can't connect", REASON_NETWORK},
    {"cannot connect", REASON_NETWORK},
    {"unable to connect", REASON_NETWORK},
    {"couldn't connect", REASON_NETWORK},
    {"wasn't able to establish an smtp connection", REASON_NETWORK},
    {"network is unreachable", REASON_NETWORK},
    {"network unreachable", REASON_NETWORK},
    {"network error", REASON_NETWORK},
    {"socket error", REASON_NETWORK},
    {"name service error", REASON_NETWORK},
    {"host name lookup failure", REASON_NETWORK},
    {"name server: host not found", REASON_HOST_UNKNOWN},
    {"no answer from host", REASON_NETWORK},
    {"operation timed out", REASON_EXPIRED},
    {"timed out", REASON_EXPIRED},
    {"timeout", REASON_EXPIRED},
    {"is not responding", REASON_EXPIRED},
    {"not responding", REASON_EXPIRED},
    {"access denied", REASON_POLICY},
    {"access forbidden", REASON_POLICY},
    {"policy violation", REASON_POLICY},
    {"violates", REASON_POLICY},
    {"due to policy", REASON_POLICY},
    {"by policy", REASON_POLICY},
    {"security policy", REASON_POLICY},
    {"not allowed to", REASON_POLICY},
    {"not permitted", REASON_POLICY},
    {"rejected by local policy", REASON_POLICY},
    {"client host rejected", REASON_POLICY},
    {"administrative prohibition", REASON_POLICY},
    {"administratively", REASON_POLICY},
    {"banned", REASON_POLICY},
    {"blocked", REASON_POLICY},
    {"you are not allowed", REASON_POLICY},
    {"permission to post", REASON_POLICY},
    {"not accepting network messages", REASON_POLICY},
    {"malformed address", REASON_SYNTAX},
    {"address syntax", REASON_SYNTAX},
    {"syntax error", REASON_SYNTAX},
    {"incorrectly constructed", REASON_SYNTAX},
    {"invalid header", REASON_SYNTAX},
    {"missing header", REASON_SYNTAX},
    {"rfc 5322", REASON_SYNTAX},
    {"rfc5322", REASON_SYNTAX},
    {"rfc 2822", REASON_SYNTAX},
    {"not rfc", REASON_SYNTAX},
    {"unrecognized command", REASON_SYNTAX},
    {"bad sequence", REASON_SYNTAX},
    {"need rcpt", REASON_SYNTAX},
    {"local configuration error", REASON_SYSTEM},
    {"local error in processing", REASON_SYSTEM},
    {"can't create output", REASON_SYSTEM},
    {"system config error", REASON_SYSTEM},
    {"configuration error", REASON_SYSTEM},
    {"resources temporarily", REASON_SYSTEM},
    {"insufficient system", REASON_SYSTEM},
    {"internal error", REASON_SYSTEM},
    {"internal server error", REASON_SYSTEM},
    {"temporary local problem", REASON_SYSTEM},
    {"command died", REASON_SYSTEM},
    {"command output", REASON_SYSTEM},
    {"system error", REASON_SYSTEM},
    {"service unavailable", REASON_SYSTEM},
    {"service currently unavailable", REASON_SYSTEM},
    {"mailer error", REASON_SYSTEM},
    {"operating system error", REASON_SYSTEM},
    {"server error", REASON_SYSTEM},
    {"pipe to |", REASON_SYSTEM},
    {"filter", REASON_FILTERED},
    {NULL, 0},
};

/* Words around the diagnostic, where it says nothing. */
static const Phrase context_words[] = {
    {"rejected by a remote mail server", REASON_FILTERED},
    {"rejected by the recipient domain", REASON_FILTERED},
    {"they are not accepting mail from", REASON_FILTERED},
    {"was rejected by the local scanning", REASON_POLICY},
    {NULL, 0},
};

static bool lowest(guint row, gsize at, void *data)
{
    guint *best = data;
    (void)at;
    *best = MIN(*best, row);
    return *best > 0;
}

/* The first row of @table that is in @folded; REASON_NONE for none. */
static Reason word_reason(const Phrase *table, PhraseIndex **kept, const char *folded)
{
    guint best = G_MAXUINT;
    phrase_scan(phrase_index(table, kept), span_of(folded), lowest, &best);
    return best == G_MAXUINT ? REASON_NONE : (Reason)table[best].means;
}

/* By detail of RFC 3463 and its registry; the class does not matter. */
static const struct {
    const char *detail;
    Reason reason;
} by_status[] = {
    {"1.0", REASON_NONE},
    {"1.1", REASON_USER_UNKNOWN},
    {"1.2", REASON_HOST_UNKNOWN},
    {"1.3", REASON_USER_UNKNOWN},
    {"1.4", REASON_USER_UNKNOWN},
    {"1.6", REASON_MOVED},
    {"1.7", REASON_POLICY},
    {"1.8", REASON_POLICY},
    {"1.10", REASON_POLICY},
    {"2.1", REASON_FILTERED},
    {"2.2", REASON_MAILBOX_FULL},
    {"2.3", REASON_TOO_BIG},
    {"2.4", REASON_FILTERED},
    {"3.1", REASON_MAILBOX_FULL},
    {"3.2", REASON_POLICY},
    {"3.3", REASON_SYSTEM},
    {"3.4", REASON_TOO_BIG},
    {"3.5", REASON_SYSTEM},
    {"4.1", REASON_NONE},
    {"4.2", REASON_NETWORK},
    {"4.3", REASON_SYSTEM},
    {"4.4", REASON_HOST_UNKNOWN},
    {"4.5", REASON_NETWORK},
    {"4.6", REASON_NETWORK},
    {"4.7", REASON_EXPIRED},
    {"4.14", REASON_NETWORK},
    {"4.310", REASON_HOST_UNKNOWN},
    {"4.316", REASON_EXPIRED},
    {"4.317", REASON_NETWORK},
    {"5.2", REASON_SYNTAX},
    {"5.3", REASON_RATE_LIMITED},
    {"5.4", REASON_SYNTAX},
    {"6.0", REASON_POLICY},
    {"6.1", REASON_POLICY},
    {"6.2", REASON_POLICY},
    {"6.3", REASON_POLICY},
    {"6.7", REASON_SYNTAX},
    {"7.2", REASON_POLICY},
    {"7.4", REASON_POLICY},
    {"7.5", REASON_POLICY},
    {"7.7", REASON_NOT_AUTHENTICATED},
    {"7.8", REASON_NOT_AUTHENTICATED},
    {"7.9", REASON_POLICY},
    {"7.10", REASON_POLICY},
    {"7.13", REASON_SUSPENDED},
    {"7.14", REASON_POLICY},
    {"7.17", REASON_MOVED},
    {"7.18", REASON_MOVED},
    {"7.20", REASON_NOT_AUTHENTICATED},
    {"7.21", REASON_NOT_AUTHENTICATED},
    {"7.22", REASON_NOT_AUTHENTICATED},
    {"7.23", REASON_NOT_AUTHENTICATED},
    {"7.24", REASON_NOT_AUTHENTICATED},
    {"7.25", REASON_POLICY},
    {"7.26", REASON_NOT_AUTHENTICATED},
    {"7.27", REASON_POLICY},
    {"7.28", REASON_RATE_LIMITED},
    {"7.29", REASON_NOT_AUTHENTICATED},
    {"7.30", REASON_NOT_AUTHENTICATED},
    {"7.705", REASON_POLICY},
    {"7.509", REASON_NOT_AUTHENTICATED},
    {"7.515", REASON_NOT_AUTHENTICATED},
};

static Reason status_reason(const char *status)
{
    for (gsize i = 0; status && i < G_N_ELEMENTS(by_status); i++)
        if (strcmp(by_status[i].detail, status + 2) == 0)
            return by_status[i].reason;
    return REASON_NONE;
}

static const struct {
    int code;
    Reason reason;
} by_code[] = {
    {421, REASON_NETWORK},
    {422, REASON_MAILBOX_FULL},
    {431, REASON_SYSTEM},
    {432, REASON_SYSTEM},
    {450, REASON_SYSTEM},
    {451, REASON_SYSTEM},
    {452, REASON_MAILBOX_FULL},
    {500, REASON_SYNTAX},
    {501, REASON_SYNTAX},
    {502, REASON_SYNTAX},
    {503, REASON_SYNTAX},
    {504, REASON_SYNTAX},
    {521, REASON_POLICY},
    {525, REASON_SUSPENDED},
    {530, REASON_NOT_AUTHENTICATED},
    {535, REASON_NOT_AUTHENTICATED},
    {550, REASON_POLICY},
    {551, REASON_MOVED},
    {552, REASON_MAILBOX_FULL},
    {553, REASON_POLICY},
    {554, REASON_POLICY},
    {556, REASON_POLICY},
};

static Reason code_reason(int code)
{
    for (gsize i = 0; i < G_N_ELEMENTS(by_code); i++)
        if (by_code[i].code == code)
            return by_code[i].reason;
    return REASON_NONE;
}

/* By subject of RFC 3463, where the detail says nothing. */
static Reason subject_reason(const char *status)
{
    static const Reason reasons[] = {REASON_NONE,   REASON_USER_UNKNOWN, REASON_NONE,
                                     REASON_SYSTEM, REASON_NETWORK,      REASON_NONE,
                                     REASON_POLICY, REASON_POLICY};
    int subject = status ? status[2] - '0' : 0;
    if (!status || status[3] != '.' || subject < 0 || subject > 7)
        return REASON_NONE;
    return reasons[subject];
}

/* A refusal before a recipient was named is of the client or the sender. */
static Reason stage_reason(const char *folded, int code)
{
    static const char *const stages[] = {"after ehlo",
                                         "after helo",
                                         "after mail from",
                                         "reply to mail from",
                                         "reply to ehlo",
                                         "reply to helo",
                                         "initial connection",
                                         "refused to talk to me",
                                         NULL};
    for (const char *const *stage = stages; *stage && code >= 500; stage++)
        if (strstr(folded, *stage))
            return REASON_POLICY;
    return REASON_NONE;
}

/* Reply code and status of the diagnostic. An error of the other side that an expiry wraps in
 * "<421 4.4.2 …>" is closer to the cause. */
static void reply_of(const char *diagnostic, Reply *reply)
{
    Reply inner;
    Span text = span_of(diagnostic);
    if (!reply_find(text, reply)) {
        status_find(text, reply->status, NULL);
        return;
    }
    gssize open = span_find(text, ".<");
    if (g_str_has_suffix(reply->status, ".4.7") && open > 0 &&
        reply_find(span_sub(text, (gsize)open + 2, text.n), &inner) && inner.at == 0) {
        *reply = inner;
        return;
    }
    if (!reply->status[0])
        status_find(text, reply->status, NULL);
}

/* Reply code and status that only the diagnostic tells; its status replaces a general one, or one
 * that only says that the reporter gave up. */
static void complete(Recipient *one)
{
    Reply reply = {0};
    reply_of(one->diagnostic, &reply);
    if (reply.code && !one->reply_code)
        one->reply_code = reply.code;
    bool general = !one->status || g_str_has_suffix(one->status, ".0.0") ||
                   g_str_has_suffix(one->status, ".4.7");
    if (reply.status[0] && general && (!one->status || !g_str_has_suffix(reply.status, ".0.0"))) {
        g_free(one->status);
        one->status = g_strdup(reply.status);
    }
}

/* The diagnostic folded, without the codes that begin each line of a long reply. */
static char *folded_diagnostic(const Recipient *one)
{
    Reply reply;
    char *folded = text_fold(span_of(one->diagnostic));
    if (!reply_find(span_of(folded), &reply) || !reply.status[0])
        return folded;
    char *first = folded + reply.at, *from = first + 4 + strlen(reply.status);
    g_autofree char *plain = g_strdup_printf("%d %s ", reply.code, reply.status);
    g_autofree char *dashed = g_strdup_printf("%d-%s ", reply.code, reply.status);
    GString *out = g_string_new_len(folded, from - folded);
    for (const char *p = from; *p;) {
        if (*p == *plain && (g_str_has_prefix(p, plain) || g_str_has_prefix(p, dashed)))
            p += strlen(plain);
        else
            g_string_append_c(out, *p++);
    }
    g_free(folded);
    return g_string_free(out, FALSE);
}

static Tri permanence(const Recipient *one, const char *context, BounceKind kind)
{
    char class = one->status ? one->status[0] : 0;
    guint words = phrases_in(span_of(context));
    if (kind == KIND_DELAY || (one->action && strcmp(one->action, "delayed") == 0))
        return TRI_NO;
    if (class == '5' || class == '4')
        return class == '5' ? TRI_YES : TRI_NO;
    if (one->reply_code)
        return one->reply_code >= 500 ? TRI_YES : TRI_NO;
    if (words & MEANS(MEANS_PERMANENT))
        return TRI_YES;
    return words & MEANS(MEANS_TEMPORARY) ? TRI_NO : TRI_UNKNOWN;
}

/* What the words say, the plain ones first. */
static Reason words_reason(const char *folded, const char *status)
{
    static PhraseIndex *plain, *other;
    Reason reason = word_reason(plain_words, &plain, folded);
    if (reason == REASON_NONE)
        reason = status_reason(status);
    if (reason == REASON_NONE || reason == REASON_FILTERED) {
        Reason said = word_reason(other_words, &other, folded);
        reason = said != REASON_NONE ? said : reason;
    }
    return reason;
}

void reason_decide(Recipient *one, const char *context, BounceKind kind)
{
    static PhraseIndex *around;
    complete(one);
    if (kind == KIND_SUCCESS || (one->action && !strstr("failed delayed", one->action))) {
        one->permanent = TRI_NO;
        return;
    }
    g_autofree char *folded = folded_diagnostic(one);
    Reason reason = words_reason(folded, one->status);
    if (reason == REASON_NONE && !one->reply_code)
        reason = words_reason(context, NULL);
    if (reason == REASON_NONE)
        reason = stage_reason(folded, one->reply_code);
    if (reason == REASON_NONE)
        reason = subject_reason(one->status);
    if (reason == REASON_NONE)
        reason = word_reason(context_words, &around, context);
    if (reason == REASON_NONE)
        reason = code_reason(one->reply_code);
    one->reason = reason == REASON_NONE ? REASON_OTHER : reason;
    one->permanent = permanence(one, context, kind);
}
