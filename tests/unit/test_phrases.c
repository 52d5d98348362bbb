/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds are told by words in many languages: refusals and delays by mail systems, virus notices,
 * challenges, and automatic replies without any header that marks them. People who use the same
 * words are left alone. All mail here was made up. */
#include <string.h>

#include "bounce/bounce_read.h"
#include "message/mime.h"

typedef struct Mail {
    const char *from, *subject, *body;
    BounceKind kind;
} Mail;

#define SYSTEM "Postmaster <postmaster@larch.example>"
#define PERSON "Jo <jo@larch.example>"

/* Without a return path: words alone decide. */
static const Mail persons[] = {
    {PERSON, "Automatische Antwort: Angebot", "Ich bin bis Montag nicht im Büro.", KIND_AUTO_REPLY},
    {PERSON, "Out of Office AutoReply: lunch", "I am out of the office until Monday.",
     KIND_AUTO_REPLY},
    {PERSON, "Auto Response", "I will be out of the office.", KIND_AUTO_REPLY},
    {PERSON, "Respuesta automática: pedido", "Estoy de vacaciones hasta el lunes.",
     KIND_AUTO_REPLY},
    {PERSON, "Réponse automatique : devis", "Je suis absent jusqu'au lundi.", KIND_AUTO_REPLY},
    {PERSON, "Автоматический ответ: чай", "Я нахожусь в отпуске.", KIND_AUTO_REPLY},
    {PERSON, "自动答复: 茶", "我不在办公室。", KIND_AUTO_REPLY},
    {PERSON, "Auto-reply is broken again", "I am out of the office and it sends nothing.",
     KIND_NONE},
    {PERSON, "Re: Automatic reply: lunch", "So you are on vacation!", KIND_NONE},
    {PERSON, "Automatic reply: how to", "See the handbook, page 3.", KIND_NONE},
    {PERSON, "Unzustellbar: wie geht das", "Fehler bei der Nachrichtenzustellung, sagt er.",
     KIND_NONE},
};

/* With an empty return path. */
static const Mail systems[] = {
    {SYSTEM, "Onbestelbaar: thee",
     "Uw bericht is niet bezorgd bij deze geadresseerden:\n\n"
     "oak@larch.example\n",
     KIND_FAILURE},
    {SYSTEM, "Nedoručiteľné: čaj", "Doručenie týmto príjemcom zlyhalo:\n\noak@larch.example\n",
     KIND_FAILURE},
    {SYSTEM, "Edastamatu: tee", "Kohaletoimetamine järgmistele nurjus:\n\noak@larch.example\n",
     KIND_FAILURE},
    {SYSTEM, "Leverans", "Det gick inte att leverera till:\n\noak@larch.example\n", KIND_FAILURE},
    {SYSTEM, "배달되지 않음: 차", "배달하지 못했습니다:\n\noak@larch.example\n", KIND_FAILURE},
    {SYSTEM, "thee", "Bezorging is vertraagd bij:\n\noak@larch.example\n", KIND_DELAY},
    {SYSTEM, "herbata", "Dostarczanie opóźnione:\n\noak@larch.example\n", KIND_DELAY},
    {SYSTEM, "tee", "Toimitus on viivästynyt:\n\noak@larch.example\n", KIND_DELAY},
    {"guard@larch.example", "Warnung", "Ihre Nachricht enthielt einen Virus.", KIND_VIRUS_NOTICE},
    {"guard@larch.example", "Aviso", "Su mensaje contenía un virus.", KIND_VIRUS_NOTICE},
    {"guard@larch.example", "Uwaga", "Wiadomość zawiera wirusa.", KIND_VIRUS_NOTICE},
    {"jo@larch.example", "Votre message", "Merci de vous authentifier en tant qu'expéditeur.",
     KIND_CHALLENGE},
    {"jo@larch.example", "Ihre Nachricht",
     "Bestätigen Sie bitte Ihre Nachricht, damit ich sie lese.", KIND_CHALLENGE},
    {"jo@larch.example", "Sua mensagem", "Clique para que sua mensagem seja entregue.",
     KIND_CHALLENGE},
};

static void check(const Mail *mail, const char *path)
{
    g_autofree char *text = g_strdup_printf(
        "%sFrom: %s\nTo: rowan@alder.example\nSubject: %s\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n",
        path, mail->from, mail->subject, mail->body);
    g_autoptr(Message) message = mime_read(text, strlen(text));
    g_autoptr(Bounce) bounce = bounce_read(message);
    if (bounce->kind != mail->kind) {
        g_test_message("\"%s\": %s, not %s", mail->subject, bounce_kind_name(bounce->kind),
                       bounce_kind_name(mail->kind));
        g_test_fail();
    }
}

static void test_persons(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(persons); i++)
        check(&persons[i], "Return-Path: <jo@larch.example>\n");
}

static void test_systems(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(systems); i++)
        check(&systems[i], "Return-Path: <>\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/phrases/persons", test_persons);
    g_test_add_func("/phrases/systems", test_systems);
    return g_test_run();
}
