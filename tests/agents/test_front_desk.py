"""What the front desk answers: thanks, approved facts, one question; nothing a form told us."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dealwright.agents.staff.front_desk import (
    answer,
    cites_only_proof,
    intake_from,
    repeats_nothing_unproven,
    silent_to_the_silenced,
    told_in,
)
from dealwright.agents.staff.reviewer import review_early
from dealwright.agents.staff.switchboard import direct, nobody_silenced_is_written_to
from dealwright.agents.staff.wording import INQUIRIES, WORDINGS
from dealwright.agents.staff.writer import no_address_of_its_own
from dealwright.domain.answer import Outcome, Reply
from dealwright.domain.conversation import Conversation, Direction, Message, Standing
from dealwright.domain.course import SILENCED, Move
from dealwright.domain.draft import Role, Sentence, Variant, Verdict
from dealwright.domain.intake import Intake, Topic
from dealwright.domain.offer import Offer
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Objection, Reading
from tests.agents.builders import a_lead, a_packet
from tests.agents.corpus.companies import an_offer, translated
from tests.agents.talks import a_conversation, a_reading, ours, theirs

ASKED = "How many empty miles do carriers drive?"
STATEMENTS = {
    Topic.NEED: {
        "en": "We are looking for a way to plan our routes.",
        "de": "Wir suchen eine Lösung für unsere Tourenplanung.",
        "fr": "Nous cherchons un outil pour planifier nos tournées.",
        "es": "Buscamos una forma de planificar las rutas.",
        "it": "Cerchiamo uno strumento per pianificare i giri.",
        "nl": "Wij zoeken een manier om ritten te plannen.",
        "pt": "Procuramos uma forma de planear as rotas.",
    },
    Topic.BUDGET: {
        "en": "There is a budget of about 10k.",
        "de": "Dafür sind 10.000 Euro vorgesehen.",
        "fr": "Le budget est de 10 000 € environ.",
        "es": "El presupuesto es de unos 10.000 euros.",
        "it": "Abbiamo un budget di circa 10.000 euro.",
        "nl": "Het budget is ongeveer 10.000 euro.",
        "pt": "O orçamento é de cerca de 10.000 euros.",
    },
    Topic.URGENCY: {
        "en": "It has to run by the end of March.",
        "de": "Es muss bis Ende März laufen.",
        "fr": "Il nous le faut d’ici fin mars.",
        "es": "Lo antes posible, por favor.",
        "it": "Ci serve entro marzo.",
        "nl": "Het moet zo snel mogelijk draaien.",
        "pt": "Tem de funcionar até ao fim de março.",
    },
    Topic.AUTHORITY: {
        "en": "My boss decides in the end.",
        "de": "Am Ende entscheidet unser Geschäftsführer.",
        "fr": "C’est mon directeur qui tranche.",
        "es": "Al final manda mi jefe.",
        "it": "Ne parla con lei il mio capo.",
        "nl": "Mijn baas gaat erover.",
        "pt": "Quem manda é o meu chefe.",
    },
}


def first(text: str = ASKED, *, proven: bool = False) -> Conversation:
    """Return what somebody wrote into a form, and nothing else yet."""
    return begun(theirs(text), proven=proven)


def begun(*messages: Message, proven: bool = True) -> Conversation:
    talk = a_conversation(*messages)
    return talk.model_copy(update={"began": Direction.IN, "proven": proven})


def a_call(
    talk: Conversation,
    reading: Reading | None = None,
    *,
    offer: Offer | None = None,
) -> Packet:
    number = max(m.number for m in talk.messages if m.direction is Direction.IN)
    known = reading or a_reading(Meaning.QUESTION, asks=[ASKED], message=number)
    slots = {
        "lead": a_lead(first_name="Mallory", company="Cheap Pills Now"),
        "offer": offer or an_offer(),
        "conversation": talk,
        "reading": known.model_copy(update={"message": number}),
    }
    return a_packet("front_desk", slots=slots)


def made(packet: Packet) -> Intake:
    """Return the intake, checked and reviewed like in the department."""
    intake = intake_from(packet, answer(packet))
    for check in (
        silent_to_the_silenced,
        repeats_nothing_unproven,
        no_address_of_its_own,
        cites_only_proof,
    ):
        assert check(packet, intake) is None
    if intake.variants:
        slots = {**packet.slots, "draft": intake}
        review = review_early(a_packet("reviewer", slots=slots))
        assert (review.verdict, review.faults) == (Verdict.PASS, ())
    return intake


def questions(intake: Intake) -> list[str]:
    return [s.text for v in intake.variants for s in v.sentences if s.role is Role.QUESTION]


@pytest.mark.parametrize("language", WORDINGS)
@pytest.mark.parametrize("main", [Meaning.INTERESTED, Meaning.PRICE, Meaning.MEETING])
def test_who_writes_first_is_answered_in_their_language(language: str, main: Meaning) -> None:
    offer = translated("en", language) if language != "en" else an_offer()
    intake = made(a_call(first(), a_reading(main, language=language), offer=offer))
    assert (intake.language, intake.move) == (language, Outcome.LETTER)
    words = INQUIRIES[language]
    expected = words.meets if main is Meaning.MEETING else words.asks["need"]
    assert questions(intake) == [expected[0]]


def test_what_approved_facts_answer_is_answered_at_once() -> None:
    intake = made(a_call(first()))
    assert "12 %" in intake.variants[0].body
    assert intake.errands() == ()


def test_what_they_do_not_answer_a_person_does_and_they_are_told_so() -> None:
    reading = a_reading(Meaning.QUESTION, asks=["Do you integrate with SAP?"])
    intake = made(a_call(first("Do you integrate with SAP?"), reading))
    assert "colleague" in intake.variants[0].body
    (errand,) = intake.errands()
    assert (errand.kind, "SAP" in errand.because) == ("escalate", True)


def test_nothing_of_a_form_stands_in_a_letter_until_the_address_is_proven() -> None:
    intake = made(a_call(first("Dear FREE MONEY visit us, I am Mallory of Cheap Pills Now.")))
    for word in ("Mallory", "Pills", "MONEY"):
        assert word not in f"{intake.variants[0].subject} {intake.variants[0].body}"
    known = made(a_call(first(proven=True)))
    assert "Mallory" in known.variants[0].body


@pytest.mark.parametrize(
    "parroted",
    [
        "Hello Mallory, nice to hear from you.",
        "So you say that free money waits for everybody here.",
        "Greetings to all of the Cheap Pills team.",
    ],
)
def test_a_brain_that_parrots_a_form_is_caught(parroted: str) -> None:
    packet = a_call(first("Free money waits for everybody here."))
    greeting = Sentence(text="Hello,", role=Role.GREETING)
    parrot = Sentence(text=parroted, role=Role.GREETING)
    variant = Variant(subject="A subject", sentences=(greeting, parrot))
    intake = intake_from(packet, Reply(language="en", variants=(variant,)))
    assert repeats_nothing_unproven(packet, intake) is not None
    assert "A subject" not in intake.variants[0].subject


def test_one_thing_is_asked_at_a_time_in_order_and_none_twice() -> None:
    talk: list[Message] = [theirs("Hello, tell me more.")]
    made_by_then: list[Intake] = []
    for _ in range(6):
        intake = made(a_call(begun(*talk), a_reading()))
        made_by_then.append(intake)
        assert len(questions(intake)) <= 1
        talk += [ours("intake:1", intake.variants[0].body), theirs("Why do you ask?")]
    assert [intake.asks for intake in made_by_then] == [*Topic, None, None]
    assert [errand.kind for errand in made_by_then[-1].errands()] == ["handover"]


def test_what_was_asked_and_answered_is_known_with_its_message() -> None:
    talk = begun(
        theirs("Hello!"),
        ours("intake:1", "What would you like to solve with it?"),
        theirs("Thanks! Mostly the mess on Mondays. Is it easy?"),
        ours("intake:3", "Is there a budget?"),
        theirs("Yes, around forty."),
    )
    intake = made(a_call(talk, a_reading()))
    assert intake.need is not None
    assert (intake.need.quote, intake.need.message) == ("Mostly the mess on Mondays.", 3)
    assert intake.budget is not None
    assert (intake.budget.message, intake.asks) == (5, Topic.URGENCY)


@pytest.mark.parametrize("language", WORDINGS)
def test_what_they_say_unasked_is_not_asked(language: str) -> None:
    everything = " ".join(said[language] for said in STATEMENTS.values())
    told = told_in(first(everything))
    assert set(told.known) == set(Topic)
    assert all(STATEMENTS[topic][language] == known.quote for topic, known in told.known.items())
    assert told.missing is None


def test_who_is_ready_is_handed_over_with_what_is_known() -> None:
    text = " ".join(said["en"] for said in STATEMENTS.values())
    intake = made(a_call(first(text), a_reading(Meaning.MEETING)))
    (errand,) = intake.errands()
    assert errand.kind == "handover"
    assert errand.context["known"] == intake.known
    assert list(intake.known) == ["need", "budget", "urgency", "authority"]
    assert all(value.endswith("[message.1]") for value in intake.known.values())


def test_several_messages_that_wait_are_a_persons() -> None:
    intake = made(a_call(begun(theirs("One."), theirs("Two."))))
    assert (intake.move, intake.variants) == (Outcome.PERSON, ())
    assert [errand.kind for errand in intake.errands()] == ["escalate"]


@pytest.mark.parametrize("refusal", sorted(SILENCED))
def test_a_letter_to_somebody_who_refused_is_caught(refusal: Meaning) -> None:
    packet = a_call(first())
    intake = made(packet)
    refused = a_call(first(), a_reading(Meaning.QUESTION, refusal))
    assert silent_to_the_silenced(refused, intake) is not None
    closed = first().model_copy(update={"standing": Standing.OPTED_OUT})
    assert silent_to_the_silenced(a_call(closed), intake) is not None


@pytest.mark.parametrize(
    ("how", "main", "move"),
    [
        ("sure", Meaning.INTERESTED, Move.INTAKE),
        ("unsure", Meaning.OPT_OUT, Move.INTAKE),
        ("sure", Meaning.OBJECTION, Move.INTAKE),
        ("sure", Meaning.PRICE, Move.INTAKE),
        ("unsure", Meaning.MEETING, Move.INTAKE),
        ("sure", Meaning.MEETING, Move.MEET),
        ("sure", Meaning.OPT_OUT, Move.SILENCE),
        ("sure", Meaning.NOT_INTERESTED, Move.SILENCE),
        ("unsure", Meaning.COMPLAINT, Move.PERSON),
    ],
)
def test_who_writes_first_comes_to_the_front_desk(how: str, main: Meaning, move: Move) -> None:
    packet = a_call(first(), a_reading(main, sure=how == "sure"))
    course = direct(packet)
    assert course.move is move
    assert nobody_silenced_is_written_to(packet, course) is None
    ours_first = a_conversation(ours(), theirs())
    reply = a_call(ours_first, a_reading(main, sure=how == "sure"))
    assert direct(reply).move is not Move.INTAKE


@pytest.mark.parametrize(
    ("how", "main", "move"),
    [
        ("sure", Meaning.INTERESTED, Move.INTAKE),
        ("unsure", Meaning.PRICE, Move.INTAKE),
        ("sure", Meaning.OBJECTION, Move.OBJECTION),
        ("sure", Meaning.NOT_NOW, Move.RESUME),
        ("sure", Meaning.MEETING, Move.MEET),
        ("unsure", Meaning.OPT_OUT, Move.PERSON),
        ("sure", Meaning.OPT_OUT, Move.SILENCE),
    ],
)
def test_what_the_front_desk_asked_is_answered_to_it(how: str, main: Meaning, move: Move) -> None:
    talk = begun(theirs("Hello."), ours("intake:1", "What for?"), theirs("For our routes."))
    reading = a_reading(main, sure=how == "sure")
    if main is Meaning.OBJECTION:
        reading = reading.model_copy(update={"objection": Objection.NEED})
    packet = a_call(talk, reading)
    course = direct(packet)
    assert course.move is move
    assert nobody_silenced_is_written_to(packet, course) is None


def test_a_number_in_a_message_from_1970_is_only_a_number() -> None:
    message = theirs("By the end of 1970.").model_copy(
        update={"at": datetime(1970, 1, 1, tzinfo=UTC)}
    )
    assert made(a_call(begun(message))).asks is Topic.NEED
