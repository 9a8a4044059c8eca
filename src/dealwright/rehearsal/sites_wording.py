"""The words company sites are made of, language by language, each in more than one style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dealwright.rehearsal.sites_company import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How sites of one language say things; each tuple holds styles to choose from."""

    home: str
    about: tuple[tuple[str, str], ...]
    """(path, words of the link)."""
    product: tuple[tuple[str, str], ...]
    careers: tuple[tuple[str, str], ...]
    news: tuple[tuple[str, str], ...]
    imprint: tuple[str, str]
    welcome: tuple[str, ...]
    offering: tuple[str, ...]
    founded: tuple[str, ...]
    size: tuple[str, ...]
    seat: tuple[str, ...]
    locations: tuple[str, ...]
    customers: tuple[str, ...]
    job: tuple[str, ...]
    no_jobs: str
    filler: tuple[str, ...]
    conjunction: str

    def listed(self, names: Sequence[str]) -> str:
        """Return the names as one enumeration."""
        *most, last = names
        return f"{', '.join(most)} {self.conjunction} {last}" if most else last


WORDINGS: Mapping[Language, Wording] = {
    "en": Wording(
        home="Home",
        about=(("/about", "About us"), ("/company", "Our company"), ("/who-we-are", "Who we are")),
        product=(
            ("/services", "Services"),
            ("/solutions", "What we do"),
            ("/products", "Products"),
        ),
        careers=(("/careers", "Careers"), ("/jobs", "Jobs"), ("/join-us", "Work with us")),
        news=(("/news", "News"), ("/blog", "Blog"), ("/press", "Press")),
        imprint=("/legal", "Legal notice"),
        welcome=("Welcome to {name}", "{name}: reliable since day one", "Good to see you"),
        offering=("We provide {offering}.", "{name} offers {offering}."),
        founded=(
            "{name} was founded in {founded}.",
            "The company was established in {founded} and is still independent.",
        ),
        size=("Today we employ {employees} people.", "We now have {employees} employees."),
        seat=("We are headquartered in {city}.", "{name} is based in {city}."),
        locations=("We have offices in {places}.", "You find our branches in {places}."),
        customers=("Trusted by {customers}.", "Our customers include {customers}."),
        job=("{job} (m/f/d)", "We are looking for a {job} to join us."),
        no_jobs="There are no open positions at the moment.",
        filler=(
            "Every customer is different, and so is every day of ours. We listen first and then"
            " suggest what will work in practice.",
            "What counts with us is that things are done as promised. If something changes, you"
            " hear it from us before you have to ask.",
            "Our people know the trade from the inside. Many of them have been with us for more"
            " than ten years, and new colleagues learn from them.",
        ),
        conjunction="and",
    ),
    "de": Wording(
        home="Startseite",
        about=(("/ueber-uns", "Über uns"), ("/unternehmen", "Unternehmen"), ("/firma", "Firma")),
        product=(("/leistungen", "Leistungen"), ("/produkte", "Produkte"), ("/angebot", "Angebot")),
        careers=(
            ("/karriere", "Karriere"),
            ("/stellenangebote", "Stellenangebote"),
            ("/jobs", "Jobs"),
        ),
        news=(("/aktuelles", "Aktuelles"), ("/news", "Neuigkeiten"), ("/presse", "Presse")),
        imprint=("/impressum", "Impressum"),
        welcome=("Willkommen bei {name}", "{name}: Ihr Partner vor Ort", "Schön, dass Sie da sind"),
        offering=("Wir bieten {offering}.", "{name} bietet {offering}."),
        founded=(
            "{name} wurde {founded} gegründet.",
            "Das Unternehmen wurde im Jahr {founded} gegründet und ist bis heute unabhängig.",
        ),
        size=(
            "Heute beschäftigen wir {employees} Mitarbeiterinnen und Mitarbeiter.",
            "Bei uns arbeiten heute {employees} Mitarbeiter.",
        ),
        seat=("Unser Hauptsitz ist in {city}.", "Mit Sitz in {city} sind wir gut zu erreichen."),
        locations=("Niederlassungen in {places} gehören zu uns.", "Unsere Standorte in {places}."),
        customers=("Zu unseren Kunden zählen {customers}.", "Unsere Kunden: {customers}."),
        job=("{job} (m/w/d)", "Wir suchen {job} für unser Team."),
        no_jobs="Zurzeit haben wir keine offenen Stellen.",
        filler=(
            "Jeder Auftrag ist anders. Deshalb hören wir erst zu und schlagen dann vor, was sich in"
            " der Praxis bewährt hat.",
            "Bei uns gilt das gesprochene Wort. Wenn sich etwas ändert, erfahren Sie es von uns,"
            " bevor Sie fragen müssen.",
            "Unsere Leute kennen das Handwerk von innen. Viele sind seit mehr als zehn Jahren dabei"
            " und geben ihr Wissen gern weiter.",
        ),
        conjunction="und",
    ),
    "fr": Wording(
        home="Accueil",
        about=(
            ("/a-propos", "À propos"),
            ("/qui-sommes-nous", "Qui sommes-nous"),
            ("/entreprise", "L’entreprise"),
        ),
        product=(
            ("/services", "Nos services"),
            ("/produits", "Produits"),
            ("/solutions", "Solutions"),
        ),
        careers=(
            ("/recrutement", "Recrutement"),
            ("/carrieres", "Carrières"),
            ("/emplois", "Emplois"),
        ),
        news=(("/actualites", "Actualités"), ("/blog", "Blog"), ("/presse", "Presse")),
        imprint=("/mentions-legales", "Mentions légales"),
        welcome=("Bienvenue chez {name}", "{name}, à vos côtés", "Bonjour"),
        offering=("Nous proposons {offering}.", "{name} propose {offering}."),
        founded=(
            "{name} a été fondée en {founded}.",
            "L’entreprise, fondée en {founded}, est restée indépendante.",
        ),
        size=(
            "Nous comptons aujourd’hui {employees} salariés.",
            "L’équipe réunit {employees} collaborateurs.",
        ),
        seat=("Notre siège social est à {city}.", "Notre siège est situé à {city}."),
        locations=("Nos agences à {places} vous accueillent.", "Retrouvez nos bureaux à {places}."),
        customers=("Ils nous font confiance : {customers}.", "Parmi nos clients : {customers}."),
        job=("{job} (H/F)", "Nous recrutons un {job} pour notre équipe."),
        no_jobs="Aucun poste n’est ouvert en ce moment.",
        filler=(
            "Chaque client est différent. C’est pourquoi nous écoutons d’abord, puis nous proposons"
            " ce qui marche vraiment sur le terrain.",
            "Chez nous, une promesse est tenue. Si quelque chose change, vous l’apprenez de nous"
            " avant d’avoir à le demander.",
            "Nos équipes connaissent le métier de l’intérieur. Beaucoup sont là depuis plus de dix"
            " ans et transmettent leur savoir-faire.",
        ),
        conjunction="et",
    ),
    "es": Wording(
        home="Inicio",
        about=(
            ("/sobre-nosotros", "Sobre nosotros"),
            ("/quienes-somos", "Quiénes somos"),
            ("/empresa", "La empresa"),
        ),
        product=(
            ("/servicios", "Servicios"),
            ("/productos", "Productos"),
            ("/soluciones", "Soluciones"),
        ),
        careers=(
            ("/empleo", "Empleo"),
            ("/trabaja-con-nosotros", "Trabaja con nosotros"),
            ("/unete", "Únete"),
        ),
        news=(("/noticias", "Noticias"), ("/actualidad", "Actualidad"), ("/blog", "Blog")),
        imprint=("/aviso-legal", "Aviso legal"),
        welcome=("Bienvenidos a {name}", "{name}, siempre cerca", "Hola"),
        offering=("Ofrecemos {offering}.", "{name} ofrece {offering}."),
        founded=(
            "{name} fue fundada en {founded}.",
            "La empresa, fundada en {founded}, sigue siendo independiente.",
        ),
        size=("Hoy somos {employees} empleados.", "Contamos con {employees} trabajadores."),
        seat=("Nuestra sede central está en {city}.", "Nuestra sede está en {city}."),
        locations=("Tenemos oficinas en {places}.", "Contamos con delegaciones en {places}."),
        customers=("Confían en nosotros: {customers}.", "Entre nuestros clientes: {customers}."),
        job=("{job} (m/f/x)", "Buscamos {job} para nuestro equipo."),
        no_jobs="Ahora mismo no hay puestos abiertos.",
        filler=(
            "Cada cliente es distinto. Por eso primero escuchamos y después proponemos lo que de"
            " verdad funciona en la práctica.",
            "Para nosotros la palabra cuenta. Si algo cambia, lo sabrá por nosotros antes de tener"
            " que preguntar.",
            "Nuestra gente conoce el oficio desde dentro. Muchos llevan más de diez años aquí y"
            " enseñan a los que llegan.",
        ),
        conjunction="y",
    ),
}

