/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: one value, read as each of the authentication fields. */
#include "auth/auth.h"

#define FUZZ_SEEDS                                                                                 \
    "mx.oak.example; dkim=pass header.i=@a.example header.s=s1 header.b=e3vuyqwS; spf=pass "       \
    "(oak.example: domain of x@a.example designates 192.0.2.80 as permitted sender) "              \
    "smtp.mailfrom=x@a.example; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=a.example",       \
        "spf=pass (sender IP is 192.0.2.80) smtp.mailfrom=a.example; oak.example; dkim=none "      \
        "(message not signed) header.d=none;dmarc=bestguesspass action=none;compauth=pass "        \
        "reason=109",                                                                              \
        "i=1; mx.oak.example 1; auth=pass (plain (tls)) smtp.auth=\"x y\"@a.example; arc=none",    \
        "mta1.oak.example from=a.example; domainkeys=neutral (no sig); dkim = (x) pass",           \
        "pass (oak.example: domain of x@a.example designates 2001:db8::1 as permitted sender) "    \
        "receiver=oak.example; client-ip=2001:db8::1; envelope-from=\"x@a.example\"; helo=h;",     \
        "oak (bar) 1 (baz); dkim (a) / 1 (b) = (c) fail header (d) . (e) d = (f) 1"

static void fuzz_one(const char *data, gsize size)
{
    static const char *const names[] = {"Authentication-Results", "ARC-Authentication-Results",
                                        "Received-SPF"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(AuthResults) read = auth_read(names[i], (Span){data, size});
        for (guint k = 0; k < read->results->len; k++) {
            const AuthResult *result = read->results->pdata[k];
            g_assert_true(!result->mailfrom || g_utf8_validate(result->mailfrom, -1, NULL));
            g_assert_true(!result->reason || g_utf8_validate(result->reason, -1, NULL));
        }
    }
}

#include "fuzz.h"
