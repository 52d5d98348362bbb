/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reasons are decided by the words of the reply, in many servers' ways and languages: names and
 * places in them say nothing, a clear phrase wins over the status, the sender's faults are not the
 * recipient's, and what is not known stays "other". All replies here were made up. */
#include <string.h>

#include "bounce/bounce_read.h"
#include "bounce/reason.h"
#include "message/mime.h"
#include "words/reason_text.h"

typedef struct Sample {
    const char *status, *diagnostic;
    Reason reason;
} Sample;

/* Addresses, host names and URLs are no diagnosis, whatever their names are. */
static const Sample names[] = {
    {"5.0.0", "550 Account carol@verein.example is closed", REASON_SUSPENDED},
    {"", "550 RCPT (bob@firma.example) dosn't exist", REASON_USER_UNKNOWN},
    {"5.0.0", "550 No one here by that name: joe@spamfree.example", REASON_USER_UNKNOWN},
    {"", "550 Mailbox erwin@virus-institut.example unavailable", REASON_USER_UNKNOWN},
    {"5.4.4", "DNS domain nirgends.example does not exist", REASON_HOST_UNKNOWN},
    {"", "554 IP 192.0.2.9 is on our DNSBL, see http://www.antivirus.example/lookup", REASON_SPAM},
    {"4.2.0",
     "450 4.2.0 <dora@haus.example>: Recipient address rejected: Greylisted, see "
     "http://postgrey.schweikert.example/help/haus.example.html",
     REASON_POLICY},
    {"", "550 5.2.1 Mailbox erika@haus.example has been deactivated by its owner",
     REASON_SUSPENDED},
    {"", "550 5.1.1 User unknown; host mx.antispamcloud.example said so", REASON_USER_UNKNOWN},
    {"", "550 5.1.1 <joe@nospam.example>: User unknown; see https://www.antivirus.example/x",
     REASON_USER_UNKNOWN},
    {"5.3.0", "550 5.3.0 <klaus@dmarc.example>... No such user", REASON_USER_UNKNOWN},
    {"5.4.310",
     "554 5.4.310 DNS domain nirgends.example does not exist [Message=InfoDomainNonexistent]",
     REASON_HOST_UNKNOWN},
    {"5.0.0", "554 mail server policyd.quota.example refused: no such user here",
     REASON_USER_UNKNOWN},
    {"5.1.1",
     "550 5.1.1 <virus@trojan-alarm.example>: Recipient address rejected: User unknown in virtual "
     "mailbox table",
     REASON_USER_UNKNOWN},
    {"",
     "host spam-trap.blacklist.example[192.0.2.4] said: 552 Mailbox full (in reply to RCPT TO "
     "command)",
     REASON_MAILBOX_FULL},
    {"", "550 unknown user https://reputation.spam.example/why?ip=192.0.2.4", REASON_USER_UNKNOWN},
    {"5.0.0", "550-5.0.0 the account 550-5.0.0 you tried to reach 550 5.0.0 does not exist",
     REASON_USER_UNKNOWN},
    {NULL, NULL, REASON_NONE},
};

/* Words win over a status that says something else; where no words speak, the status does. */
static const Sample statuses[] = {
    {"5.2.3", "maildir delivery failed: the user's maildir has overdrawn the diskspace quota",
     REASON_MAILBOX_FULL},
    {"5.3.0", "550 5.3.0 Mailbox is full", REASON_MAILBOX_FULL},
    {"5.7.17", "552 5.7.17 over quota", REASON_MAILBOX_FULL},
    {"5.7.1", "550 5.7.1 no such user here", REASON_USER_UNKNOWN},
    {"5.1.1", "552 5.1.1 quota exceeded", REASON_MAILBOX_FULL},
    {"5.2.2", "552 5.2.2 message size exceeds what this host takes", REASON_TOO_BIG},
    {"5.7.9", "554 5.7.9 Message not accepted for policy reasons", REASON_POLICY},
    {"5.1.1", "550 5.1.1 no", REASON_USER_UNKNOWN},
    {"5.2.2", "550 5.2.2 no", REASON_MAILBOX_FULL},
    {"5.7.8", "535 5.7.8 no", REASON_NOT_AUTHENTICATED},
    {"5.7.28", "450 4.7.28 no", REASON_RATE_LIMITED},
    {NULL, NULL, REASON_NONE},
};

/* Unknown, away or blocked is the sender. */
static const Sample senders[] = {
    {"5.1.8", "553 5.1.8 <x@elm.example>... Domain of sender address x@elm.example does not exist",
     REASON_POLICY},
    {"5.1.7", "550 5.1.7 No such domain elm.example", REASON_POLICY},
    {"5.1.8", "550 5.1.8 elm.example: host not found", REASON_POLICY},
    {"", "550 Sender <x@elm.example> is not known to this server", REASON_POLICY},
    {"", "550 Absenderadresse x@elm.example unbekannt", REASON_POLICY},
    {"", "550 Adresse IP bloquée", REASON_POLICY},
    {"", "550 发件人地址不存在", REASON_POLICY},
    {NULL, NULL, REASON_NONE},
};

