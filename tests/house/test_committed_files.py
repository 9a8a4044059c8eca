"""What is committed belongs to everybody: no secret, nothing of one machine or one mirror."""

from __future__ import annotations

import json
import re

import pytest

from tests.house.tree import ROOT, files, named

FOREIGN = {
    "a package registry's host": r"p[y]thonhosted\.|p[y]pi\.org|n[p]mjs\.|d[e]b\.debian\.",
    "a path of one machine": r"/(work|farm)/(main|shared|in)\b|/root/\.|/home/[a-z]+/\.",
    "a secret": r"sk-[a-z]+-[\w-]{24,}|gh[po]_\w{20,}|AKIA[A-Z0-9]{16}|BEGIN [A-Z ]*PRIVATE KEY",
}


@pytest.mark.parametrize("what", FOREIGN)
def test_no_committed_file_names(what: str) -> None:
    texts = {named(path): path.read_bytes().decode("utf-8", "replace") for path in files()}
    assert [name for name, text in texts.items() if re.search(FOREIGN[what], text)] == []


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements/*.txt")), ids=lambda p: p.stem)
def test_every_locked_package_has_a_version_and_a_hash(lock: str) -> None:
    entries = (ROOT / lock).read_text().replace("\\\n", " ").splitlines()
    assert entries
    assert [e for e in entries if not re.search(r"^[\w.\[\],-]+==\S+ .*--hash=sha256:", e)] == []


def test_the_javascript_lock_names_no_place_to_load_from() -> None:
    locks = [json.loads(p.read_text()) for p in files() if p.name == "package-lock.json"]
    packages = [entry for lock in locks for entry in lock["packages"].values()]
    assert [entry for entry in packages if "resolved" in entry] == []
