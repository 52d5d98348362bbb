/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answering machines that are told by their words: see away.h. */
#include "bounce/away.h"

#include <string.h>

#include "base/address.h"

/* Longest phrase before the ":", and longest text of an automatic reply. */
#define PHRASE_REACH 80
#define TEXT_REACH   4000

const Phrase away_subjects[] = {
    /* English. */
    {"out of office", 1},
    {"out of the office", 1},
    {"out-of-office", 1},
    {"autoreply", 1},
    {"auto-reply", 1},
    {"auto reply", 1},
    {"auto response", 1},
    {"auto-response", 1},
    {"autoresponse", 1},
    {"autoresponder", 1},
    {"automatic reply", 1},
    {"automatic response", 1},
    {"automated reply", 1},
    {"automated response", 1},
    {"vacation reply", 1},
    {"vacation message", 1},
    {"vacation response", 1},
    {"away message", 1},
    {"on vacation", 1},
    {"i am away", 1},
    /* German. */
    {"abwesenheitsnotiz", 1},
    {"abwesenheitsnachricht", 1},
    {"abwesenheitsmeldung", 1},
    {"abwesenheit", 1},
    {"automatische antwort", 1},
    {"autoantwort", 1},
    {"nicht im büro", 1},
    /* French. */
    {"absence du bureau", 1},
    {"absent du bureau", 1},
    {"réponse automatique", 1},
    {"reponse automatique", 1},
    {"message d'absence", 1},
    {"avis d'absence", 1},
    /* Spanish. */
    {"fuera de oficina", 1},
    {"fuera de la oficina", 1},
    {"respuesta automática", 1},
    {"respuesta automatica", 1},
    /* Portuguese. */
    {"fora do escritório", 1},
    {"resposta automática", 1},
    {"resposta automatica", 1},
    {"ausência temporária", 1},
    /* Italian. */
    {"fuori sede", 1},
    {"fuori ufficio", 1},
    {"risposta automatica", 1},
    /* Dutch. */
    {"afwezigheidsbericht", 1},
    {"automatisch antwoord", 1},
    {"niet aanwezig", 1},
    {"afwezig", 1},
    /* Swedish. */
    {"autosvar", 1},
    {"automatiskt svar", 1},
    {"frånvaro", 1},
    /* Danish and Norwegian. */
    {"automatisk svar", 1},
    {"fraværsassistent", 1},
    {"fraværsmelding", 1},
    {"fravær", 1},
    {"ikke til stede", 1},
    /* Finnish. */
    {"automaattinen vastaus", 1},
    {"poissaoloilmoitus", 1},
    {"poissa toimistosta", 1},
    /* Polish. */
    {"autoodpowiedź", 1},
    {"automatyczna odpowiedź", 1},
    {"odpowiedź automatyczna", 1},
    {"poza biurem", 1},
    {"nieobecność", 1},
    /* Czech and Slovak. */
    {"automatická odpověď", 1},
    {"automatická odpoveď", 1},
    {"mimo kancelář", 1},
    /* Hungarian. */
    {"automatikus válasz", 1},
    {"házon kívül", 1},
    {"irodán kívül", 1},
    /* Romanian. */
    {"răspuns automat", 1},
    {"raspuns automat", 1},
    {"în afara biroului", 1},
    /* Latvian. */
    {"automātiska atbilde", 1},
    {"automatiska atbilde", 1},
    {"ārpus biroja", 1},
    {"arpus biroja", 1},
    /* Lithuanian. */
    {"automatinis atsakymas", 1},
    /* Estonian. */
    {"automaatvastus", 1},
    {"automaatne vastus", 1},
    {"kontorist väljas", 1},
    /* Slovene, Croatian, Serbian. */
    {"samodejni odgovor", 1},
    {"automatski odgovor", 1},
    {"izvan ureda", 1},
    /* Russian. */
    {"автоответ", 1},
    {"автоматический ответ", 1},
    {"вне офиса", 1},
    {"отсутствие на рабочем месте", 1},
    /* Ukrainian and Bulgarian. */
    {"автоматична відповідь", 1},
    {"автовідповідь", 1},
    {"автоматичен отговор", 1},
    /* Greek. */
    {"αυτόματη απάντηση", 1},
    {"εκτός γραφείου", 1},
    /* Turkish. */
    {"otomatik yanıt", 1},
    {"otomatik cevap", 1},
    {"ofis dışında", 1},
    /* Japanese. */
    {"自動応答", 1},
    {"自動返信", 1},
    {"不在通知", 1},
    {"不在", 1},
    /* Chinese. */
    {"自动回复", 1},
    {"自动答复", 1},
    {"自動回覆", 1},
    {"不在办公室", 1},
    /* Korean. */
    {"자동 회신", 1},
    {"자동 응답", 1},
    {"자동응답", 1},
    {"부재 중", 1},
    /* Hebrew, Arabic, Thai, Vietnamese, Indonesian. */
    {"מענה אוטומטי", 1},
    {"תגובה אוטומטית", 1},
    {"رد تلقائي", 1},
    {"ตอบกลับอัตโนมัติ", 1},
    {"trả lời tự động", 1},
    {"balasan otomatis", 1},
    {NULL, 0},
};