/* What another side said, in what a first one repeats. */
static const Sample repeated[] = {
    {"5.1.1",
     "host mx.elm.example[192.0.2.4] said: 550 5.1.1 Recipient address rejected: undeliverable "
     "address: host inner.elm.example[192.0.2.5] said: 550 unknown user (in reply to RCPT TO "
     "command)",
     REASON_USER_UNKNOWN},
    {"",
     "SMTP error from remote mail server after RCPT TO:<jo@elm.example>: host spamgate "
     "[192.0.2.4]: 550 no such user",
     REASON_USER_UNKNOWN},
    {"",
     "Google tried to deliver your message, but it was rejected by the server for the recipient "
     "domain elm.example by mx.elm.example. [192.0.2.4]. The error that the other server returned "
     "was: 550 5.1.0 Recipient rejected: <jo@elm.example>",
     REASON_USER_UNKNOWN},
    {"",
     "Google tried to deliver your message, but it was rejected by the recipient domain. The error "
     "that the other server returned was: 552 552 mailbox full (state 14).",
     REASON_MAILBOX_FULL},
    {"",
     "Google tried to deliver your message, but it was rejected by the recipient domain. The error "
     "that the other server returned was: 550 550 Address unknown (state 14).",
     REASON_USER_UNKNOWN},
    {NULL, NULL, REASON_NONE},
};

/* Nothing that is known: no class of a code is a reason. */
static const Sample unknown[] = {
    {"", "554 Transaction failed", REASON_OTHER},
    {"", "550 Requested action not taken", REASON_OTHER},
    {"", "550 Error code 4711, quoth the raven", REASON_OTHER},
    {"", "554 5.0.0 no thanks", REASON_OTHER},
    {"", "550 E4711", REASON_OTHER},
    {"", "450 not now", REASON_OTHER},
    {NULL, NULL, REASON_NONE},
};

