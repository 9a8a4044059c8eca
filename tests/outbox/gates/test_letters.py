"""A letter is the same every time, says who writes, and lets the reader out exactly once."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from dealwright.domain.draft import Draft
from dealwright.domain.offer import Sender
from dealwright.errors import BadInput
from dealwright.outbox.letter_words import WORDS
from dealwright.outbox.letters import Correspondence, compose
from dealwright.outbox.unsubscribe import read_token
from tests.outbox.gates.builders import (
    KEY,
    PUBLIC_URL,
    a_correspondence,
    a_draft,
    a_mailbox,
    an_offer,
)

BOOKING = "https://cal.routewise.example/a?b=1&c=2"
ADDRESS = "Hafenstraße 1, 20457 Hamburg"


class Page(HTMLParser):
    """What a mail program makes of the HTML part."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.links: dict[str, str] = {}
        self.attributes: set[str] = set()
        self.words = ""
        self._link = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self._link = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        self._link = "" if tag == "a" else self._link

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._link:
            self.links[self._link] = self.links.get(self._link, "") + data


def page(draft: Draft | None = None, **changes: object) -> Page:
    return Page(compose(draft or a_draft(), 1, a_correspondence(**changes)).html)


def way_out(correspondence: Correspondence) -> str:
    return f"{PUBLIC_URL}/u/{correspondence.token}"


def test_the_same_input_makes_the_same_letter() -> None:
    one, other = (compose(a_draft(), 1, a_correspondence()) for _ in range(2))
    assert one == other
    assert one.digest == other.digest


@pytest.mark.parametrize("language", WORDS)
def test_the_way_out_stands_exactly_once_and_visibly_in_every_language(language: str) -> None:
    correspondence = a_correspondence()
    letter = compose(a_draft(language=language), 1, correspondence)
    url, words = way_out(correspondence), WORDS[language].opt_out
    assert letter.text.count(url) == 1
    assert letter.text.endswith(f"\n\n{words}:\n{url}\n")
    assert letter.html.count(url) == 1
    assert Page(letter.html).links[url] == words
    assert letter.language == language
    assert f'<html lang="{language}">' in letter.html


def test_mail_programs_find_the_way_out_in_the_head() -> None:
    correspondence = a_correspondence()
    headers = compose(a_draft(), 1, correspondence).headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    by_web, by_mail = headers["List-Unsubscribe"].split(", ")
    assert by_web == f"<{way_out(correspondence)}>"
    assert by_mail.startswith("<mailto:ana@routewise.example?subject=unsubscribe%20")
    token_text = by_mail.rpartition("%20")[2].removesuffix(">")
    assert read_token(KEY, token_text) == ("default", "person1")


def test_head_values_are_single_lines_whatever_names_hold() -> None:
    mailbox = a_mailbox(name="Ana\nBcc: x", address="ab+?&\"'@routewise.example")
    correspondence = a_correspondence(
        mailbox=mailbox, to_name="Maria\r\nBcc: x", thread_subject="Hi\r\nBcc: x@y.example"
    )
    letter = compose(a_draft(), 1, correspondence)
    values = (letter.subject, letter.to_name, letter.sender_name, *letter.headers.values())
    assert [value for value in values if not value.isprintable()] == []
    assert letter.sender_name == "Ana Bcc: x"
    assert all(len(value) < 900 for value in values)
    by_mail = letter.headers["List-Unsubscribe"].split(", ")[1]
    assert by_mail.startswith("<mailto:ab%2B%3F%26%22%27@routewise.example?subject=")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Maria  Weber", "Maria Weber"),
        ("Dr. Jean-Luc O’Neill", "Dr. Jean-Luc O’Neill"),
        ("evil.com", ""),
        ("Maria <boss@evil.example>", ""),
        ("a@b.example", ""),
        ('Maria" <x', ""),
        ("Ma\u202eria", ""),
        ("", ""),
    ],
)
def test_a_recipient_s_name_that_is_no_name_is_left_out(name: str, shown: str) -> None:
    assert compose(a_draft(), 1, a_correspondence(to_name=name)).to_name == shown


def test_the_letter_signs_with_name_company_and_postal_address() -> None:
    letter = compose(a_draft(), 1, a_correspondence())
    signature = "Ana Nowak\nHead of Sales, Routewise GmbH\n\nRoutewise GmbH\n" + ADDRESS
    assert signature in letter.text
    shown = Page(letter.html).words
    for part in ("Ana Nowak", "Head of Sales, Routewise GmbH", ADDRESS):
        assert part in shown
        assert part in letter.text
    assert letter.sender == "ana@routewise.example"
    assert letter.to == "weber@nordfracht.example"


