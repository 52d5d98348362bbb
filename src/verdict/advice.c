/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Advice. See advice.h. The sentences name no addresses: the same one stands under most cases, and
 * need not be drawn again from case to case. */
#include "verdict/advice.h"

enum { ACTS_MAX = 4 };

/* A sentence, and what is offered behind it. */
typedef struct Advice {
    const char *text;
    AdviceAct acts[ACTS_MAX];
    guint count;
} Advice;

static const char *const act_words[ADVICE_ACT_COUNT] = {
    [ADVICE_DELETE] = "deletes it",
    [ADVICE_QUARANTINE] = "quarantines it",
    [ADVICE_COMPLAIN] = "drafts a complaint",
    [ADVICE_VERDICT] = "sets the verdict",
    [ADVICE_LEARN] = "finds out what is yours",
};

#define DELETES   {ADVICE_DELETE}, 1
#define COMPLAINS {ADVICE_DELETE, ADVICE_COMPLAIN}, 2
#define SETTLES   {ADVICE_DELETE, ADVICE_VERDICT}, 2

/* --- genuine ---------------------------------------------------------------------------------- */

static const char address_wrong[] = "Yours, not delivered: mend the address, and write again.",
                  not_now[] = "Yours, not delivered: write again later, or another way.",
                  too_much[] = "Yours, not delivered: send less at once, or another way.",
                  refused[] = "Yours, not delivered: see above what they refused, mend it.";

static const char *const failures[REASON_COUNT] = {
    [REASON_USER_UNKNOWN] = address_wrong,
    [REASON_HOST_UNKNOWN] = address_wrong,
    [REASON_MOVED] = address_wrong,
    [REASON_SUSPENDED] = address_wrong,
    [REASON_SYNTAX] = address_wrong,
    [REASON_MAILBOX_FULL] = not_now,
    [REASON_NETWORK] = not_now,
    [REASON_SYSTEM] = not_now,
    [REASON_RATE_LIMITED] = not_now,
    [REASON_EXPIRED] = not_now,
    [REASON_TOO_BIG] = too_much,
};

static const Advice genuine[KIND_COUNT] = {
    [KIND_FAILURE] = {refused, DELETES},
    [KIND_DELAY] = {"Yours, not delivered yet: nothing to do, the server goes on trying.", {0}, 0},
    [KIND_SUCCESS] = {"Yours, and delivered: nothing to do.", DELETES},
    [KIND_AUTO_REPLY] = {"A machine answers what you sent: nothing to do.", DELETES},
    [KIND_CHALLENGE] = {"What you sent waits there: do what it asks, or it is not read.", DELETES},
    [KIND_VIRUS_NOTICE] = {"What you sent was taken for a virus: look at what was attached, and at "
                           "the computer that sent it.",
                           DELETES},
    [KIND_READ_RECEIPT] = {"What you sent was opened there: nothing to do.", DELETES},
    [KIND_ABUSE_REPORT] = {"Somebody complains of what you sent: see what it was, and write to "
                           "them no more.",
                           DELETES},
};

/* --- not ours --------------------------------------------------------------------------------- */

static const Advice backscatter[KIND_COUNT] = {
    [KIND_FAILURE] = {"Not yours: nothing to mend.", COMPLAINS},
    [KIND_DELAY] = {"Not yours: nothing to mend.", COMPLAINS},
    [KIND_SUCCESS] = {"Not yours: nothing to mend.", COMPLAINS},
    [KIND_AUTO_REPLY] = {"Not yours: a machine answers a stranger's message. Nothing to mend.",
                         COMPLAINS},
    [KIND_CHALLENGE] = {"Not yours: do not do what it asks, or a stranger's message is let in.",
                        COMPLAINS},
    [KIND_VIRUS_NOTICE] = {"Not yours: your computer did not send that virus.", COMPLAINS},
    [KIND_READ_RECEIPT] = {"Not yours: a stranger's message was read. Nothing to mend.", COMPLAINS},
    [KIND_ABUSE_REPORT] = {"Not yours: they complain of what a stranger sent.", COMPLAINS},
};

