"""The pages of a company's site, made of its truth and a seed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from html import escape
from random import Random
from typing import NamedTuple

from dealwright.rehearsal.sites_company import Company, News
from dealwright.rehearsal.sites_wording import TRACES, WORDINGS, Wording

HTML = "text/html; charset=utf-8"
GRAPHED = 0.3
"""Share of sites that wrap their structured data in a graph."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answers."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class Place(NamedTuple):
    """A page's path and the words of the link to it."""

    path: str
    words: str


class SiteBuilder:
    """Builds one company's site: the same company, seed and day give the same bytes."""

    def __init__(self, company: Company, seed: int, today: date) -> None:
        self._company = company
        self._today = today
        self._chance = Random(f"{seed}:{company.domain}")
        self._wording: Wording = WORDINGS[company.language]
        self._scheme = "http://www." if company.www else "http://"
        styles = {
            "about": self._wording.about,
            "product": self._wording.product,
            "careers": self._wording.careers,
            "news": self._wording.news,
            "imprint": (self._wording.imprint,),
        }
        self._places = {
            page: Place(*self._chance.choice(style))
            for page, style in styles.items()
            if page not in company.without
        }

    def build(self) -> dict[str, Reply]:
        """Return path → reply."""
        replies = {"/": self._page(Place("/", self._wording.home), self._home())}
        makers = {
            "about": self._about,
            "product": self._product,
            "careers": self._careers,
            "news": self._news,
            "imprint": self._imprint,
        }
        for page, place in self._places.items():
            replies[place.path] = self._page(place, makers[page]())
        replies.update(self._postings())
        replies.update(self._articles())
        if "news" in self._places:
            replies["/feed.xml"] = Reply(self._feed().encode(), "application/rss+xml")
        replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /intern/\n", "text/plain")
        return replies

    def _page(self, place: Place, main: str, block: object = None) -> Reply:
        company = self._company
        links = "".join(
            f'<li><a href="{path}">{escape(words)}</a></li>'
            for path, words in (("/", self._wording.home), *self._places.values())
        )
        head = [f"<title>{escape(place.words)} | {escape(company.name)}</title>"]
        head.append(f'<meta property="og:site_name" content="{escape(company.name)}">')
        head += [trace for name in company.technology if (trace := _trace(name))[1:2] != "a"]
        if block is None and place.path == "/" and company.structured:
            block = self._organisation()
        if block is not None:
            written = json.dumps(block, ensure_ascii=False)
            head.append(f'<script type="application/ld+json">{written}</script>')
        if "news" in self._places:
            head.append('<link rel="alternate" type="application/rss+xml" href="/feed.xml">')
        foot = " ".join(_trace(name) for name in company.technology if _trace(name)[1:2] == "a")
        body = (
            f'<!doctype html><html lang="{company.language}"><head><meta charset="utf-8">'
            f"{''.join(head)}</head><body><header><nav><ul>{links}</ul></nav></header>"
            f"<main><h1>{escape(place.words)}</h1>{main}</main>"
            f"<footer><p>© {self._today.year} {escape(company.name)}</p>{foot}</footer>"
            "</body></html>"
        )
        headers = {"Server": "nginx"} if "nginx" in company.technology else {}
        return Reply(body.encode(), headers=headers)

    def _say(self, styles: tuple[str, ...], **names: object) -> str:
        words = self._chance.choice(styles)
        return escape(words.format(name=self._company.name, **names))

    def _paragraphs(self, *texts: str) -> str:
        return "".join(f"<p>{text}</p>" for text in texts if text)

    def _filler(self) -> str:
        return escape(self._chance.choice(self._wording.filler))

    def _home(self) -> str:
        wording, company = self._wording, self._company
        customers = ""
        if company.customers:
            customers = self._say(wording.customers, customers=wording.listed(company.customers))
        return self._paragraphs(
            self._say(wording.welcome),
            self._say(wording.offering, offering=company.offering),
            self._filler(),
            customers,
        )

    def _about(self) -> str:
        wording, company = self._wording, self._company
        places = ""
        if company.locations:
            places = self._say(wording.locations, places=wording.listed(company.locations))
        people = "".join(
            f"<li>{escape(name)}, {escape(title)}</li>" for name, title in company.leaders
        )
        return self._paragraphs(
            f"{self._say(wording.founded, founded=company.founded)}"
            f" {self._say(wording.size, employees=company.employees)}",
            f"{self._say(wording.seat, city=company.city)} {places}",
            self._filler(),
        ) + (f"<h2>Team</h2><ul>{people}</ul>" if people else "")

    def _product(self) -> str:
        offering = self._say(self._wording.offering, offering=self._company.offering)
        return self._paragraphs(offering, self._filler(), self._filler())

    def _careers(self) -> str:
        company, place = self._company, self._places["careers"]
        if not company.jobs:
            return self._paragraphs(escape(self._wording.no_jobs), self._filler())
        said = self._wording.job[0]
        jobs = "".join(
            f'<li><a href="{place.path}/{number}">{escape(said.format(job=job))}</a></li>'
            for number, job in enumerate(company.jobs, 1)
        )
        board = f'<p><a href="https://{company.board}/">{company.board}</a></p>'
        return self._paragraphs(self._filler()) + f"<ul>{jobs}</ul>" + board * bool(company.board)

    def _postings(self) -> Iterator[tuple[str, Reply]]:
        if "careers" not in self._places:
            return
        for number, job in enumerate(self._company.jobs, 1):
            place = Place(f"{self._places['careers'].path}/{number}", job)
            text = self._say(self._wording.job, job=job)
            block = {
                "@context": "https://schema.org",
                "@type": "JobPosting",
                "title": job,
                "datePosted": (self._today - timedelta(days=9)).isoformat(),
                "hiringOrganization": {"@type": "Organization", "name": self._company.name},
            }
            main = self._paragraphs(text, self._filler())
            yield place.path, self._page(place, main, block if self._company.structured else None)

    def _day(self, item: News) -> date:
        return self._today - timedelta(days=item.days_ago)

    def _articles(self) -> Iterator[tuple[str, Reply]]:
        if "news" not in self._places:
            return
        for number, item in enumerate(self._company.news, 1):
            place = Place(f"{self._places['news'].path}/{number}", item.title)
            day = self._day(item)
            main = f'<time datetime="{day}">{day}</time>' + self._paragraphs(escape(item.body))
            yield place.path, self._page(place, main)

    def _news(self) -> str:
        path = self._places["news"].path
        return "".join(
            f'<article><h2><a href="{path}/{number}">{escape(item.title)}</a></h2>'
            f'<p><time datetime="{self._day(item)}">{self._day(item)}</time></p></article>'
            for number, item in enumerate(self._company.news, 1)
        ) + self._paragraphs(self._filler())

    def _imprint(self) -> str:
        company = self._company
        leader = ", ".join(company.leaders[0]) if company.leaders else ""
        return self._paragraphs(escape(company.name), escape(company.city), escape(leader))

    def _feed(self) -> str:
        company = self._company
        path = self._places["news"].path
        items = "".join(
            f"<item><title>{escape(item.title)}</title>"
            f"<link>{self._scheme}{company.domain}{path}/{number}</link>"
            f"<description>{escape(f'<p>{item.body}</p>')}</description>"
            f"<pubDate>{self._stamp(item)}</pubDate></item>"
            for number, item in enumerate(company.news, 1)
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>{escape(company.name)}</title><link>{self._scheme}{company.domain}/</link>"
            f"<description>News</description>{items}</channel></rss>"
        )

    def _stamp(self, item: News) -> str:
        return format_datetime(datetime.combine(self._day(item), time(9), tzinfo=UTC))

    def _organisation(self) -> Mapping[str, object]:
        company = self._company
        node: dict[str, object] = {
            "@context": "https://schema.org",
            "@type": company.schema_type,
            "name": company.name,
            "url": f"{self._scheme}{company.domain}/",
            "foundingDate": str(company.founded),
            "address": {
                "@type": "PostalAddress",
                "addressLocality": company.city,
                "addressCountry": company.code,
            },
        }
        node["numberOfEmployees"] = {
            "@type": "QuantitativeValue",
            "value": company.structured_employees or company.employees,
        }
        if company.leaders:
            name, title = company.leaders[0]
            node["employee"] = [{"@type": "Person", "name": name, "jobTitle": title}]
        if self._chance.random() < GRAPHED:
            return {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, node]}
        return node


def _trace(technology: str) -> str:
    return TRACES.get(technology, "")