def test_a_sender_without_a_title_signs_without_one() -> None:
    sender = Sender(name="Ana", company="Routewise", postal_address=ADDRESS)
    letter = compose(a_draft(), 1, a_correspondence(offer=an_offer(sender=sender)))
    assert "\n\nAna\nRoutewise\n\nRoutewise\n" in letter.text


@pytest.mark.parametrize("country", ["DE", "FR", "GB", "NO", None, "ZZ"])
def test_the_first_letter_to_europe_names_its_source_and_its_software(country: str | None) -> None:
    letter = compose(a_draft(), 1, a_correspondence(country=country))
    for part in (letter.text, Page(letter.html).words):
        assert part.count("from this source: leads.csv") == 1
        assert part.count("AI software helped to write this message; Ana Nowak") == 1


@pytest.mark.parametrize(
    "changes", [{"first_contact": False}, {"country": "US"}, {"first_contact": False, "source": ""}]
)
def test_later_letters_and_letters_elsewhere_do_not(changes: dict[str, object]) -> None:
    letter = compose(a_draft(), 1, a_correspondence(**changes))
    assert "leads.csv" not in letter.text + letter.html
    assert "AI software" not in letter.text + letter.html


def test_data_from_nowhere_are_not_written_to() -> None:
    with pytest.raises(BadInput, match="nobody recorded where"):
        compose(a_draft(), 1, a_correspondence(source=" "))


def test_links_are_the_campaign_s_and_named_by_id() -> None:
    correspondence = a_correspondence()
    letter = compose(a_draft(), 1, correspondence)
    assert f"Pick a time: {BOOKING}" in letter.text
    assert Page(letter.html).links == {
        BOOKING: "Pick a time",
        way_out(correspondence): WORDS["en"].opt_out,
    }
    with pytest.raises(BadInput, match="no link called pricing"):
        compose(a_draft(links=("pricing",)), 1, correspondence)


def test_html_is_made_by_code_and_holds_nothing_remote() -> None:
    shown = page(a_draft("Tom & Jerry's “R&D” is 5 > 3,\nisn't it?"))
    assert set(shown.tags) == {"html", "head", "meta", "body", "p", "br", "a"}
    assert shown.attributes == {"lang", "charset", "href"}
    assert "Tom & Jerry's “R&D” is 5 > 3,isn't it?" in shown.words


def test_what_the_campaign_says_of_itself_is_escaped() -> None:
    company = "Tom & <b>Sons</b>"
    sender = Sender(name="Ana", company=company, postal_address=ADDRESS)
    shown = page(offer=an_offer(sender=sender))
    assert "b" not in shown.tags
    assert company in shown.words


@pytest.mark.parametrize(
    ("thread", "subject"),
    [
        ("Routes", "Re: Routes"),
        ("Re: Routes", "Re: Routes"),
        ("AW: Re: RE[2]: Routes", "Re: Routes"),
        ("Visit evil.com", "Re: Routes in Bremen"),
        ("Re:", "Routes in Bremen"),
        ("", "Routes in Bremen"),
    ],
)
def test_a_letter_in_a_thread_keeps_its_subject(thread: str, subject: str) -> None:
    assert compose(a_draft(), 1, a_correspondence(thread_subject=thread)).subject == subject


def test_an_answer_points_to_what_it_answers() -> None:
    ids = ("<1@a.example>", "<2@b.example>")
    told = a_correspondence(in_reply_to=ids[1], references=ids)
    letter = compose(a_draft(), 1, told)
    assert (letter.in_reply_to, letter.references) == (ids[1], ids)
    assert letter.subject == "Re: Routes in Bremen"
    long = compose(a_draft(), 1, a_correspondence(thread_subject="word " * 90)).subject
    assert len(long) <= 200


def test_only_variants_and_languages_there_are_become_letters() -> None:
    for number in (0, 2, -1):
        with pytest.raises(BadInput, match=f"none is number {number}"):
            compose(a_draft(), number, a_correspondence())
    with pytest.raises(BadInput, match="in the language pl"):
        compose(a_draft(language="pl"), 1, a_correspondence())


def test_the_variant_that_is_asked_for_is_the_one_composed() -> None:
    one, other = a_draft().variants[0], a_draft("You opened a depot.").variants[0]
    draft = Draft(language="en", variants=(one, other))
    assert "opened a depot" in compose(draft, 2, a_correspondence()).text
    assert "opened a depot" not in compose(draft, 1, a_correspondence()).text
