/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: one Received value, its date and its id by every decoder. */
#include "received/idclock.h"
#include "received/received.h"

#define FUZZ_SEEDS                                                                                 \
    "from a.example (b.example [192.0.2.7]) by c.example (8.14.4/8.14.4) with ESMTP id "           \
    "q8M9fF401441 for <x@c.example>; Tue, 4 Sep 2012 11:41:15 +0200 (CEST)",                       \
        "from [10.0.0.9] (unknown [IPv6:2001:db8::9]) (Authenticated sender: joe) by c.example "   \
        "(Postfix) with ESMTPSA id 4ftws11qPlz4R5n5; Sun, 12 Apr 2026 16:26:09 +0000",             \
        "from b.example ([192.0.2.7]:4711 helo=[203.0.113.9]) by c.example with esmtps (TLS1.3) "  \
        "(Exim 4.98) (envelope-from <x@b.example>) id 1wFeUV-00000006hWK-3lGs; Wed, 22 Apr 2026 "  \
        "20:48:11 +0000",                                                                          \
        "from unknown (HELO a) (joe@198.51.100.3) by c.example with SMTP; 3 Jun 2003 20:22:51 "    \
        "-0000",                                                                                   \
        "from a (192.0.2.7) by c (10.2.0.4) with Microsoft SMTP Server (version=TLS1_2) id "       \
        "15.1.225.42 via Frontend Transport; Wed, 22 Apr 2026 20:48:11 +0000",                     \
        "(qmail 4979 invoked by uid 1000); 22 Mar 2026 04:33:02 -0000",                            \
        "from a (a. [192.0.2.7]) by mx.google.com with ESMTPS id "                                 \
        "d9si1234567qvb.12.2026.04.12.09.26.09 for <x@gmail.com>; Sun, 12 Apr 2026 09:26:09 "      \
        "-0700 (PDT)"

static void fuzz_one(const char *data, gsize size)
{
    Span text = {data, size};
    Hop *hop = received_parse(text);
    IdTime time;
    Date date;

    if (idclock_read(hop, &time))
        idclock_moment(&time, &hop->date);
    date_parse(text, &date);
    idclock_exim(text, &time);
    idclock_sendmail(text, TIME_NONE, &time);
    idclock_gmail(text, &time);
    idclock_postfix(text, &time);
    idclock_digits(text, &time);
    hop_free(hop);
}

#include "fuzz.h"