const Phrase away_texts[] = {
    /* English. */
    {"will be back", 1},
    {"i will respond", 1},
    {"i will reply", 1},
    {"get back to you", 1},
    {"thank you for your email", 1},
    {"thank you for your message", 1},
    {"thank you for contacting", 1},
    /* German. */
    {"bin nicht im", 1},
    {"nicht erreichbar", 1},
    {"bin ich wieder", 1},
    {"bin ab dem", 1},
    {"außer haus", 1},
    /* French. */
    {"je suis absent", 1},
    {"je serai absent", 1},
    {"en congé", 1},
    {"de retour le", 1},
    /* Spanish. */
    {"estoy fuera", 1},
    {"estaré fuera", 1},
    {"de vacaciones", 1},
    {"no estaré", 1},
    /* Portuguese. */
    {"estou ausente", 1},
    {"estarei ausente", 1},
    {"de férias", 1},
    /* Italian. */
    {"sono assente", 1},
    {"sarò assente", 1},
    {"in ferie", 1},
    {"sarò fuori", 1},
    /* Dutch. */
    {"ik ben afwezig", 1},
    {"ik ben niet aanwezig", 1},
    {"met vakantie", 1},
    {"ben ik weer", 1},
    /* Swedish. */
    {"på semester", 1},
    {"åter på kontoret", 1},
    {"inte på kontoret", 1},
    /* Danish and Norwegian. */
    {"på ferie", 1},
    {"ikke på kontoret", 1},
    {"tilbage på kontoret", 1},
    /* Finnish. */
    {"lomalla", 1},
    {"en ole paikalla", 1},
    /* Polish. */
    {"urlopie", 1},
    {"poza biurem", 1},
    {"nieobecn", 1},
    /* Czech and Slovak. */
    {"mimo kancelář", 1},
    {"na dovolené", 1},
    {"na dovolenke", 1},
    {"nejsem v kanceláři", 1},
    /* Hungarian. */
    {"szabadságon", 1},
    {"nem vagyok az irodában", 1},
    {"házon kívül", 1},
    /* Romanian. */
    {"în concediu", 1},
    {"in concediu", 1},
    /* Latvian. */
    {"atvaļinājum", 1},
    {"neesmu birojā", 1},
    /* Lithuanian. */
    {"atostog", 1},
    {"nesu biure", 1},
    /* Estonian. */
    {"puhkusel", 1},
    {"kontorist ära", 1},
    /* Slovene, Croatian, Serbian. */
    {"na dopustu", 1},
    {"godišnjem odmoru", 1},
    /* Russian. */
    {"отсутств", 1},
    {"в отпуск", 1},
    /* Ukrainian and Bulgarian. */
    {"у відпустці", 1},
    {"в отпуска", 1},
    /* Greek. */
    {"λείπω", 1},
    {"σε άδεια", 1},
    /* Turkish. */
    {"izinli", 1},
    {"izinde", 1},
    {"yıllık izin", 1},
    /* Japanese. */
    {"休暇", 1},
    /* Chinese. */
    {"休假", 1},
    {"外出", 1},
    {"度假", 1},
    /* Korean. */
    {"휴가", 1},
    {NULL, 0},
};