static const Sample wordings[] = {
    {"5.0.0", "553 5.0.0 invaild recipient tom@ufer.example", REASON_USER_UNKNOWN},
    {"", "550 unknow user tom@ufer.example", REASON_USER_UNKNOWN},
    {"", "550 tom@ufer.example: mail to this user is refused because the box is over its limits",
     REASON_MAILBOX_FULL},
    {"", "421 4.7.0 Connection rate exceeded for 192.0.2.50", REASON_RATE_LIMITED},
    {"", "450 4.7.1 Error: too much mail from 192.0.2.50", REASON_RATE_LIMITED},
    {"", "421 You talk too often, wait an hour", REASON_RATE_LIMITED},
    {"", "550 5.7.1 Sender exceeded 200 recipients in 24 hours", REASON_RATE_LIMITED},
    {"", "421 concurrency reached for 192.0.2.50", REASON_RATE_LIMITED},
    {"", "550 5.7.1 Client does not have permissions to relay through this server",
     REASON_RELAY_DENIED},
    {"", "550 There is no domain called ufer.example", REASON_HOST_UNKNOWN},
    {"", "Undelivered for 3 days, we stop now", REASON_EXPIRED},
    {"", "Retry time exceeded for host ufer.example", REASON_EXPIRED},
    {"", "451 4.3.2 Please retry, our storage is down", REASON_SYSTEM},
    {"", "421 4.3.2 System is shutting down", REASON_SYSTEM},
    {"", "Le quota du compte est atteint", REASON_MAILBOX_FULL},
    {"", "550 Le destinataire n'est pas connu chez nous", REASON_USER_UNKNOWN},
    {"", "450 Mailbox has hit its ceiling", REASON_MAILBOX_FULL},
    {"", "523 Message exceeds your allowed size", REASON_TOO_BIG},
    {"", "454 4.7.1 Too many hits from 192.0.2.61, cool down", REASON_RATE_LIMITED},
    {"", "550 5.7.1 Sending quota of this hour is gone", REASON_RATE_LIMITED},
    {"", "452 4.3.1 Out of memory", REASON_SYSTEM},
    {"", "550 the user has a new e-mail address", REASON_MOVED},
    {"", "550 Kein Benutzer dieses Namens", REASON_USER_UNKNOWN},
    {"", "550 Das Postfach existiert nicht mehr", REASON_USER_UNKNOWN},
    {"", "550 Konto ist inaktiv", REASON_SUSPENDED},
    {"", "550 El mensaje es demasiado grande", REASON_TOO_BIG},
    {"", "550 Caixa cheia", REASON_MAILBOX_FULL},
    {"", "550 Mensagem muito grande", REASON_TOO_BIG},
    {"", "550 Casella piena", REASON_MAILBOX_FULL},
    {"", "550 Account sospeso", REASON_SUSPENDED},
    {"", "550 Adres bestaat niet", REASON_USER_UNKNOWN},
    {"", "550 Bericht te groot", REASON_TOO_BIG},
    {"", "550 Adres nie istnieje", REASON_USER_UNKNOWN},
    {"", "550 Brukeren finnes ikke", REASON_USER_UNKNOWN},
    {"", "550 Postkassen er fuld", REASON_MAILBOX_FULL},
    {"", "550 Tuntematon vastaanottaja", REASON_USER_UNKNOWN},
    {"", "550 We could not find a recipient of this name", REASON_USER_UNKNOWN},
    {"", "550 The email address tom@watt.example is misspelled", REASON_USER_UNKNOWN},
    {"", "554 Unable to locate mailbox", REASON_USER_UNKNOWN},
    {"", "550 mailbox storage used: 100%", REASON_MAILBOX_FULL},
    {"", "552 Max size for mail is 10M", REASON_TOO_BIG},
    {"", "554 message over size", REASON_TOO_BIG},
    {"", "550 Oversized message", REASON_TOO_BIG},
    {"", "550 Your recipient's subscription has lapsed", REASON_SUSPENDED},
    {"", "421 Connect rate of your net is over the allowed", REASON_RATE_LIMITED},
    {"", "450 Excessive mail from you, slow down please", REASON_RATE_LIMITED},
    {"", "451 4.7.1 limit for messages of your IP reached", REASON_RATE_LIMITED},
    {"", "550 Mail not accepted without valid SPF", REASON_NOT_AUTHENTICATED},
    {"", "454 TLS needed", REASON_NOT_AUTHENTICATED},
    {"", "550 This host relays for no one", REASON_RELAY_DENIED},
    {"", "554 5.7.1 rejected: your message is UBE", REASON_SPAM},
    {"", "550 your mail seems to be advertising", REASON_SPAM},
    {"", "550 classified as bulk", REASON_SPAM},
    {"", "554 exploit detected in attachment", REASON_VIRUS},
    {"", "TCP connect to mx.watt.example failed: host down", REASON_NETWORK},
    {"", "SSL handshake with mx.watt.example broke", REASON_NETWORK},
    {"", "NXDOMAIN for watt.example", REASON_HOST_UNKNOWN},
    {"", "gave up after 96 hours", REASON_EXPIRED},
    {"", "Time in queue ran out", REASON_EXPIRED},
    {"", "421 service shutting down", REASON_SYSTEM},
    {"", "554 illegal character in header", REASON_SYNTAX},
    {"", "553 address must contain a domain", REASON_SYNTAX},
    {"", "550 8 bit data in header", REASON_SYNTAX},
    {"", "550 Espace disque du destinataire insuffisant", REASON_MAILBOX_FULL},
    {"", "550 Trop de destinataires", REASON_RATE_LIMITED},
    {"", "550 Unbekannte Adresse", REASON_USER_UNKNOWN},
    {"", "550 Server nicht erreichbar", REASON_NETWORK},
    {"", "550 Cuenta cancelada", REASON_SUSPENDED},
    {"", "550 Correo no deseado", REASON_SPAM},
    {"", "550 Conta bloqueada", REASON_SUSPENDED},
    {"", "550 Utente non trovato", REASON_USER_UNKNOWN},
    {"", "550 Il dominio non esiste", REASON_HOST_UNKNOWN},
    {"", "550 Domein bestaat niet", REASON_HOST_UNKNOWN},
    {"", "550 Geen geldige ontvanger", REASON_USER_UNKNOWN},
    {"", "550 Domena nie istnieje", REASON_HOST_UNKNOWN},
    {"", "550 Viesti on liian suuri", REASON_TOO_BIG},
    {"", "554 DT:SPM 163 smtp9, RsCowAB3, please see the help page", REASON_SPAM},
    {"", "421 HL:ICC smtp13, too full of you", REASON_RATE_LIMITED},
    {"5.7.1", "550 5.7.1 : (RLY:B1) client refused", REASON_POLICY},
    {"", "553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)", REASON_POLICY},
    {"", "550 5.4.4 ROUTING.NoConnectorForAddressType; unable to route for address type",
     REASON_HOST_UNKNOWN},
    {"", "550 #5.1.0 Address rejected.", REASON_USER_UNKNOWN},
    {"", "Not unique. Several matches found in the directory", REASON_SYSTEM},
    {"5.2.0", "554 5.2.0 STOREDRV.Deliver.Exception: mailbox database of the recipient is offline",
     REASON_SYSTEM},
    {"5.7.1", "554 5.7.1 This message scored 11.8 points on our scale of unwanted advertising",
     REASON_SPAM},
    {"", "421 Too many sessions from your address 192.0.2.55, try later", REASON_RATE_LIMITED},
    {"", "550 SMTP AUTH is required for message submission on port 587", REASON_NOT_AUTHENTICATED},
    {"4.3.0",
     "temporary failure. Command output: lda: Fatal: setgid(5000) failed with euid=110: Operation "
     "not permitted",
     REASON_SYSTEM},
    {"", "451 Could not complete sender verify callout", REASON_POLICY},
    {"", "550 Messages should have one or no To: fields, not 2", REASON_SYNTAX},
    {"", "550 Account of recipient is frozen", REASON_SUSPENDED},
    {"", "lowest numbered MX record points to local host", REASON_NETWORK},
    {"4.2.1", "450 4.2.1 The user you are trying to contact is receiving mail too quickly",
     REASON_RATE_LIMITED},
    {"", "550 This server is registered on a realtime blackhole list", REASON_SPAM},
    {"5.7.1", "550 5.7.1 TLS is mandatory here", REASON_NOT_AUTHENTICATED},
    {"", "550 You may not use this server as a relay", REASON_RELAY_DENIED},
    {"", "571 Delivery not authorized, message refused", REASON_POLICY},
    {"", "554 Letter box of the addressee has overflowed", REASON_MAILBOX_FULL},
    {"", "523 the recipient has no disk room left", REASON_MAILBOX_FULL},
    {"", "Message too heavy for the mailbox, limit 5000 kB", REASON_TOO_BIG},
    {"", "550 User gerda was barred from this service", REASON_SUSPENDED},
    {"", "554 delivery error: dd This user's account was deactivated (#102)", REASON_SUSPENDED},
    {"", "550 5.2.1 Subscriber has cancelled the service", REASON_SUSPENDED},
    {"", "CNAME lookup failed temporarily. (#4.4.3) I'm not going to try again", REASON_NETWORK},
    {"", "local delivery agent: child died with status 75", REASON_SYSTEM},
    {"", "550 Attachment sample.exe: Eicar-Test-Signature found", REASON_VIRUS},
    {"", "550 Recipient verification rejected", REASON_POLICY},
    {"", "421 4.3.2 All server ports are busy", REASON_SYSTEM},
    {"", "454 4.7.1 Relaying temporarily refused", REASON_RELAY_DENIED},
    {"", "550 maildrop: unable to create a socket connection.", REASON_SYSTEM},
    {"", "555 Unsupported parameter NOTIFY", REASON_SYNTAX},
    {"5.7.1", "550 5.7.1 Message contains a worm (W32/Sample.B@mm)", REASON_VIRUS},
    {"5.4.5", "550 5.4.5 Daily sending quota exceeded for user hotline@laden.example",
     REASON_RATE_LIMITED},
    {"",
     "No route found to domain fern.example from server NOTES1/ACME. Check Server, Connection and "
     "Domain documents in Domino Directory.",
     REASON_HOST_UNKNOWN},
    {"", "553 5.3.0 ginger@see.example... Sorry, that person left in 2019", REASON_USER_UNKNOWN},
    {"", "550 Unrouteable destination see.example", REASON_HOST_UNKNOWN},
    {"", "550 The mailbox gerda@see.example has a new location: gerda@berg.example", REASON_MOVED},
    {NULL, NULL, REASON_NONE},
};

