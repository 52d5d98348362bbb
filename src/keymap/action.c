/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of actions, and look-up in it. */
#include "keymap/action.h"

#include <string.h>

#include "base/nearest.h"

static const Action actions[ACTION_COUNT] = {{NULL, NULL, 0, 0},
#define ACTION_ROW(id, name, sentence, needs, contexts) {name, sentence, needs, contexts},
                                             ACTIONS(ACTION_ROW)
#undef ACTION_ROW
};

static const struct {
    Context context;
    const char *name;
} contexts[] = {
    {CONTEXT_LIST, "list"},           {CONTEXT_CASE, "case"},     {CONTEXT_GROUPS, "groups"},
    {CONTEXT_JOBS, "jobs"},           {CONTEXT_HELP, "help"},     {CONTEXT_PROMPT, "prompt"},
    {CONTEXT_QUESTIONS, "questions"}, {CONTEXT_DRAFTS, "drafts"}, {CONTEXT_ANY, "any"},
};

const Action *action_row(ActionId id)
{
    g_assert(id > ACTION_NONE && id < ACTION_COUNT);
    return &actions[id];
}

ActionId action_from_name(const char *name)
{
    for (int id = ACTION_NONE + 1; id < ACTION_COUNT; id++)
        if (strcmp(actions[id].name, name) == 0)
            return (ActionId)id;
    return ACTION_NONE;
}

const char *action_nearest(const char *name)
{
    Nearest nearest = nearest_to(name);
    for (int id = ACTION_NONE + 1; id < ACTION_COUNT; id++)
        nearest_try(&nearest, actions[id].name);
    return nearest.found;
}

const char *context_name(Context context)
{
    for (gsize i = 0; i < G_N_ELEMENTS(contexts); i++)
        if (contexts[i].context == context)
            return contexts[i].name;
    return NULL;
}

Context context_from_name(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(contexts); i++)
        if (strcmp(contexts[i].name, name) == 0)
            return contexts[i].context;
    return 0;
}