typedef struct Found {
    gsize at, end; /* of the first phrase, the longest there */
    gsize last;    /* where the last one ends */
    bool any;
} Found;

static bool first(guint row, gsize at, void *data)
{
    Found *found = data;
    gsize end = at + strlen(away_subjects[row].text);
    gsize last = MAX(found->last, end);
    if (!found->any || at < found->at || (at == found->at && end > found->end))
        *found = (Found){at, end, last, true};
    found->last = last;
    return true;
}

static bool any(guint row, gsize at, void *data)
{
    (void)row;
    (void)at;
    *(bool *)data = true;
    return false;
}

/* What may follow the phrase where no subject does. */
static bool may_follow(const char *rest)
{
    static const char *const words[] = {" until", " till", " from ", " bis ", " jusqu", " hasta ",
                                        " -",     " (",    "]",      ")",     "!",      "."};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_has_prefix(rest, words[i]))
            return true;
    return *rest == '\0';
}

/* What may stand between the phrase and the ":": "Out of Office Notification:", "(Ann Ash):"; not
 * "Out of office calendar:". */
static bool may_precede_colon(Span between)
{
    static const char *const words[] = {"reply",  "message",   "notice",  "notification",
                                        "notify", "assistant", "respons", NULL};
    between = span_trim(between);
    if (between.n == 0 || strchr("([-,!.)]\"", between.p[0]) || (guchar)between.p[0] >= 0x80)
        return true;
    for (const char *const *word = words; *word; word++)
        if (span_istarts(between, *word))
            return true;
    return false;
}

bool away_subject(const BounceSource *source)
{
    static PhraseIndex *kept;
    Found found = {0};
    g_autofree char *folded = text_fold(span_of(source->subject));
    const char *start = folded + strspn(folded, "[(* ");
    const char *colon = strchr(start, ':'), *wide = strstr(start, "：");
    if (wide && (!colon || wide < colon))
        colon = wide;
    gsize reach = colon ? (gsize)(colon - start) : strlen(start);
    if (reach > PHRASE_REACH)
        return false;
    phrase_scan(phrase_index(away_subjects, &kept), (Span){start, reach}, first, &found);
    if (!found.any)
        return false;
    if (colon)
        return may_precede_colon((Span){start + found.last, reach - found.last});
    return found.at == 0 && may_follow(start + found.end);
}

static bool is_for_one(const BounceSource *source)
{
    const char *to = source_header(source, "To");
    g_autoptr(GPtrArray) list = to ? address_list(span_of(to)) : NULL;
    return list && list->len == 1 && !source_header(source, "Cc") &&
           !source_header(source, "List-Id") && !source_header(source, "List-Unsubscribe") &&
           !source_header(source, "List-Post");
}

/* Whether a person wrote this to another: he greets him, or asks, and answers nothing. */
static bool is_personal(const BounceSource *source, Span human)
{
    bool answers = source_header(source, "In-Reply-To") || source_header(source, "References");
    const char *to = source_header(source, "To");
    return !answers && (text_greets(human, span_of(to ? to : "")) || text_asks(human));
}

bool away_reply(const BounceSource *source, const BounceText *text)
{
    static PhraseIndex *kept;
    bool said = text->in_text & MEANS(MEANS_AWAY);
    if (text->human.n > TEXT_REACH || !away_subject(source) || !is_for_one(source) ||
        is_personal(source, text->human))
        return false;
    if (!said)
        phrase_scan(phrase_index(away_texts, &kept), span_of(text->folded), any, &said);
    return said;
}
