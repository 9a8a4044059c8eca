"""Written mini-sites in different styles, each with what a careful reader must and may say."""

from __future__ import annotations

from dataclasses import dataclass, field

from dealwright.domain.facts import Point
from dealwright.domain.material import PageKind

Said = tuple[Point, str]


@dataclass(frozen=True, slots=True)
class MiniSite:
    """A company's pages, as text, and the true findings in them."""

    company: str
    pages: tuple[tuple[PageKind, str], ...]
    says: frozenset[Said] = field(default_factory=frozenset[Said])


SITES = (
    MiniSite(
        "Harrow Freight Ltd",
        (
            (
                "home",
                "Freight that arrives.\nWe provide temperature-controlled road freight for food"
                " producers.\nTrusted by Tesco, Morrisons and Booths.\nRequest a quote today!",
            ),
            (
                "about",
                "Harrow Freight was founded in 1987 by Tom Harrow. Today we employ 240 people and"
                " run 130 trucks.\nWe are headquartered in Leeds, with depots in Bristol, Glasgow"
                " and"
                " Dover.\nSince 2003 we have been ISO certified.\n"
                "Our leadership team\nSarah Harrow\nManaging Director\nPeter Lund\nCFO",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "temperature-controlled road freight for food producers"),
                (Point.CUSTOMERS, "Tesco"),
                (Point.CUSTOMERS, "Morrisons"),
                (Point.CUSTOMERS, "Booths"),
                (Point.FOUNDED, "1987"),
                (Point.SIZE, "240"),
                (Point.HEADQUARTERS, "Leeds"),
                (Point.LOCATIONS, "Bristol"),
                (Point.LOCATIONS, "Glasgow"),
                (Point.LOCATIONS, "Dover"),
                (Point.LEADERSHIP, "Sarah Harrow, Managing Director"),
                (Point.LEADERSHIP, "Peter Lund, CFO"),
            }
        ),
    ),
    MiniSite(
        "Nordfracht GmbH & Co. KG",
        (
            (
                "home",
                "Willkommen!\nWir bieten Stückgut- und Teilladungsverkehre in Norddeutschland.",
            ),
            (
                "about",
                "Das Unternehmen wurde 1962 von Heinrich Petersen gegründet. Heute arbeiten bei uns"
                " rund 180 Mitarbeiterinnen und Mitarbeiter.\nMit Sitz in Hamburg betreiben wir"
                " Niederlassungen in Bremen, Kiel und Rostock.\nSeit 1998 fahren wir auch nach"
                " Dänemark.\nGeschäftsführer: Jan Petersen, Maike Ohlsen",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "Stückgut- und Teilladungsverkehre in Norddeutschland"),
                (Point.FOUNDED, "1962"),
                (Point.SIZE, "180"),
                (Point.HEADQUARTERS, "Hamburg"),
                (Point.LOCATIONS, "Bremen"),
                (Point.LOCATIONS, "Kiel"),
                (Point.LOCATIONS, "Rostock"),
                (Point.LEADERSHIP, "Geschäftsführer: Jan Petersen, Maike Ohlsen"),
            }
        ),
    ),
    MiniSite(
        "Transports Lemaire SARL",
        (
            (
                "home",
                "Nous proposons des solutions de transport frigorifique pour la restauration.",
            ),
            (
                "about",
                "Fondée en 1974 par Louis Lemaire, l'entreprise familiale compte aujourd'hui 95"
                " salariés. Notre siège social est situé à Lyon. Depuis 2010, nous livrons toute"
                " l'Europe.\nPaul Lemaire, Directeur Général",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "des solutions de transport frigorifique pour la restauration"),
                (Point.FOUNDED, "1974"),
                (Point.SIZE, "95"),
                (Point.HEADQUARTERS, "Lyon"),
                (Point.LEADERSHIP, "Paul Lemaire, Directeur Général"),
            }
        ),
    ),
    MiniSite(
        "Muebles Ortega S.L.",
        (
            ("home", "Diseñamos y fabricamos.\nFabricamos muebles de oficina a medida."),
            (
                "about",
                "La empresa fue fundada en 1991 y cuenta con más de 60 empleados. Nuestra sede"
                " central está en Valencia.\nDesde 1999 exportamos a Francia.",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "muebles de oficina a medida"),
                (Point.FOUNDED, "1991"),
                (Point.SIZE, "60"),
                (Point.HEADQUARTERS, "Valencia"),
            }
        ),
    ),
    MiniSite(
        "Officine Bianchi S.p.A.",
        (
            ("product", "Progettiamo valvole industriali per il settore chimico."),
            (
                "about",
                "Fondata nel 1958 da Carlo Bianchi, l'azienda conta oggi 310 dipendenti e ha sede"
                " legale a Brescia.\nMarta Bianchi, Amministratore Delegato",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "valvole industriali per il settore chimico"),
                (Point.FOUNDED, "1958"),
                (Point.SIZE, "310"),
                (Point.HEADQUARTERS, "Brescia"),
                (Point.LEADERSHIP, "Marta Bianchi, Amministratore Delegato"),
            }
        ),
    ),
    MiniSite(
        "Van der Meer Logistiek B.V.",
        (
            ("home", "Wij leveren koeltransport voor supermarkten."),
            (
                "about",
                "Het bedrijf is opgericht in 1983 en gevestigd in Rotterdam. Er werken 75"
                " medewerkers.\nPieter van der Meer, Oprichter",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "koeltransport voor supermarkten"),
                (Point.FOUNDED, "1983"),
                (Point.HEADQUARTERS, "Rotterdam"),
                (Point.SIZE, "75"),
                (Point.LEADERSHIP, "Pieter van der Meer, Oprichter"),
            }
        ),
    ),
    MiniSite(
        "Frota Azul Lda",
        (
            ("home", "Oferecemos gestão de frotas para empresas de distribuição."),
            (
                "about",
                "Fundada em 2004 por Ana Sousa, a empresa tem sede em Braga e 42 colaboradores.",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "gestão de frotas para empresas de distribuição"),
                (Point.FOUNDED, "2004"),
                (Point.HEADQUARTERS, "Braga"),
                (Point.SIZE, "42"),
            }
        ),
    ),
    MiniSite(
        "Quillon Software",
        (
            (
                "home",
                "Ship faster, sleep better.\nWe use cookies to provide you with the best"
                " experience."
                "\nQuillon builds release automation for regulated industries.\nHelping teams of"
                " 5 to 5,000 employees.\n“Quillon changed everything.” – Maria Lopez, CTO at"
                " Bankora"
                "\nCertified partner of Atlassian.",
            ),
            (
                "about",
                "It all started in a garage. We grew from 12 to 85 employees in three years."
                "\nOur customers are businesses with 50 to 500 employees.\nJane Doe, CEO &"
                " Co-Founder,"
                " previously ran platform teams.\nBefore that, she founded her first company in"
                " 2003.",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "release automation for regulated industries"),
                (Point.PARTNERS, "Atlassian"),
                (Point.LEADERSHIP, "Jane Doe, CEO & Co-Founder"),
            }
        ),
    ),
    MiniSite(
        "Zahnzentrum Isartal",
        (
            (
                "home",
                "Ihr Lächeln ist unser Ziel.\nSeit 1998 für Sie da.\nJetzt Termin vereinbaren!",
            ),
            (
                "about",
                "Seit 1998 kümmern wir uns um Ihre Zähne.\nUnser Team\nDr. Anna Huber\nInhaberin\n"
                "Lisa Maier\nProphylaxe\nIm Jahr 2015 haben wir eine Tochterpraxis gegründet.",
            ),
        ),
        frozenset({(Point.LEADERSHIP, "Dr. Anna Huber, Inhaberin")}),
    ),
    MiniSite(
        "Brightside Agency",
        (
            (
                "home",
                "We are a small studio with big ideas.\nClients include Monzo, Bulb and"
                " Patch.\nAn award-winning team since 2012.",
            ),
            (
                "about",
                "We are a team of 14 people based in Bristol.\nOne of our clients, founded in 1890,"
                " has 3,000 employees.\nIn 2019 we were acquired by no one and stayed independent.",
            ),
        ),
        frozenset(
            {
                (Point.CUSTOMERS, "Monzo"),
                (Point.CUSTOMERS, "Bulb"),
                (Point.CUSTOMERS, "Patch"),
                (Point.SIZE, "14"),
                (Point.HEADQUARTERS, "Bristol"),
            }
        ),
    ),
    MiniSite(
        "Kessler Maschinenbau AG",
        (
            (
                "home",
                "Kessler ist ein führender Hersteller von Verpackungsmaschinen für die"
                " Lebensmittelindustrie.\nZu unseren Kunden zählen Nestlé, Haribo und Dr. Oetker.",
            ),
            (
                "about",
                "Gegründet 1921.\nGründungsjahr: 1921\nUnsere Tochtergesellschaft in Polen wurde"
                " 2005"
                " gegründet und hat 90 Mitarbeiter.\nWir beschäftigen 1.250 Mitarbeitende an drei"
                " Standorten.\nDr. Eva Kessler (Vorstandsvorsitzende)",
            ),
        ),
        frozenset(
            {
                (
                    Point.OFFERING,
                    "Verpackungsmaschinen für die Lebensmittelindustrie",
                ),
                (Point.CUSTOMERS, "Nestlé"),
                (Point.CUSTOMERS, "Haribo"),
                (Point.CUSTOMERS, "Dr. Oetker"),
                (Point.FOUNDED, "1921"),
                (Point.SIZE, "1250"),
                (Point.LEADERSHIP, "Dr. Eva Kessler (Vorstandsvorsitzende"),
            }
        ),
    ),
    MiniSite(
        "Studio Lumen",
        (
            (
                "about",
                "Lumen is part of the Aurora Group, which has 12,000 employees worldwide.\nWe"
                " established a branch in Porto in 2018.\nOur motto since 1995: light first.\nThe"
                " Lumen Foundation was established in 2011.\nBy 2030 we want to have 200"
                " employees.",
            ),
            ("home", "Light for everyone.\nTrusted by 500 companies."),
        ),
    ),
    MiniSite(
        "Atelier Fontaine",
        (
            (
                "about",
                "Créée en 2009, la société est basée à Nantes.\nHébergeur : OVH, 59100 Roubaix.\n"
                "Nous sommes passés de 5 à 30 collaborateurs.\nClaire Fontaine, fondatrice",
            ),
        ),
        frozenset(
            {
                (Point.FOUNDED, "2009"),
                (Point.HEADQUARTERS, "Nantes"),
                (Point.LEADERSHIP, "Claire Fontaine, fondatrice"),
            }
        ),
    ),
    MiniSite(
        "Lakeside Dental Group",
        (
            (
                "home",
                "Gentle dentistry.\nOur clinics in Madison, Verona and Oregon are open on"
                " Saturdays."
                "\nWe offer implants, braces and emergency dentistry.",
            ),
            (
                "about",
                "Established in 1999, Lakeside Dental has 48 team members. Dr. Mark Olsen, Owner,"
                " still"
                " sees patients.\nJohn Carter, CEO of DentSupply, calls us a model practice.",
            ),
        ),
        frozenset(
            {
                (Point.LOCATIONS, "Madison"),
                (Point.LOCATIONS, "Verona"),
                (Point.LOCATIONS, "Oregon"),
                (Point.OFFERING, "implants, braces and emergency dentistry"),
                (Point.FOUNDED, "1999"),
                (Point.SIZE, "48"),
                (Point.LEADERSHIP, "Dr. Mark Olsen, Owner"),
            }
        ),
    ),
)
