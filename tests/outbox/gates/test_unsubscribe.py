"""Unsubscribe tokens: ours for ever, nobody else's, no two alike."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealwright.errors import BadInput, Misconfigured
from dealwright.outbox.unsubscribe import read_token, token, unsubscribe_url

KEY, OTHER_KEY = b"k" * 32, b"o" * 32


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_token_names_its_workspace_and_person(workspace: str, person: str) -> None:
    assert read_token(KEY, token(KEY, workspace, person)) == (workspace, person)


def test_a_token_never_changes_and_fits_into_an_address() -> None:
    made = token(KEY, "default", "0199f3c2a1b2c3d4e5f60718")
    assert made == token(KEY, "default", "0199f3c2a1b2c3d4e5f60718")
    assert set(made) <= set(string.ascii_letters + string.digits + "-_.")
    assert len(unsubscribe_url("https://sales.example", made)) < 200


def test_no_changed_token_is_taken_for_ours() -> None:
    made = token(KEY, "default", "person1")
    alphabet = string.ascii_letters + string.digits + "-_.="
    changed = {made[:at] + c + made[at + 1 :] for at in range(len(made)) for c in alphabet}
    longer = {made + "=", made + "A", "." + made, made[:-1], made.replace(".", ".."), " " + made}
    taken = [text for text in (changed | longer) - {made} if read(text)]
    assert len(changed) > 3000
    assert taken == []


def read(text: str) -> tuple[str, str] | None:
    try:
        return read_token(KEY, text)
    except BadInput:
        return None


def test_forged_tokens_are_refused() -> None:
    chance = random.Random(3)
    alphabet = string.printable + "äÿ€\ud800"
    forged = ["".join(chance.choices(alphabet, k=chance.randrange(120))) for _ in range(5_000)]
    forged += [token(OTHER_KEY, "default", "person1"), "x" * 5_000, "", ".", "eyJ9.x", "ÿ.ÿ"]
    assert [text for text in forged if read(text)] == []


def test_a_token_of_one_client_is_none_of_another() -> None:
    assert token(KEY, "one", "person1") != token(KEY, "two", "person1")
    assert read_token(KEY, token(KEY, "one", "person1"))[0] == "one"


def test_a_key_that_is_easily_guessed_is_refused() -> None:
    with pytest.raises(Misconfigured, match="16 bytes"):
        token(b"short", "default", "person1")
    with pytest.raises(Misconfigured, match="16 bytes"):
        read_token(b"", "a.b")
