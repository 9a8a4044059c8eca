"""The reply reader says what the newest message of a conversation means. It answers nobody."""

from __future__ import annotations

from dataclasses import replace

from dealwright.agents.staff.reading.asked_times import ask_again_on, asked_times, returns_on
from dealwright.agents.staff.reading.classifier import Guess, guessed
from dealwright.agents.staff.reading.cues import LANGUAGES
from dealwright.agents.staff.reading.folding import Sentence, sentences
from dealwright.agents.staff.reading.languages import language_of
from dealwright.agents.staff.reading.people import candidate
from dealwright.agents.staff.reading.tone import asks, objection, sentiment
from dealwright.domain.conversation import Conversation, Direction, Message, MessageKind
from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Reading

_BY_HEADERS = "the headers say that a machine wrote it"
_REDIRECTS = frozenset({Meaning.REFERRAL, Meaning.WRONG_PERSON, Meaning.OUT_OF_OFFICE})
_FOREIGN = 0.5
"""The most confidence in a language the reader does not know."""


def read(packet: Packet) -> Reading:
    """Read the newest message somebody or a machine of theirs wrote.

    Raises:
        ValueError: nobody wrote back yet.

    """
    conversation = packet.need("conversation", Conversation)
    message = conversation.newest
    if message is None:
        raise ValueError("nobody wrote back yet")
    lead = packet.get("lead", Lead)
    language = _language(message, conversation, lead)
    parts = sentences(message.text)
    guess = _guess(message, language)
    return _reading(message, language, parts, guess)


def keep_the_silence(packet: Packet, answer: object) -> Reading:
    """Take a model's reading, but never less careful than the rules: they find opt-outs first."""
    assert isinstance(answer, Reading)
    found = read(packet)
    silent = {Meaning.OPT_OUT, Meaning.COMPLAINT}
    if found.main in silent and answer.main not in silent:
        return found
    return answer.model_copy(update={"message": found.message})


def _language(message: Message, conversation: Conversation, lead: Lead | None) -> str:
    if message.language:
        return message.language
    ours = (m.language for m in reversed(conversation.messages) if m.direction is Direction.OUT)
    expected = next(filter(None, ours), lead.language if lead else None)
    return language_of(message.text, expected)


def _guess(message: Message, language: str) -> Guess:
    known = language if language in LANGUAGES else LANGUAGES[0]
    guess = guessed(message.text, known)
    if message.kind is MessageKind.AUTO_REPLY:
        return _by_machine(guess)
    if known == language:
        return guess
    return replace(
        guess,
        confidence=min(guess.confidence, _FOREIGN),
        sure=False,
        why="it is written in a language that the reader does not know",
    )


def _by_machine(guess: Guess) -> Guess:
    """A machine wants nothing; it may say that somebody has left, and who came instead."""
    said = (meaning for meaning in guess.meanings if meaning in _REDIRECTS)
    meanings = tuple(dict.fromkeys((Meaning.OUT_OF_OFFICE, *said)))
    return replace(guess, meanings=meanings, confidence=1.0, sure=True, why=_BY_HEADERS)


def _reading(message: Message, language: str, parts: tuple[Sentence, ...], guess: Guess) -> Reading:
    known = language if language in LANGUAGES else LANGUAGES[0]
    looked = guess.looked
    written = message.at.date()
    meanings = guess.meanings
    return Reading(
        message=message.number,
        main=guess.main,
        meanings=meanings,
        confidence=guess.confidence,
        sure=guess.sure,
        language=language,
        sentiment=sentiment(meanings, looked),
        objection=objection(meanings, looked),
        asks=asks(parts),
        times=asked_times(parts, known, written) if Meaning.MEETING in meanings else (),
        returns_on=(
            returns_on(parts, known, written) if Meaning.OUT_OF_OFFICE in meanings else None
        ),
        ask_again_on=ask_again_on(parts, known, written) if Meaning.NOT_NOW in meanings else None,
        candidate=candidate(parts, known) if _REDIRECTS & set(meanings) else None,
        why=guess.why,
    )