TRACES: Mapping[str, str] = {
    "WordPress": '<meta name="generator" content="WordPress 6.8.3">',
    "TYPO3": '<meta name="generator" content="TYPO3 CMS">',
    "PrestaShop": '<meta name="generator" content="PrestaShop">',
    "Webflow": '<meta name="generator" content="Webflow">',
    "Shopify": '<script src="https://cdn.shopify.com/s/files/1/theme.js"></script>',
    "HubSpot": '<script async src="https://js.hs-scripts.com/2201.js"></script>',
    "Salesforce": '<script src="https://d.la1-c1.force.com/embed.js"></script>',
    "Matomo": '<script async src="/matomo/matomo.js"></script>',
    "Google Tag Manager": '<script src="https://www.googletagmanager.com/gtm.js?id=G-1"></script>',
    "Hotjar": '<script src="https://static.hotjar.com/c/hotjar-1.js"></script>',
    "Intercom": '<script src="https://widget.intercom.io/widget/x1"></script>',
    "Next.js": '<script src="/_next/static/chunks/main.js"></script>',
    "jQuery": '<script src="/js/jquery-3.7.1.min.js"></script>',
    "Segment": '<script src="https://cdn.segment.com/analytics.js/v1/x/analytics.min.js"></script>',
    "Stripe": '<script src="https://js.stripe.com/v3/"></script>',
    "Doctolib": '<a href="https://www.doctolib.example/praxis">Doctolib</a>',
    "TIMOCOM": '<a href="https://www.timocom.example/partner">TIMOCOM</a>',
    "Transporeon": '<a href="https://login.transporeon.com/">Transporeon</a>',
    "Webfleet": '<a href="https://live.webfleet.com/">Webfleet</a>',
}
"""What a technology leaves in a page."""