static const Sample languages[] = {
    {"", "550 Compte fermé", REASON_SUSPENDED},
    {"", "550 Die Adresse ist ungültig", REASON_USER_UNKNOWN},
    {"", "550 Der Empfänger ist hier nicht bekannt", REASON_USER_UNKNOWN},
    {"", "550 La dirección no se encuentra", REASON_USER_UNKNOWN},
    {"", "550 Получатель неизвестен", REASON_USER_UNKNOWN},
    {"", "550 Почтовый ящик отключен", REASON_SUSPENDED},
    {"", "550 5.7.1 Сообщение похоже на спам", REASON_SPAM},
    {"", "550 收件人不存在", REASON_USER_UNKNOWN},
    {"", "550 帐号已被停用", REASON_SUSPENDED},
    {"", "550 ユーザーは利用停止中です", REASON_SUSPENDED},
    {"", "550 수신자를 찾을 수 없습니다", REASON_USER_UNKNOWN},
    {"", "550 Mottagaren okänd", REASON_USER_UNKNOWN},
    {"", "550 Alıcı bulunamadı", REASON_USER_UNKNOWN},
    {"", "550 Adresát neznámý", REASON_USER_UNKNOWN},
    {"", "550 Ο παραλήπτης δεν υπάρχει", REASON_USER_UNKNOWN},
    {"", "550 Boîte inconnue", REASON_USER_UNKNOWN},
    {"", "550 Nachricht zu groß", REASON_TOO_BIG},
    {"", "550 No hay ningún usuario con ese nombre", REASON_USER_UNKNOWN},
    {"", "550 Buzón inexistente", REASON_USER_UNKNOWN},
    {"", "550 Não há usuário com este nome", REASON_USER_UNKNOWN},
    {"", "550 Wiadomość zbyt duża", REASON_TOO_BIG},
    {"", "550 Адресат не найден", REASON_USER_UNKNOWN},
    {"", "550 Ящик не существует", REASON_USER_UNKNOWN},
    {"", "550 邮箱不存在", REASON_USER_UNKNOWN},
    {"", "550 使用者不存在", REASON_USER_UNKNOWN},
    {"", "550 メールボックスが一杯です", REASON_MAILBOX_FULL},
    {"", "550 존재하지 않는 사용자입니다", REASON_USER_UNKNOWN},
    {"", "550 받는 사람의 메일 용량이 초과", REASON_MAILBOX_FULL},
    {"", "550 Kontot är stängt", REASON_SUSPENDED},
    {"", "550 Schránka neexistuje", REASON_USER_UNKNOWN},
    {"", "550 Bilinmeyen kullanıcı", REASON_USER_UNKNOWN},
    {"", "550 Ismeretlen felhasználó", REASON_USER_UNKNOWN},
    {"", "550 Άγνωστος χρήστης", REASON_USER_UNKNOWN},
    {"", "Le courrier n'a pas pu être remis : l'utilisateur n'existe pas", REASON_USER_UNKNOWN},
    {"", "550 Ce compte a été fermé", REASON_SUSPENDED},
    {"", "550 Empfängerpostfach ist überfüllt", REASON_MAILBOX_FULL},
    {"", "550 Dirección desconocida", REASON_USER_UNKNOWN},
    {"", "550 Límite de mensajes excedido", REASON_RATE_LIMITED},
    {"", "550 Usuario inválido", REASON_USER_UNKNOWN},
    {"", "550 Destinatário inválido", REASON_USER_UNKNOWN},
    {"", "550 Domínio não existe", REASON_HOST_UNKNOWN},
    {"", "550 Użytkownik nieznany", REASON_USER_UNKNOWN},
    {"", "550 Skrzynka jest pełna", REASON_MAILBOX_FULL},
    {"", "550 Нет такого адреса", REASON_USER_UNKNOWN},
    {"", "550 Домен не существует", REASON_HOST_UNKNOWN},
    {"", "550 Сообщение слишком большое", REASON_TOO_BIG},
    {"", "550 Ваше письмо похоже на спам", REASON_SPAM},
    {"", "550 域名不存在", REASON_HOST_UNKNOWN},
    {"", "550 邮件太大", REASON_TOO_BIG},
    {"", "550 用户已被禁用", REASON_SUSPENDED},
    {"", "550 ドメインが見つかりません", REASON_HOST_UNKNOWN},
    {"", "550 ウイルスを検出しました", REASON_VIRUS},
    {"", "550 메일 크기가 너무 큽니다", REASON_TOO_BIG},
    {"", "550 도메인을 찾을 수 없습니다", REASON_HOST_UNKNOWN},
    {"", "550 스팸으로 분류되었습니다", REASON_SPAM},
    {"", "550 Domänen finns inte", REASON_HOST_UNKNOWN},
    {"", "550 Meddelandet är för stort", REASON_TOO_BIG},
    {"", "550 Doména neexistuje", REASON_HOST_UNKNOWN},
    {"", "550 Zpráva je příliš velká", REASON_TOO_BIG},
    {"", "550 Mesaj çok büyük", REASON_TOO_BIG},
    {"", "550 A postafiók megtelt", REASON_MAILBOX_FULL},
    {"", "550 El buzón de Juana ha superado su cuota", REASON_MAILBOX_FULL},
    {"", "550 Destinatario desconocido en este servidor", REASON_USER_UNKNOWN},
    {"", "550 La cuenta del destinatario está deshabilitada", REASON_SUSPENDED},
    {"", "550 Dominio inexistente", REASON_HOST_UNKNOWN},
    {"", "550 Usuário inexistente", REASON_USER_UNKNOWN},
    {"", "550 Conta desativada", REASON_SUSPENDED},
    {"", "550 Endereço não encontrado", REASON_USER_UNKNOWN},
    {"", "550 Das Postfach des Empfängers ist voll", REASON_MAILBOX_FULL},
    {"", "550 Empfänger existiert nicht", REASON_USER_UNKNOWN},
    {"", "550 Die Nachricht ist zu groß für dieses Postfach", REASON_TOO_BIG},
    {"", "550 Das Konto wurde gesperrt", REASON_SUSPENDED},
    {"", "550 Benutzer unbekannt", REASON_USER_UNKNOWN},
    {"", "550 La boîte aux lettres du destinataire est pleine", REASON_MAILBOX_FULL},
    {"", "550 L'adresse du destinataire n'existe pas", REASON_USER_UNKNOWN},
    {"", "550 Compte désactivé", REASON_SUSPENDED},
    {"", "421 Trop de messages envoyés, réessayez plus tard", REASON_RATE_LIMITED},
    {"", "550 La casella del destinatario è piena", REASON_MAILBOX_FULL},
    {"", "550 Utente sconosciuto", REASON_USER_UNKNOWN},
    {"", "550 Casella disabilitata", REASON_SUSPENDED},
    {"", "550 Messaggio troppo grande", REASON_TOO_BIG},
    {"", "550 Onbekende gebruiker", REASON_USER_UNKNOWN},
    {"", "550 Skrzynka odbiorcy jest przepełniona", REASON_MAILBOX_FULL},
    {"", "550 Użytkownik nie istnieje", REASON_USER_UNKNOWN},
    {"", "550 Пользователь не существует", REASON_USER_UNKNOWN},
    {"", "554 Сообщение отклонено по подозрению в спаме", REASON_SPAM},
    {"", "550 Ящик заблокирован", REASON_SUSPENDED},
    {"", "550 用户不存在", REASON_USER_UNKNOWN},
    {"", "550 该邮件被识别为垃圾邮件", REASON_SPAM},
    {"", "550 사용자를 찾을 수 없습니다", REASON_USER_UNKNOWN},
    {"", "550 Användaren finns inte", REASON_USER_UNKNOWN},
    {"", "550 Brevlådan är full", REASON_MAILBOX_FULL},
    {"", "550 Brugeren findes ikke", REASON_USER_UNKNOWN},
    {"", "550 Postboksen er full", REASON_MAILBOX_FULL},
    {"", "550 Käyttäjää ei löydy", REASON_USER_UNKNOWN},
    {"", "550 Postilaatikko on täynnä", REASON_MAILBOX_FULL},
    {"", "550 Uživatel neexistuje", REASON_USER_UNKNOWN},
    {"", "550 Schránka je plná", REASON_MAILBOX_FULL},
    {"", "550 Kullanıcı bulunamadı", REASON_USER_UNKNOWN},
    {"", "550 Posta kutusu dolu", REASON_MAILBOX_FULL},
    {"", "550 Felhasználó nem létezik", REASON_USER_UNKNOWN},
    {"", "550 Utilizator necunoscut", REASON_USER_UNKNOWN},
    {"", "550 Votre message a été refusé car considéré comme indésirable", REASON_SPAM},
    {"", "550 Mail abgewiesen: Ihre IP steht auf einer schwarzen Liste", REASON_SPAM},
    {"", "550 Dieser Anschluss wurde abgeschaltet", REASON_SUSPENDED},
    {"", "421 Zu viele Verbindungen", REASON_RATE_LIMITED},
    {"", "550 La dirección de correo no es válida", REASON_USER_UNKNOWN},
    {"", "550 Cuenta suspendida por falta de pago", REASON_SUSPENDED},
    {"", "550 O destinatário não existe neste servidor", REASON_USER_UNKNOWN},
    {"", "550 L'utente risulta sospeso", REASON_SUSPENDED},
    {"", "550 Gebruiker bestaat niet", REASON_USER_UNKNOWN},
    {"", "550 Nie ma takiego użytkownika", REASON_USER_UNKNOWN},
    {"", "550 Konto zostało zablokowane", REASON_SUSPENDED},
    {"", "550 Такого пользователя нет", REASON_USER_UNKNOWN},
    {"", "550 Нет такого пользователя", REASON_USER_UNKNOWN},
    {"", "550 Домен не найден", REASON_HOST_UNKNOWN},
    {"", "554 Письмо содержит вирус", REASON_VIRUS},
    {"", "451 Слишком много писем, попробуйте позже", REASON_RATE_LIMITED},
    {"", "550 该用户不存在", REASON_USER_UNKNOWN},
    {"", "554 信件含有病毒", REASON_VIRUS},
    {"", "550 このアカウントは停止されています", REASON_SUSPENDED},
    {"", "554 メッセージのサイズが制限を超えています", REASON_TOO_BIG},
    {"", "550 해당 사용자가 없습니다", REASON_USER_UNKNOWN},
    {"", "550 Okänd mottagare", REASON_USER_UNKNOWN},
    {"", "550 Modtageren er ukendt", REASON_USER_UNKNOWN},
    {"", "550 Vastaanottajan postilaatikko on täynnä", REASON_MAILBOX_FULL},
    {"", "550 Böyle bir kullanıcı yok", REASON_USER_UNKNOWN},
    {"", "550 Příjemce neexistuje", REASON_USER_UNKNOWN},
    {"", "550 A címzett ismeretlen", REASON_USER_UNKNOWN},
    {"", "550 Postbus is vol", REASON_MAILBOX_FULL},
    {"", "550 Die Domain gibt es nicht", REASON_HOST_UNKNOWN},
    {"", "550 Unbekannter Empfänger gerda@see.example", REASON_USER_UNKNOWN},
    {NULL, NULL, REASON_NONE},
};

