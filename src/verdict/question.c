/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of questions. See question.h. */
#include "verdict/question.h"

#include <string.h>

/* A host name is never longer (RFC 1035, 2.3.4). */
#define SUBJECT_MAX 253

static const QuestionType types[] = {
    [QUESTION_IS_OWN] = {"is-own", true, "Is %s yours?", "networks", "not_own",
                         "from now on mail from %s is yours",
                         "%s is not yours; it may still be the recipient's", NULL},
    [QUESTION_FORWARDER] = {"forwarder", true,
                            "Do you send by way of %s: a forwarder, a list, a filter?",
                            "forwarders", "not_own", "%s may carry your mail on",
                            "%s is not yours; if it is the recipient's, it may "
                            "still have handed on what you sent",
                            NULL},
    [QUESTION_ACCOUNT] = {"account", true, "Is the account %s yours?", "accounts", "not_own",
                          "you send through the account %s",
                          "what the account %s sends is not yours", NULL},
    [QUESTION_LOGIN] = {"login", true, "Was it you who logged in from %s?", "known_logins",
                        "not_own", "you log in from %s, and are not warned of it again",
                        "who logged in from %s was somebody else: change the password",
                        "change the password, end its sessions"},
    [QUESTION_COMPLETE] = {"complete", false,
                           "Do you send through the servers that you named, and through no others?",
                           "complete", "complete",
                           "what came from elsewhere is proved not to be yours",
                           "some may come from elsewhere; not asked again", NULL},
    [QUESTION_SENT_COMPLETE] = {"sent-complete", false, "Do you keep all you send in Sent?",
                                "sent_complete", "sent_complete",
                                "what is not in Sent is probably not yours",
                                "some may be missing there; not asked again", NULL},
    [QUESTION_SIGNS_ALL] = {"signs-all", false, "Do you sign all you send (DKIM)?", "dkim_always",
                            "dkim_always", "what you did not sign is probably not yours",
                            "some may be unsigned; not asked again", NULL},
};

const QuestionType *question_type(QuestionKind kind)
{
    return &types[kind];
}

static bool is_subject(const char *subject)
{
    gsize n = subject ? strlen(subject) : 0;
    if (n == 0 || n > SUBJECT_MAX)
        return false;
    for (gsize i = 0; i < n; i++)
        if (!g_ascii_isalnum(subject[i]) && !strchr(".:-_@/", subject[i]))
            return false;
    return subject[0] != '-';
}

char *question_id(QuestionKind kind, const char *subject)
{
    const QuestionType *type = &types[kind];
    if (!type->subject)
        return g_strdup(type->name);
    return is_subject(subject) ? g_strconcat(type->name, ":", subject, NULL) : NULL;
}

bool question_parse(const char *id, QuestionKind *kind, const char **subject)
{
    for (int i = 0; id && i < QUESTION_COUNT; i++) {
        gsize n = strlen(types[i].name);
        if (strncmp(id, types[i].name, n) != 0 || id[n] != (types[i].subject ? ':' : '\0'))
            continue;
        *kind = (QuestionKind)i;
        *subject = types[i].subject ? id + n + 1 : NULL;
        return !types[i].subject || is_subject(*subject);
    }
    return false;
}

char *question_text(const char *id)
{
    QuestionKind kind;
    const char *subject;
    if (!question_parse(id, &kind, &subject))
        return NULL;
    const char *sentence = types[kind].sentence, *place = strstr(sentence, "%s");
    if (!place)
        return g_strdup(sentence);
    g_autofree char *head = g_strndup(sentence, (gsize)(place - sentence));
    return g_strconcat(head, subject, place + 2, NULL);
}
