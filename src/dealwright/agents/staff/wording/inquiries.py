"""What is said to somebody who wrote to us first, in seven languages; none of it claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One language."""

    subject: str
    """`{firm}`."""
    welcome: tuple[str, ...]
    """For the first message; it follows a greeting."""
    passes_on: tuple[str, ...]
    """A person of ours answers the rest."""
    asks: Mapping[str, tuple[str, ...]]
    """Topic → the one question about it."""
    meets: tuple[str, ...]
    """Nothing is left to ask: somebody writes about a time."""


INQUIRIES: Mapping[str, Inquiry] = MappingProxyType(
    {
        "en": Inquiry(
            subject="Your message to {firm}",
            welcome=("thank you for writing to us.", "many thanks for your message to us."),
            passes_on=("A colleague of mine will answer the rest of your message.",),
            asks={
                "need": ("What would you like to solve with it?",),
                "budget": ("Is there a budget for it already, and roughly which one?",),
                "urgency": ("By when would you like to have it?",),
                "authority": ("Who decides about it besides you?",),
            },
            meets=("A colleague of mine will write to you about a time to talk.",),
        ),
        "de": Inquiry(
            subject="Ihre Nachricht an {firm}",
            welcome=("danke, dass Sie uns schreiben.", "vielen Dank für Ihre Nachricht an uns."),
            passes_on=("Den Rest Ihrer Nachricht beantwortet Ihnen jemand aus unserem Team.",),
            asks={
                "need": ("Was möchten Sie damit lösen?",),
                "budget": ("Gibt es dafür schon ein Budget, und in etwa welches?",),
                "urgency": ("Bis wann möchten Sie es haben?",),
                "authority": ("Wer entscheidet außer Ihnen darüber?",),
            },
            meets=("Wegen eines Termins schreibt Ihnen jemand aus unserem Team.",),
        ),
        "fr": Inquiry(
            subject="Votre message à {firm}",
            welcome=("merci de nous avoir écrit.", "merci beaucoup pour votre message."),
            passes_on=("Un collègue répondra au reste de votre message.",),
            asks={
                "need": ("Que souhaitez-vous résoudre avec cela ?",),
                "budget": ("Y a-t-il déjà un budget pour cela, et lequel à peu près ?",),
                "urgency": ("Pour quand souhaitez-vous l’avoir ?",),
                "authority": ("Qui décide de cela avec vous ?",),
            },
            meets=("Un collègue vous écrira pour convenir d’un moment.",),
        ),
        "es": Inquiry(
            subject="Su mensaje a {firm}",
            welcome=("gracias por escribirnos.", "muchas gracias por su mensaje."),
            passes_on=("Un compañero responderá al resto de su mensaje.",),
            asks={
                "need": ("¿Qué le gustaría resolver con ello?",),
                "budget": ("¿Hay ya un presupuesto para ello, y cuál más o menos?",),
                "urgency": ("¿Para cuándo le gustaría tenerlo?",),
                "authority": ("¿Quién decide sobre ello además de usted?",),
            },
            meets=("Un compañero le escribirá para acordar una hora.",),
        ),
        "it": Inquiry(
            subject="Il suo messaggio a {firm}",
            welcome=("grazie per averci scritto.", "molte grazie per il suo messaggio."),
            passes_on=("Un collega risponderà al resto del suo messaggio.",),
            asks={
                "need": ("Che cosa vorrebbe risolvere?",),
                "budget": ("C’è già un budget, e all’incirca quale?",),
                "urgency": ("Per quando vorrebbe averlo?",),
                "authority": ("Chi decide oltre a lei?",),
            },
            meets=("Un collega le scriverà per trovare un momento.",),
        ),
        "nl": Inquiry(
            subject="Uw bericht aan {firm}",
            welcome=("dank u dat u ons schrijft.", "hartelijk dank voor uw bericht."),
            passes_on=("Een collega beantwoordt de rest van uw bericht.",),
            asks={
                "need": ("Wat wilt u ermee oplossen?",),
                "budget": ("Is er al een budget voor, en ongeveer welk?",),
                "urgency": ("Wanneer wilt u het hebben?",),
                "authority": ("Wie beslist hierover naast u?",),
            },
            meets=("Een collega schrijft u over een tijdstip.",),
        ),
        "pt": Inquiry(
            subject="A sua mensagem à {firm}",
            welcome=("obrigado por nos escrever.", "muito obrigado pela sua mensagem."),
            passes_on=("Um colega responderá ao resto da sua mensagem.",),
            asks={
                "need": ("O que gostaria de resolver com isso?",),
                "budget": ("Já há um orçamento para isso, e qual é mais ou menos?",),
                "urgency": ("Para quando gostaria de o ter?",),
                "authority": ("Quem decide sobre isso além de si?",),
            },
            meets=("Um colega vai escrever-lhe para combinar uma hora.",),
        ),
    }
)
