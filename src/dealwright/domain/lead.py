"""A lead as agents may see it: who and which company, never an address to write to."""

from __future__ import annotations

from pydantic import Field

from dealwright.domain.product import Line, Word, WorkProduct


class Lead(WorkProduct):
    """One person at one company, as the import normalised it.

    E-mail address and telephone number are columns of the person's row and are in no packet.
    """

    company: Line
    domain: str | None = Field(default=None, max_length=253)
    """The company's registered domain in lower case, IDNA form; None when unknown."""
    website: str | None = Field(default=None, max_length=2000)
    """Where research starts; `https://<domain>/` when the import gave no address."""
    first_name: Word | None = None
    last_name: Word | None = None
    title: Line | None = None
    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    """ISO 3166-1 alpha-2."""
    city: Word | None = None
    language: str | None = Field(default=None, pattern="^[a-z]{2}$")
    """ISO 639-1; None lets the writer use the campaign's first language."""
    timezone: str | None = Field(default=None, max_length=64)
    """IANA name."""
    feeds: tuple[str, ...] = Field(default=(), max_length=5)
    """News feeds the import named."""
    record: tuple[tuple[Word, Line], ...] = Field(default=(), max_length=60)
    """What else the import said, as (column, value), in the file's order."""

    @property
    def name(self) -> str:
        """The person's full name, or the company's when no person is known."""
        return " ".join(filter(None, (self.first_name, self.last_name))) or self.company

    def brief(self) -> str:
        """Return who is written to; addresses and the import's other columns are for code."""
        told = {
            "company": self.company,
            "person": ", ".join(filter(None, (self.first_name, self.last_name, self.title))),
            "place": ", ".join(filter(None, (self.city, self.country))),
            "language": self.language,
        }
        return "\n".join(f"{name}: {value}" for name, value in told.items() if value)
