/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finding: a file, its reading and its judgement. */
#include "analysis/finding.h"

Finding *finding_new(const char *file, const Reading *reading, const Judgement *judgement)
{
    Finding *finding = g_new0(Finding, 1);
    finding->file = g_strdup(file);
    finding->reading = reading_ref(reading);
    finding->judgement = judgement_ref(judgement);
    return finding;
}

Finding *finding_unreadable(const char *file, const char *why)
{
    Finding *finding = g_new0(Finding, 1);
    finding->file = g_strdup(file);
    finding->error = g_strdup(why);
    return finding;
}

Finding *finding_copy(const Finding *finding)
{
    return finding->error ? finding_unreadable(finding->file, finding->error)
                          : finding_new(finding->file, finding->reading, finding->judgement);
}

void finding_free(Finding *finding)
{
    if (!finding)
        return;
    g_free(finding->file);
    g_free(finding->error);
    reading_unref(finding->reading);
    judgement_unref(finding->judgement);
    g_free(finding);
}

const char *finding_reporter(const Finding *finding)
{
    const Bounce *bounce = finding->reading->bounce;
    if (bounce->reporting_mta)
        return bounce->reporting_mta;
    if (finding->judgement->trace->handing_rdns)
        return finding->judgement->trace->handing_rdns;
    return bounce->from_domain;
}
