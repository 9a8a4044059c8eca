"""What code adds to a letter and an invitation, in the seven languages letters are written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The standing sentences of one language."""

    opt_out: str
    """What the way out is called."""
    source: str
    """Where the data come from and what the reader may ask; `{source}` stands in it."""
    software: str
    """That software helped; `{sender}` stands in it."""
    telephone: str
    """Where a meeting is that needs no place."""


WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "en": Words(
            opt_out="Unsubscribe: one click, and we will not write to you again",
            source="We hold your contact details from this source: {source}. You may ask us to "
            "show, correct or delete them, object to their use, or complain to your data "
            "protection authority.",
            software="AI software helped to write this message; {sender} answers for it.",
            telephone="by telephone",
        ),
        "de": Words(
            opt_out="Abmelden: ein Klick, und wir schreiben Ihnen nicht mehr",
            source="Ihre Kontaktdaten haben wir aus dieser Quelle: {source}. Sie können Auskunft, "
            "Berichtigung und Löschung verlangen, der Nutzung widersprechen und sich bei Ihrer "
            "Datenschutzbehörde beschweren.",
            software="Die Nachricht entstand mit Hilfe von KI-Software; {sender} verantwortet sie.",
            telephone="telefonisch",
        ),
        "fr": Words(
            opt_out="Se désinscrire : un clic, et nous ne vous écrirons plus",
            source="Vos coordonnées nous viennent de cette source : {source}. Vous pouvez demander "
            "à les consulter, les faire corriger ou effacer, vous opposer à leur usage, ou saisir "
            "votre autorité de protection des données.",
            software="Un logiciel d’IA a aidé à écrire ce message ; {sender} en répond.",
            telephone="par téléphone",
        ),
        "es": Words(
            opt_out="Darse de baja: un clic y no volveremos a escribirle",
            source="Sus datos de contacto proceden de esta fuente: {source}. Puede pedir acceso, "
            "rectificación o supresión, oponerse a su uso o reclamar ante su autoridad de "
            "protección de datos.",
            software="Un programa de IA ayudó a escribir este mensaje; {sender} responde de él.",
            telephone="por teléfono",
        ),
        "it": Words(
            opt_out="Annullare l’iscrizione: un clic e non le scriveremo più",
            source="I suoi dati di contatto provengono da questa fonte: {source}. Può chiederne "
            "l’accesso, la rettifica o la cancellazione, opporsi al loro uso o rivolgersi alla sua "
            "autorità per la protezione dei dati.",
            software="Un software di IA ha aiutato a scrivere il messaggio; ne risponde {sender}.",
            telephone="per telefono",
        ),
        "nl": Words(
            opt_out="Afmelden: één klik en wij schrijven u niet meer",
            source="Uw contactgegevens komen uit deze bron: {source}. U kunt vragen ze in te zien, "
            "te verbeteren of te wissen, bezwaar maken tegen het gebruik, of een klacht indienen "
            "bij uw toezichthouder voor gegevensbescherming.",
            software="AI-software hielp dit bericht te schrijven; {sender} staat ervoor in.",
            telephone="telefonisch",
        ),
        "pt": Words(
            opt_out="Cancelar a subscrição: um clique e não voltaremos a escrever-lhe",
            source="Os seus contactos vêm desta fonte: {source}. Pode pedir acesso, retificação ou "
            "apagamento, opor-se ao seu uso ou reclamar junto da sua autoridade de proteção de "
            "dados.",
            software="Um programa de IA ajudou a escrever a mensagem; {sender} responde por ela.",
            telephone="por telefone",
        ),
    }
)