static Recipient *decided(const char *status, const char *diagnostic)
{
    ReasonContext context =
        reason_context(span_of("Your message could not be delivered."), KIND_FAILURE);
    Recipient *one = recipient_new();
    one->action = g_strdup("failed");
    one->status = status[0] ? g_strdup(status) : NULL;
    one->diagnostic = g_strdup(diagnostic);
    reason_decide(one, &context);
    return one;
}

static void test_samples(gconstpointer data)
{
    for (const Sample *sample = data; sample->diagnostic; sample++) {
        Recipient *one = decided(sample->status, sample->diagnostic);
        if (one->reason != sample->reason) {
            g_test_message("\"%s\": %s (\"%s\"), not %s", sample->diagnostic,
                           reason_name(one->reason), one->reason_words,
                           reason_name(sample->reason));
            g_test_fail();
        }
        recipient_free(one);
    }
}

static void test_words(void)
{
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"550-5.1.1 User unknown\n550 5.1.1 (mx1)", "user unknown mx1 "},
        {"RESOLVER.ADR.RecipNotFound; not found", "resolver adr recip not found not found "},
        {"User_unknown: OVER-QUOTA", "user unknown over quota "},
        {"doesn't isn't user's n'existe L'adresse", "doesnt isnt users n existe l adresse "},
        {"E-Mail e mail the mail", "email email the mail "},
        {"Bo\xc3\xaete pleine, \xc3\xbc"
         "berf\xc3\xbcllt, gro\xc3\x9f",
         "boite pleine uberfullt gross "},
        {"Bo\xeete pleine", "boite pleine "},
        {"<joe@elm.example>: <joe> joe@elm.example, a.b+c=d@elm.example x", "x "},
        {"http://elm.example/spam?x=virus www.spam.example/x mx.spam.example:25 "
         "[192.0.2.1] elm.example/virus/x z",
         "25 z "},
        {"\xe5\xae\x9b\xe5\x85\x88 jo@elm.example\xe3\x81\x8c",
         "\xe5\xae\x9b\xe5\x85\x88 \xe3\x81\x8c "},
        {"\xef\xbc\xb5\xef\xbd\x93\xef\xbd\x85\xef\xbd\x92", "user "},
        {"", " "},
        {"@ <> .. --", " "},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *words = reason_text(span_of(rows[i].text));
        g_assert_cmpstr(words, ==, rows[i].words);
    }
}

