"""Mini-sites written after the rules, to see how they do on what they were not written for.

`REVISED` was written first; what it showed went into the rules. `HELD_OUT` was written after that,
and the rules stand as they were before it.
"""

from __future__ import annotations

from dealwright.domain.facts import Point
from tests.agents.mini_sites import MiniSite

REVISED = (
    MiniSite(
        "Pennine Pallets Limited",
        (
            (
                "home",
                "Pallet delivery across the UK and Ireland\nNext-day, economy and tail-lift"
                " services."
                "\nPennine Pallets delivers palletised freight overnight.\nWhy choose us? Because"
                " we"
                " answer the phone.\nOver 2,000 customers rely on us.",
            ),
            (
                "about",
                "From one van in 1994 to a fleet of 60 trucks.\nPennine Pallets Limited was"
                " founded in"
                " 1994 by brothers Mick and Dave Holroyd, and Dave is still Managing Director.\nOur"
                " head office is in Huddersfield and we employ more than 110 staff.\nIn 2016 we"
                " moved"
                " to a 90,000 sq ft warehouse.\nOur chairman, founded the local rugby club in"
                " 1979.",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "palletised freight overnight"),
                (Point.FOUNDED, "1994"),
                (Point.HEADQUARTERS, "Huddersfield"),
                (Point.SIZE, "110"),
            }
        ),
    ),
    MiniSite(
        "Gruber Kältetechnik GmbH",
        (
            (
                "home",
                "Kälte. Klima. Gruber.\nIhr Spezialist für Gewerbekälte in Oberösterreich.\nWir"
                " entwickeln Kälteanlagen für Bäckereien und Fleischereien.\nKunden wie Spar, Billa"
                " und Hofer vertrauen uns.",
            ),
            (
                "about",
                "1976 gründete Franz Gruber den Betrieb in Wels. Sein Sohn Martin übernahm 2004 die"
                " Leitung.\nHeute sind wir 38 Mitarbeiter:innen.\nFirmensitz: Wels\nMartin Gruber,"
                " Geschäftsführer\nUnser Lieferant Frigo S.p.A. aus Italien wurde 1950 gegründet.\n"
                "Auszeichnung 2019: Bester Lehrbetrieb",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "Kälteanlagen für Bäckereien und Fleischereien"),
                (Point.CUSTOMERS, "Spar"),
                (Point.CUSTOMERS, "Billa"),
                (Point.CUSTOMERS, "Hofer"),
                (Point.FOUNDED, "1976"),
                (Point.SIZE, "38"),
                (Point.HEADQUARTERS, "Wels"),
                (Point.LEADERSHIP, "Martin Gruber, Geschäftsführer"),
            }
        ),
    ),
    MiniSite(
        "Ateliers du Rhin SAS",
        (
            (
                "home",
                "Mécanique de précision\nLes Ateliers du Rhin fabriquent des pièces usinées pour"
                " l'aéronautique.\nNos clients : Airbus, Safran et Thales.\nAcceptez-vous les"
                " cookies ?",
            ),
            (
                "about",
                "Créés en 1968 à Mulhouse, les Ateliers du Rhin emploient 140 collaborateurs sur"
                " deux"
                " sites. Isabelle Meyer, présidente, a rejoint le groupe familial en 2011.\nLe"
                " groupe"
                " Mécanor, fondé en 1932, est notre actionnaire depuis 2020.",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "des pièces usinées pour l'aéronautique"),
                (Point.CUSTOMERS, "Airbus"),
                (Point.CUSTOMERS, "Safran"),
                (Point.CUSTOMERS, "Thales"),
                (Point.FOUNDED, "1968"),
                (Point.SIZE, "140"),
                (Point.LEADERSHIP, "Isabelle Meyer, présidente"),
            }
        ),
    ),
    MiniSite(
        "Logística Costa Norte S.A.",
        (
            (
                "home",
                "Ofrecemos almacenaje y distribución en el norte de España.\nConfían en nosotros:"
                " Mercadona, Eroski y Gadis.",
            ),
            (
                "about",
                "Desde 1985 a su lado.\nLogística Costa Norte nació en 1985 en Gijón. Tenemos"
                " oficinas"
                " en Bilbao, Santander y Vigo y somos 210 trabajadores.\nLaura Prieto, directora"
                " general\nUna de nuestras empresas participadas se fundó en 2015.",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "almacenaje y distribución en el norte de España"),
                (Point.CUSTOMERS, "Mercadona"),
                (Point.CUSTOMERS, "Eroski"),
                (Point.CUSTOMERS, "Gadis"),
                (Point.FOUNDED, "1985"),
                (Point.SIZE, "210"),
                (Point.LOCATIONS, "Bilbao"),
                (Point.LOCATIONS, "Santander"),
                (Point.LOCATIONS, "Vigo"),
                (Point.LEADERSHIP, "Laura Prieto, directora general"),
            }
        ),
    ),
    MiniSite(
        "Tidewise Inc.",
        (
            (
                "home",
                "Forecasts your port can trust\nTidewise provides berth planning software to"
                " container"
                " terminals.\nBacked by Northzone and Index.\nSee how Maersk cut waiting time by"
                " 18%"
                ".\n“Setup took a day,” says Karen Ho, President of Port Alma.",
            ),
            (
                "about",
                "Headquartered in Seattle, Washington, Tidewise was founded in 2017.\nMeet the"
                " team\n"
                "Ravi Patel\nCEO\nElena Moss\nCTO\nSam Field\nHead of Sales\nWe're 65 people"
                " across nine"
                " time zones.\nOur investors manage 400 employees and $2bn.",
            ),
            ("careers", "Join 65 people.\nFounded in 2001 is not what this page is for."),
        ),
        frozenset(
            {
                (Point.OFFERING, "berth planning software to container terminals"),
                (Point.HEADQUARTERS, "Seattle, Washington"),
                (Point.FOUNDED, "2017"),
                (Point.SIZE, "65"),
                (Point.LEADERSHIP, "Ravi Patel, CEO"),
                (Point.LEADERSHIP, "Elena Moss, CTO"),
            }
        ),
    ),
    MiniSite(
        "Meridian Legal",
        (
            (
                "home",
                "Advice without the fog.\nWe deliver, on time.\nWe make things simple.\nPartners"
                " include people from three continents.",
            ),
            (
                "about",
                "Our founder trained in Dublin. Based in facts, driven by care.\nWe have advised"
                " 300"
                " employees of a bank.\nEstablished trust since 1990.\nThe firm has offices in"
                " London"
                " and Dublin. It was established in 1990.\nAnne Byrne (Managing Partner)\nJohn"
                " O'Neill"
                " (Partner)",
            ),
        ),
        frozenset(
            {
                (Point.LOCATIONS, "London"),
                (Point.LOCATIONS, "Dublin"),
                (Point.FOUNDED, "1990"),
                (Point.LEADERSHIP, "Anne Byrne (Managing Partner"),
            }
        ),
    ),
)

