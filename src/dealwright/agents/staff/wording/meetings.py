"""What letters about a meeting say, language by language. Data, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranging:
    """One language; `{time}` is a day and hours in words, `{place}` the owner's own words."""

    times: str
    """The subject of a letter that offers times."""
    meeting: str
    """The subject of a letter about a meeting."""
    thanks: str
    moving: str
    """Instead of thanks, where a meeting is to be moved."""
    gone: str
    """The time they wanted is no longer free."""
    missed: str
    free: str
    """Before the free times, which stand below it, numbered."""
    which: str
    booked: str
    moved: str
    cancelled: str
    place: str
    invited: str
    change: str
    """How to move it or call it off."""
    another: str
    """After it was called off."""


MEETINGS: Mapping[str, Arranging] = MappingProxyType(
    {
        "en": Arranging(
            times="Times for a talk",
            meeting="Our meeting",
            thanks="Thank you for your message.",
            moving="Let us find another time.",
            gone="I am sorry: that time has been taken in the meantime.",
            missed="It seems that we missed each other, and I am sorry about that.",
            free="These times are free:",
            which="Which of them suits you? If none does, name a day and a time that would.",
            booked="Our meeting is booked: {time}.",
            moved="Our meeting is moved to this time: {time}.",
            cancelled="Our meeting is called off: {time}.",
            place="Place: {place}.",
            invited="The invitation for your calendar comes with this message.",
            change="Would you like to move it or call it off? Then simply answer this message.",
            another="Would you like another time? Then simply answer this message.",
        ),
        "de": Arranging(
            times="Termine für ein Gespräch",
            meeting="Unser Termin",
            thanks="Vielen Dank für Ihre Nachricht.",
            moving="Finden wir eine andere Zeit.",
            gone="Es tut mir leid: Diese Zeit ist inzwischen vergeben.",
            missed="Wir haben uns wohl verpasst, das tut mir leid.",
            free="Diese Zeiten sind frei:",
            which="Welche passt Ihnen? Wenn keine, nennen Sie mir gern Tag und Uhrzeit.",
            booked="Unser Termin steht: {time}.",
            moved="Unser Termin ist verlegt, und zwar auf: {time}.",
            cancelled="Unser Termin ist abgesagt: {time}.",
            place="Ort: {place}.",
            invited="Die Einladung für Ihren Kalender liegt dieser Nachricht bei.",
            change="Möchten Sie den Termin verlegen oder absagen? Dann genügt eine kurze Antwort.",
            another="Möchten Sie eine andere Zeit? Dann antworten Sie einfach auf diese Nachricht.",
        ),
        "fr": Arranging(
            times="Des horaires pour un échange",
            meeting="Notre rendez-vous",
            thanks="Merci pour votre message.",
            moving="Trouvons un autre moment.",
            gone="Je suis désolé : ce créneau a été pris entre-temps.",
            missed="Il semble que nous nous soyons manqués, et j’en suis désolé.",
            free="Ces créneaux sont libres :",
            which="Lequel vous convient ? Si aucun ne va, indiquez-moi un jour et une heure.",
            booked="Notre rendez-vous est fixé : {time}.",
            moved="Notre rendez-vous est déplacé : {time}.",
            cancelled="Notre rendez-vous est annulé : {time}.",
            place="Lieu : {place}.",
            invited="L’invitation pour votre agenda est jointe à ce message.",
            change="Souhaitez-vous le déplacer ou l’annuler ? Une courte réponse suffit.",
            another="Souhaitez-vous un autre moment ? Répondez simplement à ce message.",
        ),
        "es": Arranging(
            times="Horarios para hablar",
            meeting="Nuestra reunión",
            thanks="Gracias por su mensaje.",
            moving="Busquemos otro momento.",
            gone="Lo siento: esa hora se ha ocupado entretanto.",
            missed="Parece que no coincidimos, y lo siento.",
            free="Estas horas están libres:",
            which="¿Cuál le viene bien? Si ninguna, dígame un día y una hora.",
            booked="Nuestra reunión está fijada: {time}.",
            moved="Nuestra reunión cambia a esta hora: {time}.",
            cancelled="Nuestra reunión queda anulada: {time}.",
            place="Lugar: {place}.",
            invited="La invitación para su calendario va con este mensaje.",
            change="¿Quiere cambiarla o anularla? Basta una breve respuesta.",
            another="¿Quiere otro momento? Responda sin más a este mensaje.",
        ),
        "it": Arranging(
            times="Orari per sentirci",
            meeting="Il nostro appuntamento",
            thanks="Grazie per il suo messaggio.",
            moving="Troviamo un altro momento.",
            gone="Mi dispiace: quell’orario nel frattempo è stato preso.",
            missed="Sembra che non ci siamo incontrati, e mi dispiace.",
            free="Questi orari sono liberi:",
            which="Quale va bene per lei? Se nessuno, mi dica un giorno e un’ora.",
            booked="Il nostro appuntamento è fissato: {time}.",
            moved="Il nostro appuntamento è spostato a quest’ora: {time}.",
            cancelled="Il nostro appuntamento è annullato: {time}.",
            place="Luogo: {place}.",
            invited="L’invito per il suo calendario è in questo messaggio.",
            change="Vuole spostarlo o annullarlo? Basta una breve risposta.",
            another="Vuole un altro momento? Risponda semplicemente a questo messaggio.",
        ),
        "nl": Arranging(
            times="Tijden voor een gesprek",
            meeting="Onze afspraak",
            thanks="Dank u voor uw bericht.",
            moving="Laten we een ander moment zoeken.",
            gone="Het spijt me: dat moment is intussen bezet.",
            missed="We zijn elkaar misgelopen, dat spijt me.",
            free="Deze momenten zijn vrij:",
            which="Welk moment past u? Past er geen, noem dan een dag en een tijd.",
            booked="Onze afspraak staat vast: {time}.",
            moved="Onze afspraak is verzet naar: {time}.",
            cancelled="Onze afspraak is afgezegd: {time}.",
            place="Plaats: {place}.",
            invited="De uitnodiging voor uw agenda zit bij dit bericht.",
            change="Wilt u verzetten of afzeggen? Een kort antwoord is genoeg.",
            another="Wilt u een ander moment? Antwoord dan gewoon op dit bericht.",
        ),
        "pt": Arranging(
            times="Horários para conversarmos",
            meeting="A nossa reunião",
            thanks="Obrigado pela sua mensagem.",
            moving="Vamos encontrar outro momento.",
            gone="Lamento: essa hora foi entretanto ocupada.",
            missed="Parece que nos desencontrámos, e lamento.",
            free="Estas horas estão livres:",
            which="Qual lhe convém? Se nenhuma servir, diga-me um dia e uma hora.",
            booked="A nossa reunião está marcada: {time}.",
            moved="A nossa reunião passa para esta hora: {time}.",
            cancelled="A nossa reunião fica cancelada: {time}.",
            place="Local: {place}.",
            invited="O convite para a sua agenda segue nesta mensagem.",
            change="Quer mudá-la ou cancelá-la? Basta uma resposta breve.",
            another="Quer outro momento? Responda simplesmente a esta mensagem.",
        ),
    }
)
