"""Disguises: addresses written so that a scan may miss what a reader or a program would follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator

DOMAINS = (
    "evil.com", "evil-shop.net", "pay.evil.org", "bücher.de", "evil.co.uk", "evil.io", "evil.zip",
    "café.fr", "evil.eu", "евил.рф", "evil.shop", "x.ai", "t.me", "evil.xyz", "bank.example",
)  # fmt: skip
MAILBOXES = ("bob@evil.com", "b.o.b@pay.evil.org", "büro@bücher.de", "me@x.io")
NUMBERS = (
    "+49 170 1234567", "0170/1234567", "(030) 123 45 67", "0049 30 1234567", "06 12 34 56 78",
    "612 345 678", "555-123-4567", "+1 (555) 123 4567", "030.123.45.67", "12345678",
    "0 30 - 12 34 56 7", "+44 20 7946 0958", "１２３４５６７８", "٠١٧٠١٢٣٤٥٦٧", "0800-FLOWERS",
)  # fmt: skip
ACCOUNTS = (
    "DE89 3704 0044 0532 0130 00", "DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19",
    "NL91ABNA0417164300", "FR14 2004 1010 0505 0001 3M02 606", "ES91-2100-0418-4502-0005-1332",
    "IT60X0542811101000000123456", "PT50 0002 0123 1234 5678 9015 4",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "0x52908400098527886E0F7030069857D2E4169EE7", "lnbc2500u1pvjluezpp5qqqsyqcyq5rqwzqf",
    "FR76 1A2B 3C4D 5E6F 7G8H 9J0K 123", "vitalik.eth", "LZ8KqWvmLzS3v4w1m7bT9nH2pQxR5yJdUc",
)  # fmt: skip
MARKUP = (
    "[here](https://evil.com)", "[here](//evil.com)", "[here][1]", "[1]: evil", "![x](cid:1)",
    "<a href=x>here</a>", "<b>now</b>", "<https://evil.com>", "&#101;vil&period;com",
    "evil&period;com", "evil%2Ecom", "https%3A%2F%2Fevil", "evil\\.com", "\\u0065vil",
    "{{link:booking}}", "=?utf-8?q?evil=2Ecom?=", "//evil/pay", "\\\\evil\\share",
    "javascript:alert(1)", "data:text/html,hi", "tel:112", "mailto:bob", "sms:110", "skype:bob",
    "whatsapp://send", "tg:resolve", "bitcoin:abc", "magnet:?xt=1", "file:///etc", "sip:bob",
    "192.168.0.1", "192.0.2.7/pay", "[2001:db8::1]", "2001:db8:0:1:2:3:4:5", "::1", "http:evil",
    "www evil com", "w w w evil", "h t t p evil", "e v i l . c o m", "e-v-i-l-c-o-m", "e_v_i_l_c",
    "e.v.i.l.c.o.m",
    "xn--bcher-kva", "evil.xn--p1ai", "evil,com", "evil .com", "evil. com", "evil . com",
    "evil\n.com", "evil.\ncom", "evil\u200b.com", "ev\u00adil.com", "evil\u2060.com",
    "\u202emoc.live", "evil\ufeff.com", "evil\u034f.com", "evil\u3164.com", "e\u0301vil.c\u0308om",
    "evil.\U0001f1e8\U0001f1f4\U0001f1f2", "evil.\U0001f172\U0001f17e\U0001f17c",
    "evildotcom", "evil dot com", "evil punkt de", "evil punto com", "evil point com",
    "evil ponto com", "bob at evil dot com", "bob arroba evil", "bob chiocciola evil",
    "bob apenstaartje evil", "bob arobase evil", "bob-at-evil-dot-com", "evil-dot-com",
    "ana@gmail", "ana＠gmail", "ana(at)gmail", "bob at evil dot de", "bob at evil punkt fr",
    "evil·com", "evil•com", "evil∙net",
)  # fmt: skip

Disguise = Callable[[str], str]


def _styled(first: int) -> Disguise:
    return lambda text: "".join(
        chr(first + ord(c) - ord("a")) if "a" <= c <= "z" else c for c in text
    )


def _dots(dot: str) -> Disguise:
    return lambda text: text.replace(".", dot)


DISGUISES: tuple[Disguise, ...] = (
    str,
    str.upper,
    str.title,
    lambda text: f"https://{text}",
    lambda text: f"hxxp://{text}",
    lambda text: f"hxxps:\u2215\u2215{text}",
    lambda text: f"h**p://{text}/a",
    lambda text: f"https: //{text}",
    lambda text: f"www.{text}",
    lambda text: f"ftp://user:pw@{text}:8080/x?y#z",
    lambda text: f"({text})",
    lambda text: f"“{text}”",
    lambda text: f"{text}/pay",
    lambda text: f"{text}:443",
    lambda text: f"a.{text}.",
    _dots("\u3002"),
    _dots("\uff0e"),
    _dots("\uff61"),
    _dots("\u2024"),
    _dots("\ufe52"),
    _dots("[.]"),
    _dots("(.)"),
    _dots("[dot]"),
    _dots(" (dot) "),
    _dots("{punkt}"),
    _dots(" [punto] "),
    _dots("&#46;"),
    _dots("%2E"),
    _dots("\\."),
    _dots(".\u200b"),
    _dots("\u2060."),
    _dots("\u00ad."),
    _styled(0x1D41A),
    _styled(0x1D5BA),
    _styled(0x24D0),
    _styled(0xFF41),
)
AT_SIGNS = (
    "@",
    "\uff20",
    "\ufe6b",
    "(at)",
    "[at]",
    " (at) ",
    "{ät}",
    "<at>",
    " [arroba] ",
    "&#64;",
)
CARRIERS = ("{}", "Write to {} today.", "Bitte {}, danke!", "Voir {} ; merci", "Zie:{}")


def disguised() -> Iterator[str]:
    """Yield every disguise once, each in one of several sentences."""
    shapes = [disguise(domain) for domain in DOMAINS for disguise in DISGUISES]
    shapes += [box.replace("@", sign) for box in MAILBOXES for sign in AT_SIGNS]
    shapes += [*NUMBERS, *ACCOUNTS, *MARKUP]
    for number, shape in enumerate(dict.fromkeys(shapes)):
        yield CARRIERS[number % len(CARRIERS)].format(shape)
