"""The web is asked politely, once, and remembered."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealwright.clock import WindableClock
from dealwright.errors import Forbidden, NotThere, TryAgain
from dealwright.rehearsal.sites_company import Company
from dealwright.rehearsal.sites_pages import Reply
from dealwright.tools.fetch import Answer
from dealwright.tools.manners import MOST_HOSTS, Manners
from dealwright.tools.pages import Page, packed, unpacked
from dealwright.tools.robots import LONGEST_DELAY, Robots
from dealwright.tools.web import Site
from tests.tools.conftest import NOON, Opened, World

HOME = "http://harrow.example/"
SITE = Site("harrow.example")


def robots(text: str, status: int = 200) -> Reply:
    return Reply(text.encode(), "text/plain", status=status)


async def may_read(w: World, path: str = "") -> bool:
    try:
        await w.web.page("acme", HOME + path, SITE)
    except (Forbidden, TryAgain):
        return False
    return True


@pytest.mark.parametrize(
    ("text", "home", "about"),
    [
        ("", True, True),
        ("User-agent: *\nDisallow: /about\n", True, False),
        ("User-agent: *\nDisallow: /\nAllow: /about$", False, True),
        ("User-agent: *\nDisallow: /*.html$\n", True, True),
        ("User-agent: Dealwright\nDisallow: /\n\nUser-agent: *\nAllow: /", False, False),
        ("User-agent: somebody\nDisallow: /\n", True, True),
        ("\ufeffUser-agent: *\r\nDisallow: /about # not this\r\n", True, False),
        ("<html>not a robots.txt</html>", True, True),
        ("Disallow: /", True, True),
        ("User-agent: *\nDisallow: /" + "x" * 600_000, True, True),
    ],
)
async def test_what_robots_txt_asks_for_is_done(
    world: Opened, carrier: Company, text: str, *, home: bool, about: bool
) -> None:
    async with world(carrier) as w:
        w.sites.put(carrier.domain, "/robots.txt", robots(text))
        w.sites.put(carrier.domain, "/about", Reply(b"<p>about</p>"))
        assert (await may_read(w), await may_read(w, "about")) == (home, about)


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (401, True), (403, True), (410, True), (429, False)]
)
async def test_a_robots_txt_that_is_not_there_forbids_nothing(
    world: Opened, carrier: Company, status: int, *, allowed: bool
) -> None:
    async with world(carrier) as w:
        w.sites.put(carrier.domain, "/robots.txt", robots("", status))
        assert await may_read(w) == allowed


@pytest.mark.parametrize("fault", ["error", "reset", "slow", "drip", "robots_error"])
async def test_a_robots_txt_that_cannot_be_had_forbids_everything(
    world: Opened, carrier: Company, fault: str
) -> None:
    async with world(carrier.model_copy(update={"faults": {"/robots.txt": fault}})) as w:
        with pytest.raises(TryAgain, match=r"not read while its robots\.txt cannot be had"):
            await w.web.page("acme", HOME, SITE)
        assert {path for _, path in w.sites.requests} == {"/robots.txt"}


@given(st.binary(max_size=300))
async def test_any_robots_txt_is_an_answer(text: bytes) -> None:
    page = Page(Answer(HOME, 200, (), text), NOON)

    async def read(url: str) -> Page:
        assert url == "http://harrow.example/robots.txt"
        return page

    delay = await Robots().delay(f"{HOME}a?b", read)
    assert delay is None or 0 <= delay <= LONGEST_DELAY


async def test_a_site_is_asked_as_slowly_as_it_likes_within_reason(
    world: Opened, carrier: Company
) -> None:
    async with world(carrier) as w:
        rules = robots("User-agent: *\nCrawl-delay: 3600\n")
        w.sites.put(carrier.domain, "/robots.txt", rules)
        for path in ("a", "b", "c"):
            w.sites.put(carrier.domain, f"/{path}", Reply(b"<p>x</p>"))
        begun = w.clock.now()
        await asyncio.gather(*(w.web.page("acme", HOME + path, SITE) for path in "abc"))
        assert w.clock.now() - begun == timedelta(seconds=2 * LONGEST_DELAY)


async def test_no_host_is_asked_for_more_than_two_pages_at_once() -> None:
    manners = Manners(WindableClock(NOON))
    inside: dict[str, int] = {"a": 0, "b": 0}
    most = 0

    async def visit(host: str) -> None:
        nonlocal most
        async with manners.visit(host, 0.0):
            inside[host] += 1
            most = max(most, *inside.values())
            await asyncio.sleep(0.001)
            inside[host] -= 1

    await asyncio.gather(*(visit(host) for host in "ab" * 20))
    assert most == 2


async def test_hosts_are_forgotten_in_the_end() -> None:
    manners = Manners(WindableClock(NOON))
    for number in range(MOST_HOSTS + 100):
        async with manners.visit(f"host{number}", 0.0):
            pass
    assert manners.known == MOST_HOSTS


async def test_five_who_want_the_same_page_ask_for_it_once(world: Opened, carrier: Company) -> None:
    async with world(carrier) as w:
        pages = await asyncio.gather(*(w.web.page("acme", HOME, SITE) for _ in range(5)))
        pages.append(await w.web.page("acme", f"{HOME}#top", SITE))
        assert len({page.answer.body for page in pages}) == 1
        asked = [path for _, path in w.sites.requests]
        assert asked == ["/robots.txt", "/"]


async def test_one_workspace_does_not_see_what_another_fetched(
    world: Opened, carrier: Company
) -> None:
    async with world(carrier) as w:
        for workspace in ("acme", "other", "acme"):
            await w.web.page(workspace, HOME, SITE)
        assert [path for _, path in w.sites.requests] == ["/robots.txt", "/"] * 2


async def test_who_leaves_early_does_not_stop_the_others(world: Opened, carrier: Company) -> None:
    async with world(carrier) as w:
        first = asyncio.create_task(w.web.page("acme", HOME, SITE))
        second = asyncio.create_task(w.web.page("acme", HOME, SITE))
        await asyncio.sleep(0)
        first.cancel()
        assert (await second).answer.status == 200
        assert len(w.sites.requests) == 2


async def test_a_day_later_the_page_is_asked_for_again(world: Opened, carrier: Company) -> None:
    async with world(carrier) as w:
        old = await w.web.page("acme", HOME, SITE)
        w.clock.wind(23 * 3600)
        assert await w.web.page("acme", HOME, SITE) == old
        w.clock.wind(2 * 3600)
        assert (await w.web.page("acme", HOME, SITE)).fetched_at == w.clock.now()
        assert len(w.sites.requests) == 4


async def test_what_is_not_there_is_remembered_and_what_failed_is_not(
    world: Opened, carrier: Company
) -> None:
    async with world(carrier) as w:
        w.sites.break_host(carrier.domain, "error", "/busy")
        for path, error in (("gone", NotThere), ("busy", TryAgain)) * 2:
            with pytest.raises(error):
                await w.web.page("acme", HOME + path, SITE)
        asked = [path for _, path in w.sites.requests]
        assert (asked.count("/gone"), asked.count("/busy")) == (1, 2)


async def test_closing_gives_up_what_is_under_way(world: Opened, carrier: Company) -> None:
    async with world(carrier) as w:
        w.sites.break_host(carrier.domain, "slow", "/slow")
        waiting = asyncio.create_task(w.web.page("acme", f"{HOME}slow", SITE))
        await asyncio.sleep(0.1)
    with pytest.raises(asyncio.CancelledError):
        await waiting


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://harrow.example/x", True),
        ("http://www.harrow.example/", True),
        ("https://jobs.harrow.example/", True),
        ("https://www.harrow.test/", True),
        ("https://harrow.co.test/", True),
        ("https://harrow.evil.test/", False),
        ("https://harrow.example.evil.test/", False),
        ("https://evilharrow.example/", False),
        ("https://example/", False),
        ("https://somebody.example/harrow.example", False),
        ("https://harrow.example@evil.test/", False),
        ("http://[::1/", False),
        ("mailto:x@harrow.example", False),
    ],
)
def test_a_site_knows_its_hosts(url: str, *, own: bool) -> None:
    assert SITE.holds(url) == own


def test_what_is_kept_comes_back_as_it_was() -> None:
    page = Page(Answer(HOME, 200, (("a", "b\xe9"),), b"\n{}\n\x00"), NOON)
    assert unpacked(packed(page)) == page
    refusal = unpacked(packed(NotThere("gone", status=404)))
    assert isinstance(refusal, NotThere)
    assert (str(refusal), refusal.facts) == ("gone", {"status": 404})


@given(st.binary(max_size=80))
def test_what_cannot_be_read_any_more_counts_as_not_kept(kept: bytes) -> None:
    assert unpacked(kept) is None