HELD_OUT = (
    MiniSite(
        "Calder & Sons Builders Merchants",
        (
            (
                "home",
                "Everything for the job site\nWe supply timber, roofing and insulation to the"
                " trade."
                "\nOpen 7am to 5pm.\nOur branches in Halifax, Keighley and Skipton stock 9,000"
                " lines.",
            ),
            (
                "about",
                "A family firm established in 1951, Calder & Sons has been keeping Yorkshire"
                " building"
                " for three generations. We had 12 employees in 1980; there are now 145 employees"
                " across the company.\nLuke Calder, Owner and Managing Director, joined in"
                " 2005.\nIn"
                " 2022 we acquired Dale Timber, established in 1977.\nOur customers include"
                " housebuilders and councils.",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "timber, roofing and insulation to the trade"),
                (Point.LOCATIONS, "Halifax"),
                (Point.LOCATIONS, "Keighley"),
                (Point.LOCATIONS, "Skipton"),
                (Point.FOUNDED, "1951"),
                (Point.SIZE, "145"),
                (Point.LEADERSHIP, "Luke Calder, Owner and Managing Director"),
            }
        ),
    ),
    MiniSite(
        "Spedition Hartmann KG",
        (
            (
                "home",
                "Bewegt seit Generationen.\nDie Spedition Hartmann bietet Tank- und Silotransporte"
                " in ganz Europa.\nUnsere Website verwendet Cookies.\nZertifizierter Partner von"
                " Lufthansa Cargo.",
            ),
            (
                "about",
                "Firmengründung: 1949\nUnser Fuhrpark umfasst 85 Lkw, die von 120 Fahrern bewegt"
                " werden.\nInsgesamt beschäftigen wir 210 Mitarbeiter an den Standorten in Kassel"
                " und"
                " Gera.\nUnser Hauptsitz liegt in Kassel.\nDie Geschäftsführerin Petra Hartmann"
                " führt"
                " das Unternehmen in dritter Generation.\nUnsere Kunden: Unternehmen mit 500"
                " Mitarbeitern.",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "Tank- und Silotransporte in ganz Europa"),
                (Point.PARTNERS, "Lufthansa Cargo"),
                (Point.FOUNDED, "1949"),
                (Point.SIZE, "210"),
                (Point.LOCATIONS, "Kassel"),
                (Point.LOCATIONS, "Gera"),
                (Point.HEADQUARTERS, "Kassel"),
                (Point.LEADERSHIP, "Geschäftsführerin Petra Hartmann"),
            }
        ),
    ),
    MiniSite(
        "Solvento",
        (
            (
                "home",
                "Solvento propose un logiciel de facturation pour les artisans.\nEssayez"
                " gratuitement."
                "\nIls nous font confiance : Decathlon, Leroy Merlin et Picard.",
            ),
            (
                "about",
                "Solvento a été créée en 2016 par deux ingénieurs, Hugo Martin et Léa Bernard."
                "\nBasée à Lille, l'équipe compte 54 collaborateurs.\nHugo Martin\nCofondateur\nLéa"
                " Bernard\nCofondatrice\nNos clients sont des entreprises de 10 à 250 salariés.",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "un logiciel de facturation pour les artisans"),
                (Point.CUSTOMERS, "Decathlon"),
                (Point.CUSTOMERS, "Leroy Merlin"),
                (Point.CUSTOMERS, "Picard"),
                (Point.FOUNDED, "2016"),
                (Point.HEADQUARTERS, "Lille"),
                (Point.SIZE, "54"),
                (Point.LEADERSHIP, "Hugo Martin, Cofondateur"),
                (Point.LEADERSHIP, "Léa Bernard, Cofondatrice"),
            }
        ),
    ),
    MiniSite(
        "Aceites del Sur",
        (
            ("home", "Sabor de verdad\nProducimos aceite de oliva virgen extra desde 1932."),
            (
                "about",
                "Fundada en 1932 por la familia Molina, Aceites del Sur tiene su sede en Jaén. Hoy"
                " trabajan con nosotros 88 personas.\nNuestro presidente nació en 1950 en Úbeda.\n"
                "Carmen Molina, gerente\nLa cooperativa vecina tiene 400 empleados.",
            ),
        ),
        frozenset(
            {
                (Point.FOUNDED, "1932"),
                (Point.HEADQUARTERS, "Jaén"),
                (Point.LEADERSHIP, "Carmen Molina, gerente"),
            }
        ),
    ),
    MiniSite(
        "Rowan Robotics",
        (
            (
                "home",
                "Rowan Robotics is a provider of autonomous weeding robots for vegetable growers."
                "\nWatch the film.\nGrowers in Kent and Suffolk love it.",
            ),
            (
                "about",
                "Founded: 2019\nTeam: 32 employees, 4 dogs\nWe raised $4m in 2023.\nRowan's"
                " advisory"
                " board\nSir Alan Reed\nFounder of AgriCore\nPriya Nair, CEO and founder of Rowan"
                " Robotics, grew up on a farm.\nTom West, formerly CEO of PlantCo, chairs the"
                " board."
                "\nThe robots are built in Norwich, where we are based.",
            ),
        ),
        frozenset(
            {
                (Point.OFFERING, "autonomous weeding robots for vegetable growers"),
                (Point.FOUNDED, "2019"),
                (Point.SIZE, "32"),
                (Point.LEADERSHIP, "Priya Nair, CEO and founder"),
            }
        ),
    ),
)