static const Advice fake = {
    "Open no link in it and no attachment.", {ADVICE_DELETE, ADVICE_QUARANTINE}, 2};

/* --- undecided -------------------------------------------------------------------------------- */

static const Advice undecided[KIND_COUNT] = {
    [KIND_FAILURE] = {"If you wrote it, write again. If not:", SETTLES},
    [KIND_DELAY] = {"If you wrote it, nothing to do yet. If not:", SETTLES},
    [KIND_SUCCESS] = {"If you wrote it, nothing to do. If not:", SETTLES},
    [KIND_AUTO_REPLY] = {"A machine answers. If you wrote to them, there is nothing to do. If not:",
                         SETTLES},
    [KIND_CHALLENGE] = {"If you wrote to them, do what it asks. If not, do not:", SETTLES},
    [KIND_VIRUS_NOTICE] = {"If you wrote to them, look at what you sent. If not:", SETTLES},
    [KIND_READ_RECEIPT] = {"If you wrote to them, there is nothing to do. If not:", SETTLES},
    [KIND_ABUSE_REPORT] = {"If you sent what they complain of, write to them no more. If not:",
                           SETTLES},
};

static const Advice unlearned = {"notme has to know first what is yours.", {ADVICE_LEARN}, 1};

/* ---------------------------------------------------------------------------------------------- */

/* Why the first recipient that has a reason was refused. */
static Reason reason_first(const Bounce *bounce)
{
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *r = bounce->recipients->pdata[i];
        if (r->reason != REASON_NONE)
            return r->reason;
    }
    return REASON_NONE;
}

AdviceCase advice_case(const Bounce *bounce, const Verdict *verdict)
{
    return (AdviceCase){
        .verdict = verdict->value,
        .kind = bounce->kind,
        .reason = reason_first(bounce),
        .warning = verdict->warning,
        .login_denied = verdict->login_denied,
        .login = verdict->login,
        .unlearned = verdict_has_rule(verdict, "no-identity"),
        .asked = verdict->questions->len > 0 && !verdict->by_reviewer,
    };
}

static const Advice *advice_find(const AdviceCase *about)
{
    switch (about->verdict) {
    case VERDICT_GENUINE:
        return &genuine[about->kind];
    case VERDICT_BACKSCATTER:
        return &backscatter[about->kind];
    case VERDICT_FAKE:
        return &fake;
    case VERDICT_UNDECIDED:
        return about->unlearned ? &unlearned : about->asked ? NULL : &undecided[about->kind];
    default:
        return NULL;
    }
}

static char *login_text(const AdviceCase *about)
{
    return g_strdup_printf("%s the password of %s, and end all its sessions.",
                           about->login_denied ? "Change" : "If it was not you: change",
                           about->login ? about->login : "that account");
}

static const char *sentence(const AdviceCase *about, const Advice *advice)
{
    bool failed = about->verdict == VERDICT_GENUINE && about->kind == KIND_FAILURE;
    return failed && failures[about->reason] ? failures[about->reason] : advice->text;
}

char *advice_make(const AdviceCase *about, AdviceName name, gpointer data)
{
    if (about->warning != WARNING_NONE)
        return login_text(about);
    const Advice *advice = advice_find(about);
    if (!advice || !advice->text)
        return NULL;
    GString *text = g_string_new(sentence(about, advice));
    guint named = 0;
    for (guint i = 0; i < advice->count; i++) {
        g_autofree char *how = name(advice->acts[i], data);
        if (how)
            g_string_append_printf(text, "%s%s %s", named++ ? ", " : " ", how,
                                   act_words[advice->acts[i]]);
    }
    if (!named && g_str_has_suffix(text->str, ":"))
        g_string_append(text, " it is not yours");
    return g_string_free(text, FALSE);
}

const char *advice_login_more(bool denied)
{
    return denied ? "Look for forwarding rules and app passwords that somebody left there."
                  : "Look for forwarding rules and app passwords that somebody left there. If it "
                    "was you: answer with yes, and you are not warned of that address again.";
}