/* What decided, and where it stood. */
static void test_where(void)
{
    static const struct {
        const char *status, *diagnostic, *words;
        ReasonWhere where;
    } rows[] = {
        {"5.0.0", "550 the Mailbox <jo@elm.example> is FULL", "mailbox is full", WHERE_REPLY},
        {"4.4.1", "connect to mx.elm.example[192.0.2.4]:25: Connection refused",
         "connection refused", WHERE_DIAGNOSTIC},
        {"5.1.1", "550 5.1.1 no", "5.1.1", WHERE_STATUS},
        {"", "535 no", "535", WHERE_CODE},
        {"", "550 no", NULL, WHERE_NONE},
        {"5.7.1", "550 5.7.1 blacklisted", "blacklist", WHERE_REPLY},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        Recipient *one = decided(rows[i].status, rows[i].diagnostic);
        g_assert_cmpstr(one->reason_words, ==, rows[i].words);
        g_assert_cmpstr(reason_where_name(one->reason_where), ==, reason_where_name(rows[i].where));
        recipient_free(one);
    }
}

/* --- whole messages --------------------------------------------------------------------------- */

static Bounce *read_notice(const char *subject, const char *body)
{
    g_autofree char *text =
        g_strdup_printf("Return-Path: <>\nFrom: Mail Delivery System <mailer-daemon@elm.example>\n"
                        "To: rowan@alder.example\nSubject: %s\nMIME-Version: 1.0\n"
                        "Content-Type: text/plain; charset=utf-8\n\n%s",
                        subject, body);
    g_autoptr(Message) message = mime_read(text, strlen(text));
    return bounce_read(message);
}

