"""Finds the header row of a leads file, and which of its columns is which field of a lead."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dealwright.errors import BadInput, BadLeads
from dealwright.triggers.normalise import LONGEST_WORD, folded, tidy
from dealwright.triggers.table_file import Row

_ALIASES = {
    "company": "company companyname organisation organization organisationname organizationname "
    "account accountname employer business businessname firma firmenname firmaname unternehmen "
    "unternehmensname kunde kundenname entreprise societe raisonsociale nomdelentreprise "
    "nomdelasociete empresa nombredelaempresa nombreempresa razonsocial compania organizacion",
    "domain": "domain domainname companydomain companydomainname emaildomain domaine "
    "nomdedomaine dominio",
    "website": "website websiteurl web webseite webadresse webpage internet internetseite "
    "internetadresse homepage url companywebsite companyurl site siteurl siteweb siteinternet "
    "sitioweb paginaweb www",
    "email": "email emailaddress mail mailaddress mailadresse emailadresse emaildesansprechpartners"
    " courriel adressemail adresseemail adressecourriel adresseelectronique emailprofessionnel "
    "correo correoelectronico direcciondecorreo emailcorporativo workemail businessemail "
    "primaryemail contactemail kontaktemail",
    "first_name": "firstname first fname givenname forename vorname prenom nombre nombredepila",
    "last_name": "lastname last lname surname familyname nachname familienname nomdefamille "
    "apellido apellidos",
    "name": "name fullname contact contactname contactperson person lead leadname "
    "ansprechpartner ansprechperson kontakt kontaktperson kontaktname vollername nom nomcomplet "
    "nomprenom nometprenom prenomnom prenometnom interlocuteur nombrecompleto nombreyapellidos "
    "contacto personadecontacto",
    "title": "title jobtitle position role job function positionstitel positionsbezeichnung "
    "berufsbezeichnung jobbezeichnung funktion rolle stelle poste fonction intitule intituledeposte"
    " titre puesto cargo",
    "phone": "phone phonenumber telephone telephonenumber tel telno mobile mobilephone "
    "mobilenumber cell cellphone directphone workphone workdirectphone businessphone telefon "
    "telefonnummer telefonnr rufnummer mobil mobilnummer mobiltelefon handy durchwahl "
    "numerodetelephone portable telefono numerodetelefono movil telefonomovil",
    "country": "country countryname countrycode countryregion companycountry land landercode "
    "laendercode staat pays codepays pais codigodepais",
    "city": "city town companycity ort stadt ville commune ciudad localidad poblacion",
    "language": "language lang preferredlanguage sprache korrespondenzsprache langue idioma",
    "timezone": "timezone tz zeitzone fuseauhoraire zonahoraria",
    "feeds": "feed feeds rss rssfeed atomfeed newsfeed newsfeeds blogfeed fluxrss",
    "lawful_basis": "lawfulbasis legalbasis lawfulground legalground rechtsgrundlage baselegale "
    "fondementjuridique basejuridica baselegal",
    "lawful_evidence": "lawfulevidence consentevidence consentsource consentproof proofofconsent "
    "sourceofconsent optinsource einwilligungsnachweis einwilligungsquelle nachweisdereinwilligung "
    "preuveduconsentement sourceduconsentement pruebadelconsentimiento origendelconsentimiento",
    "lawful_since": "lawfulsince consentdate dateofconsent consentgivenon consentsince optindate "
    "einwilligungsdatum einwilligungvom einwilligungam einwilligungseit dateduconsentement "
    "fechadelconsentimiento",
    "lawful_until": "lawfuluntil consentuntil consentexpires consentexpiry einwilligungbis "
    "consentementjusquau consentimientohasta",
    "lawful_subscriber": "lawfulsubscriber subscribertype typeofsubscriber kindofsubscriber",
}
FIELDS = tuple(_ALIASES)
MOST_LISTED = 20
_NAMES_A_COMPANY = frozenset({"company", "domain", "website", "email"})
_SEVERAL = frozenset({"email", "phone"})
"""Fields whose second column stands in where the first is empty."""
_PRIVATE = ("email", "mailadr", "courriel", "correo", "phone", "telefon", "fax", "mobil", "handy")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which file column was taken as what."""

    taken: Mapping[int, str]
    """Position → field."""
    record: Mapping[int, str]
    """Position → name, for columns that go to the lead's record."""
    withheld: tuple[str, ...]
    """Columns with further addresses or numbers, which agents never see; they are left out."""
    header: tuple[str, ...]
    width: int
    """How many cells the header row has, empty ones at its end included."""

    @property
    def fields(self) -> Mapping[str, str]:
        """File column → field, for showing."""
        return {self.header[at]: field for at, field in self.taken.items()}


