/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers. See answer.h. */
#include "question/answer.h"

#include <string.h>

#include "base/ip.h"
#include "verdict/question.h"

static void entry_add(GPtrArray *list, const char *key, const char *value)
{
    g_ptr_array_add(list, g_strconcat(key, "=", value, NULL));
}

/* An address may be written as a network of one, too. */
static void entry_add_forms(GPtrArray *list, const char *key, const char *value)
{
    g_autofree char *network = ip_text_network(value);
    entry_add(list, key, value);
    if (network)
        entry_add(list, key, network);
}

/* Each word in which a switch may be written. */
static void entry_add_words(GPtrArray *list, const char *key, bool on)
{
    static const char *const words[][3] = {{"false", "no", "0"}, {"true", "yes", "1"}};
    for (gsize i = 0; i < G_N_ELEMENTS(words[on]); i++)
        entry_add(list, key, words[on][i]);
}

static char **list_end(GPtrArray *list)
{
    g_ptr_array_add(list, NULL);
    return (char **)g_ptr_array_free(list, FALSE);
}

Answered *answer_entries(const char *question, bool yes)
{
    QuestionKind kind;
    const char *subject;
    if (!question_parse(question, &kind, &subject))
        return NULL;
    const QuestionType *type = question_type(kind);
    const char *key = yes ? type->yes_key : type->no_key;
    const char *other = yes ? type->no_key : type->yes_key;
    GPtrArray *add = g_ptr_array_new(), *remove = g_ptr_array_new();
    entry_add(add, key, subject ? subject : yes ? "true" : "false");
    if (subject)
        entry_add_forms(remove, other, subject);
    else
        entry_add_words(remove, key, !yes);
    Answered *answered = g_new0(Answered, 1);
    answered->add = list_end(add);
    answered->remove = list_end(remove);
    return answered;
}

void answered_free(Answered *answered)
{
    if (!answered)
        return;
    g_strfreev(answered->add);
    g_strfreev(answered->remove);
    g_free(answered);
}

/* @sentence with @subject in place of its %s. */
static char *filled(const char *sentence, const char *subject)
{
    const char *place = strstr(sentence, "%s");
    if (!place)
        return g_strdup(sentence);
    g_autofree char *head = g_strndup(sentence, (gsize)(place - sentence));
    return g_strconcat(head, subject, place + 2, NULL);
}

char *answer_meaning(const char *question, bool yes)
{
    QuestionKind kind;
    const char *subject;
    if (!question_parse(question, &kind, &subject))
        return NULL;
    const QuestionType *type = question_type(kind);
    const char *key = yes ? type->yes_key : type->no_key;
    g_autofree char *means = filled(yes ? type->yes_means : type->no_means, subject);
    if (!subject)
        return g_strdup_printf("sets %s=%s: %s", key, yes ? "true" : "false", means);
    return g_strdup_printf("adds %s to %s: %s", subject, key, means);
}

const char *answer_leaves(const char *question, bool yes)
{
    QuestionKind kind;
    const char *subject;
    return !yes && question_parse(question, &kind, &subject) ? question_type(kind)->no_leaves
                                                             : NULL;
}