/* What scanners add to any mail decides nothing; what the text says of the delivery does. */
static void test_text(void)
{
    static const char *const footers[] = {
        "\n-- \nThis message has been scanned for viruses and spam by FILTER.\n",
        "\n__________\nEste mensaje ha sido analizado con ESCUDO antivirus system\n",
        "\nNo virus found in this message.\nChecked by GUARD - https://www.virus.example/\n",
        "\nDiese Mail wurde gepr\303\274ft: keine Viren, kein Spam.\n",
        "",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(footers); i++) {
        g_autofree char *body =
            g_strconcat("A message that you sent has not yet been delivered.\n\n"
                        "The address to which the message has not yet been delivered is:\n\n"
                        "  jo@larch.example\n\nDelivery attempts will continue for some time.\n",
                        footers[i], NULL);
        g_autoptr(Bounce) bounce = read_notice("Warning: message 1Gdrvl delayed 48 hours", body);
        g_assert_cmpint(bounce->kind, ==, KIND_DELAY);
        g_assert_cmpuint(bounce->recipients->len, ==, 1);
        const Recipient *one = bounce->recipients->pdata[0];
        g_assert_cmpstr(reason_name(one->reason), ==, "other");
    }
}

static void test_text_says(void)
{
    g_autoptr(Bounce) bounce =
        read_notice("Undelivered Mail Returned to Sender",
                    "Your message could not be delivered to\n\n  jo@larch.example\n\n"
                    "El buz\xc3\xb3n del destinatario est\xc3\xa1 lleno.\n");
    g_assert_cmpuint(bounce->recipients->len, ==, 1);
    const Recipient *one = bounce->recipients->pdata[0];
    g_assert_cmpstr(reason_name(one->reason), ==, "mailbox-full");
}