def is_known(cell: str) -> bool:
    """Say whether a cell is a column's name that some field goes by."""
    return _key(cell) in _fields_by_alias()


def checked(mapping: Mapping[str, str]) -> Mapping[str, str]:
    """Return a mapping of field to column after making sure that its fields exist.

    Raises:
        BadInput: there is no such field.

    """
    for field in mapping:
        if field not in FIELDS:
            close = difflib.get_close_matches(field, FIELDS, n=1)
            meant = f"; did you mean {close[0]!r}?" if close else ""
            raise BadInput(f"a lead has no field {field!r}{meant} There are: {', '.join(FIELDS)}")
    return mapping


def header_in(rows: Sequence[Row], mapping: Mapping[str, str], name: str) -> Row:
    """Return the row that names the columns.

    Raises:
        BadLeads: no row does; the message lists what was found.

    """
    wanted = {_key(column) for column in mapping.values()}

    def worth(row: Row) -> tuple[int, int]:
        keys = {_key(cell) for cell in row.cells}
        return len(wanted & keys), len(keys & _fields_by_alias().keys())

    best = max(rows, key=worth, default=None)
    if best is not None and worth(best) > (0, 0):
        return best
    filled = next((row for row in rows if any(cell.strip() for cell in row.cells)), None)
    found = _listed(filled.cells) if filled else "nothing"
    raise BadLeads(
        f"{name}: no row names the columns. Put a row above the leads that does, with `company` or "
        f"`email` among them, or say which is which with --map company=COLUMN. First row: {found}"
    )


def columns_of(header: Row, mapping: Mapping[str, str], name: str) -> Columns:
    """Return which column is which field; what the mapping says goes first.

    Raises:
        BadLeads: the mapping names a column that is not there, or no column tells the company.

    """
    names = _column_names(header.cells)
    taken = _mapped(names, mapping, name)
    by_alias = _fields_by_alias()
    for at, column in enumerate(names):
        field = by_alias.get(_key(column))
        free = field not in taken.values() or (field in _SEVERAL and field not in mapping)
        if field is not None and at not in taken and free:
            taken[at] = field
    if not _NAMES_A_COMPANY & set(taken.values()):
        raise BadLeads(
            f"{name}:{header.line}: no column tells the company. One of {_listed(names)} may be "
            "it: say so with --map company=COLUMN (or website=, domain=, email=)"
        )
    rest = {at: column for at, column in enumerate(names) if at not in taken}
    private = {at for at, column in rest.items() if any(p in _key(column) for p in _PRIVATE)}
    return Columns(
        _name_is_last_name(dict(sorted(taken.items()))),
        {at: column for at, column in rest.items() if at not in private},
        tuple(rest[at] for at in sorted(private)),
        names,
        len(header.cells),
    )


def _mapped(names: tuple[str, ...], mapping: Mapping[str, str], name: str) -> dict[int, str]:
    taken: dict[int, str] = {}
    keys = [_key(column) for column in names]
    for field, column in mapping.items():
        exact = names.index(column) if column in names else None
        at = keys.index(_key(column)) if exact is None and _key(column) in keys else exact
        if at is None:
            raise BadLeads(f"{name} has no column {column!r} for {field}. It has: {_listed(names)}")
        taken[at] = field
    return taken


def _name_is_last_name(taken: Mapping[int, str]) -> Mapping[int, str]:
    """Read "Name" beside "Vorname", and "Nom" beside "Prénom", as the last name."""
    fields = set(taken.values())
    if "first_name" not in fields or "last_name" in fields:
        return taken
    return {at: "last_name" if field == "name" else field for at, field in taken.items()}


def _column_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the columns' names; empty ones get a number, trailing empty ones are none."""
    width = max((at for at, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return tuple(_column_name(cell, at) for at, cell in enumerate(cells[:width], start=1))


def _column_name(cell: str, at: int) -> str:
    try:
        text = " ".join(tidy(cell[:LONGEST_WORD]).split())
    except ValueError:
        text = ""
    return text or f"column {at}"


def _listed(columns: Sequence[str]) -> str:
    shown = [column[:40] for column in columns if column.strip()]
    more = f" and {len(shown) - MOST_LISTED} more" if len(shown) > MOST_LISTED else ""
    return ", ".join(shown[:MOST_LISTED]) + more


def _key(column: str) -> str:
    return folded(column[:LONGEST_WORD]).replace(" ", "")


@cache
def _fields_by_alias() -> Mapping[str, str]:
    return {alias: field for field, aliases in _ALIASES.items() for alias in aliases.split()} | {
        field.replace("_", ""): field for field in FIELDS
    }
