/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail by machines that speaks as bounces do: see lookalikes.h. */
#include "bounce/lookalikes.h"

#include <string.h>

#include "bounce/recipient_list.h"
#include "words/phrases.h"

/* How much of a text is looked at for goods. */
#define GOODS_REACH 600

/* What parcel services and shops deliver, in front of or behind "could not be delivered". A blank
 * stands around words that are also parts of others. */
static const Phrase goods[] = {
    /* English. */
    {" order ", 1},
    {" orders ", 1},
    {"parcel", 1},
    {"package", 1},
    {"shipment", 1},
    {"consignment", 1},
    {"courier ", 1},
    {"tracking number", 1},
    /* German, Dutch. */
    {"paket ", 1},
    {"päckchen", 1},
    {"sendung ", 1},
    {"bestellung", 1},
    {"lieferung ", 1},
    {"pakket", 1},
    {"bestelling", 1},
    {"zending ", 1},
    /* French, Spanish, Portuguese, Italian. */
    {"colis", 1},
    {"commande ", 1},
    {"paquete", 1},
    {"pedido", 1},
    {"encomenda", 1},
    {"pacco ", 1},
    {"spedizione", 1},
    {" ordine ", 1},
    /* Scandinavian, Finnish, Polish, Czech. */
    {"försändelse", 1},
    {"beställning", 1},
    {"pakke ", 1},
    {"forsendelse", 1},
    {"paketti", 1},
    {"przesyłk", 1},
    {"paczk", 1},
    {"zamówieni", 1},
    {"zásilk", 1},
    {"objednávk", 1},
    /* Russian, Turkish, Japanese, Chinese, Korean. */
    {"посылк", 1},
    {"заказ", 1},
    {"kargo", 1},
    {"siparişiniz", 1},
    {"荷物", 1},
    {"ご注文", 1},
    {"包裹", 1},
    {"订单", 1},
    {"訂單", 1},
    {"택배", 1},
    {NULL, 0},
};

/* Subjects of what tells of many messages at once: logs, digests of quarantines, statistics. */
static const Phrase summaries[] = {
    {"summary", 1},
    {"digest", 1},
    {"statistics", 1},
    {"daily report", 1},
    {"weekly report", 1},
    {"monthly report", 1},
    {"quarantine report", 1},
    {"quarantine notification", 1},
    {"spam report", 1},
    {"zusammenfassung", 1},
    {"statistik", 1},
    {"tagesbericht", 1},
    {"wochenbericht", 1},
    {"quarantänebericht", 1},
    {"récapitulatif", 1},
    {"rapport quotidien", 1},
    {"rapport de quarantaine", 1},
    {"résumé de", 1},
    {"estadísticas", 1},
    {"resumen de", 1},
    {"informe diario", 1},
    {"resumo de", 1},
    {"estatísticas", 1},
    {"riepilogo", 1},
    {"statistiche", 1},
    {"overzicht van", 1},
    {"dagrapport", 1},
    {"sammanfattning", 1},
    {"podsumowanie", 1},
    {"raport dzienny", 1},
    {"сводка", 1},
    {"ежедневный отчет", 1},
    {"隔離レポート", 1},
    {"日報", 1},
    {"隔离邮件", 1},
    {"隔離信", 1},
    {NULL, 0},
};

static bool first(guint row, gsize at, void *data)
{
    gsize *found = data;
    (void)row;
    *found = MIN(*found, at);
    return true;
}

/* Where a phrase of the index stands first in @folded; its length where none does. */
static gsize first_of(const PhraseIndex *index, const char *folded)
{
    Span text = span_of(folded);
    gsize found = text.n;
    phrase_scan(index, text, first, &found);
    return found;
}

static bool has_goods(Span text)
{
    static PhraseIndex *kept;
    g_autofree char *folded = text_fold(span_sub(text, 0, GOODS_REACH));
    g_autofree char *apart = g_strdup_printf(" %s ", folded);
    g_strdelimit(apart, ".,:;!?\"'()", ' ');
    return first_of(phrase_index(goods, &kept), apart) < strlen(apart);
}

/* "Quarantine summary", but not "Undeliverable: Summary of the meeting". */
static bool is_summary(const BounceSource *source)
{
    static PhraseIndex *kept;
    g_autofree char *folded = text_fold(span_of(source->subject));
    gsize at = first_of(phrase_index(summaries, &kept), folded);
    return at < strlen(folded) && !(phrases_in((Span){folded, at}) &
                                    (MEANS_TALK | MEANS(MEANS_SUBJECT) | MEANS(MEANS_VIRUS)));
}

bool lookalike(const BounceSource *source, const BounceText *text, const Bounce *bounce)
{
    const Sender *sender = &source->sender;
    ReturnedWhere where = bounce->returned.where;
    if (where == RETURNED_RFC822 || where == RETURNED_HEADERS ||
        headers_get(bounce->returned.headers, "Received") ||
        source_header(source, "X-Failed-Recipients"))
        return false;
    if (is_summary(source))
        return true;
    for (guint i = 0; i < bounce->recipients->len; i++)
        if (recipient_has_reply(bounce->recipients->pdata[i]))
            return false;
    return !sender->daemon && !sender->nameless &&
           (has_goods(span_of(source->subject)) || has_goods(text->human));
}