/* Exim's own word counts where the other side's is not there, and gives way to it. */
static void test_exim(void)
{
    static const char *const fields[] = {"", "Diagnostic-Code: smtp; 550 mailbox full\n"};
    static const char *const wanted[] = {"user-unknown", "mailbox-full"};
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_autofree char *text = g_strconcat(
            "From: Mail Delivery System <mailer-daemon@elm.example>\nTo: rowan@alder.example\n"
            "Subject: Mail delivery failed\nMIME-Version: 1.0\n"
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
            "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; elm.example\n\n"
            "Final-Recipient: rfc822; jo@larch.example\nAction: failed\nStatus: 5.0.0\n"
            "X-Exim-Diagnostic: X-str; SMTP error from remote mail server after\n"
            " RCPT TO:<jo@larch.example>: 550 no such user\n",
            fields[i], "\n--b--\n", NULL);
        g_autoptr(Message) message = mime_read(text, strlen(text));
        g_autoptr(Bounce) bounce = bounce_read(message);
        g_assert_cmpuint(bounce->recipients->len, ==, 1);
        const Recipient *one = bounce->recipients->pdata[0];
        g_assert_cmpstr(reason_name(one->reason), ==, wanted[i]);
        g_assert_cmpint(one->reply_code, ==, 550);
    }
}

/* A delivered recipient has no reason. */
static void test_success(void)
{
    ReasonContext context = reason_context(span_of("Delivered."), KIND_SUCCESS);
    Recipient *one = recipient_new();
    one->action = g_strdup("delivered");
    one->diagnostic = g_strdup("250 2.1.5 user unknown, mailbox full: accepted all the same");
    reason_decide(one, &context);
    g_assert_null(reason_name(one->reason));
    g_assert_null(one->reason_words);
    g_assert_cmpint(one->permanent, ==, TRI_NO);
    recipient_free(one);
}

/* An action is compared as a word: no piece of "failed" is one. */
static void test_action(void)
{
    ReasonContext context = reason_context(span_of(""), KIND_FAILURE);
    Recipient *one = recipient_new();
    one->action = g_strdup("a");
    reason_decide(one, &context);
    g_assert_null(reason_name(one->reason));
    recipient_free(one);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reason/words", test_words);
    g_test_add_data_func("/reason/names", names, test_samples);
    g_test_add_data_func("/reason/statuses", statuses, test_samples);
    g_test_add_data_func("/reason/senders", senders, test_samples);
    g_test_add_data_func("/reason/repeated", repeated, test_samples);
    g_test_add_data_func("/reason/unknown", unknown, test_samples);
    g_test_add_data_func("/reason/wordings", wordings, test_samples);
    g_test_add_data_func("/reason/languages", languages, test_samples);
    g_test_add_func("/reason/where", test_where);
    g_test_add_func("/reason/text", test_text);
    g_test_add_func("/reason/text-says", test_text_says);
    g_test_add_func("/reason/exim", test_exim);
    g_test_add_func("/reason/success", test_success);
    g_test_add_func("/reason/action", test_action);
    return g_test_run();
}
