"""The reply reader, through its packet: what it reads out of one message."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dealwright.agents.staff.reply_reader import keep_the_silence, read
from dealwright.domain.conversation import Conversation, Direction, Message, MessageKind
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Objection, Reading, Sentiment

TUESDAY = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)


def a_packet(
    text: str,
    *,
    kind: MessageKind = MessageKind.REPLY,
    ours: str = "en",
    language: str | None = None,
) -> Packet:
    """Return the packet of a conversation in which somebody just wrote back."""
    touch = Message(
        number=1,
        direction=Direction.OUT,
        kind=MessageKind.TOUCH,
        at=TUESDAY,
        text="Good day",
        language=ours,
    )
    reply = Message(
        number=2, direction=Direction.IN, kind=kind, at=TUESDAY, text=text, language=language
    )
    slots = {"conversation": Conversation(messages=(touch, reply))}
    return Packet(agent="reply_reader", today=TUESDAY.date(), slots=slots)


def reading(text: str, *, ours: str = "en") -> Reading:
    return read(a_packet(text, ours=ours))


def test_a_plain_opt_out_is_sure_and_names_the_message() -> None:
    found = reading("Please unsubscribe me.")
    assert (found.main, found.sure, found.message) == (Meaning.OPT_OUT, True, 2)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Great product, tell me more. And take me off your mailing list."),
        ("de", "Klingt gut! Bitte schreiben Sie mir aber nicht mehr."),
        ("fr", "Très intéressant. Merci de ne plus me contacter."),
        ("es", "Muy interesante. No me escriban más."),
        ("it", "Molto interessante. Non scrivetemi più."),
        ("nl", "Klinkt goed. Mail me niet meer."),
        ("pt", "Muito interessante. Não me escrevam mais."),
    ],
)
def test_an_opt_out_wins_over_interest(language: str, text: str) -> None:
    assert reading(text, ours=language).main is Meaning.OPT_OUT


def test_an_opt_out_in_another_language_than_ours_is_found() -> None:
    assert reading("Bitte abmelden.", ours="en").main is Meaning.OPT_OUT


def test_an_agreed_time_is_read_in_the_writers_own_clock() -> None:
    found = reading("Tuesday at 10 works for me, please send an invite.")
    assert found.main is Meaning.MEETING
    assert [time.start for time in found.times] == [datetime.fromisoformat("2026-11-24T10:00")]
    assert found.times[0].exact


def test_the_first_day_back_is_the_day_after_the_last_day_away() -> None:
    found = reading("Ich bin bis zum 4. Januar nicht im Büro.", ours="de")
    assert (found.main, found.returns_on) == (Meaning.OUT_OF_OFFICE, date(2027, 1, 5))


def test_an_automatic_reply_is_told_by_its_headers_alone() -> None:
    packet = a_packet("Please unsubscribe me.", kind=MessageKind.AUTO_REPLY)
    found = read(packet)
    assert (found.main, found.confidence, found.sure) == (Meaning.OUT_OF_OFFICE, 1.0, True)


def test_a_machine_that_says_who_came_instead_is_listened_to() -> None:
    text = "Mark has left the company, his successor is Julia Stone (j.stone@acme.example)."
    found = read(a_packet(text, kind=MessageKind.AUTO_REPLY))
    assert found.meanings == (Meaning.OUT_OF_OFFICE, Meaning.REFERRAL)
    assert found.candidate is not None
    assert found.candidate.address == "j.stone@acme.example"


def test_not_now_says_from_when_on() -> None:
    found = reading("Too busy at the moment, try me in three weeks.")
    assert (found.main, found.ask_again_on) == (Meaning.NOT_NOW, date(2026, 12, 8))


def test_a_named_colleague_is_a_candidate_with_the_words() -> None:
    found = reading("The right contact is James Hall, our head of logistics: jh@north.example")
    assert found.candidate is not None
    assert (found.candidate.name, found.candidate.address) == ("James Hall", "jh@north.example")
    assert found.candidate.quote.startswith("The right contact")


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "de",
            "Herr Maier ist nicht mehr im Haus, seine Nachfolgerin ist Eva Lorenz.",
            "Eva Lorenz",
        ),
        ("es", "El señor Vidal ya no está en la empresa, le sustituye Elena Pons.", "Elena Pons"),
        ("nl", "De heer Smit werkt hier niet meer, zijn opvolger is Femke Postma.", "Femke Postma"),
    ],
)
def test_who_came_is_the_candidate_and_not_who_left(language: str, text: str, name: str) -> None:
    found = reading(text, ours=language)
    assert found.candidate is not None
    assert found.candidate.name == name


def test_an_objection_is_named() -> None:
    found = reading("We have no budget for something like this.")
    assert (found.main, found.objection) == (Meaning.OBJECTION, Objection.BUDGET)


def test_the_asking_sentences_are_kept() -> None:
    found = reading("Thanks for this. How does it work exactly?")
    assert found.asks == ("How does it work exactly?",)


def test_anger_is_negative_and_interest_positive() -> None:
    assert reading("This is harassment. How dare you!").sentiment is Sentiment.NEGATIVE
    assert reading("Sounds interesting. Tell me more.").sentiment is Sentiment.POSITIVE


def test_an_unknown_language_is_never_sure() -> None:
    found = reading("Proszę przysłać więcej informacji, jesteśmy zainteresowani ofertą.")
    assert (found.language, found.sure) == ("xx", False)


@pytest.mark.parametrize("ours", ["es", "it", "en"])
def test_a_word_of_many_languages_is_taken_for_ours(ours: str) -> None:
    assert reading("No.", ours=ours).language == ours


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "My lot can barely switch on a computer."),
        ("it", "È lo stipendio di un apprendista."),
    ],
)
def test_words_nobody_has_seen_are_left_to_a_person(language: str, text: str) -> None:
    assert not reading(text, ours=language).sure


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "👍", "?", "….", "a" * 4000, "no. " * 900])
def test_any_text_is_read(text: str) -> None:
    found = reading(text)
    assert 0 <= found.confidence <= 1


def test_signature_and_greeting_do_not_count() -> None:
    long = (
        "Hi Tom,\n\nNo thanks.\n\nBest regards\nAnn Lee\nHead of Meeting Calls\nSent from my iPhone"
    )
    assert reading(long).main is Meaning.NOT_INTERESTED


def test_nobody_wrote_yet_is_an_error() -> None:
    packet = Packet(agent="x", today=TUESDAY.date(), slots={"conversation": Conversation()})
    with pytest.raises(ValueError, match="nobody wrote back"):
        read(packet)


def test_a_model_cannot_overrule_a_request_for_silence() -> None:
    packet = a_packet("Please stop emailing me.")
    eager = Reading(
        message=1,
        main=Meaning.INTERESTED,
        meanings=(Meaning.INTERESTED,),
        confidence=1,
        sure=True,
        language="en",
    )
    assert keep_the_silence(packet, eager) == read(packet)


def test_the_same_packet_is_read_the_same() -> None:
    packet = a_packet("We already use Fleetio, but what does it cost?")
    assert read(packet) == read(packet)
