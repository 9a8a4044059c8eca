"""Concepts: what businesses are said to do and have, by the words for it in seven languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from dealwright.agents.staff.grounding.spelling import words
from dealwright.domain.facts import Point

EVENTS: Mapping[str, frozenset[Point]] = MappingProxyType(
    {
        "funding": frozenset({Point.FUNDING}),
        "growth": frozenset({Point.HIRING, Point.GROWTH, Point.FUNDING, Point.LOCATIONS}),
        "hiring": frozenset({Point.HIRING}),
        "partnership": frozenset({Point.PARTNERS}),
        "award": frozenset(),
        "acquisition": frozenset(),
        "closing": frozenset(),
        "ending": frozenset(),
        "loan": frozenset(),
        "grant": frozenset(),
        "layoffs": frozenset(),
        "lawsuit": frozenset(),
        "insolvency": frozenset(),
        "certificate": frozenset(),
        "patent": frozenset(),
        "listing": frozenset(),
        "doubling": frozenset(),
        "leading": frozenset(),
        "guarantee": frozenset(),
        "free": frozenset(),
        "appointment": frozenset(),
        "departure": frozenset(),
        "relocation": frozenset(),
        "decline": frozenset(),
        "complaint": frozenset(),
        "strike": frozenset(),
        "launch": frozenset(),
        "opening": frozenset({Point.HIRING}),
        "boss": frozenset({Point.CONTACT}),
        "owner": frozenset(),
        "founding": frozenset({Point.FOUNDED}),
        "equity": frozenset(),
        "accident": frozenset(),
        "crime": frozenset(),
        "recall": frozenset(),
        "anniversary": frozenset(),
        "finance_head": frozenset(),
        "operations_head": frozenset(),
        "technology_head": frozenset(),
        "sales_head": frozenset(),
        "founder": frozenset(),
        "abroad": frozenset(),
        "family": frozenset(),
        "sale": frozenset(),
    }
)
"""What must not be said unless the evidence says it, and the points of which any fact does."""

POINTS: Mapping[Point, str] = MappingProxyType(
    {
        Point.HIRING: "hiring job",
        Point.FUNDING: "funding",
        Point.SIZE: "people",
        Point.FOUNDED: "founded",
        Point.HEADQUARTERS: "place",
        Point.LOCATIONS: "place",
        Point.CUSTOMERS: "customer",
        Point.PARTNERS: "partnership",
        Point.TECHNOLOGY: "software",
        Point.OFFERING: "offering",
        Point.INDUSTRY: "offering",
        Point.GROWTH: "growth",
    }
)
"""What a fact is about, whether or not its words say so."""

_WORDS = {
    "funding": (
        "fund funded funding financ* finanzier* series serie seed investor* investment* inversor* "
        "fundrais* kapital* finanziam* financiering* investidor* levee investisseur*"
    ),
    "loan": (
        "loan* lent borrow* darlehen* kredit* emprunt* prestamo* mutuo lening* geleend emprestim*"
    ),
    "grant": "grant grants zuschuss* subvention* subvencion* sovvenzion* subsidie*",
    "growth": (
        "grow growing grown grew growth wachs* wachst* gewachsen wuchs croiss* croitre creci* "
        "crec* crescit* cresc* groei* gegroeid* expan* ausbau* erweiter* scal* skalier* aggrandi*"
    ),
    "hiring": (
        "hire hires hired hiring recruit* rekrut* recrut* embauch* einstellen einstellt "
        "eingestellt einstellung* stellenanzeig* stellenausschreib* vacanc* vacant* vacatur* "
        "contratan* contratar assumete assumere assumono assunzion* werving annunci* anzeige* "
        "advert*"
    ),
    "job": (
        "job* role roles position* post posts opening openings stell* such* gesucht poste* "
        "puesto* plaza* busc* cerca* cercat* posizion* vaga vagas procur* zoek* recherch* cherch* "
        "ausschreib* ausgeschrieben offen* besetz* search* looking fill filling"
    ),
    "partnership": (
        "partner* partenar* alianza* socio* alleanz* parcer* kooper* cooperat* kooperier*"
    ),
    "award": (
        "award* prize* trophy trophee* premio* premi ausgezeichn* auszeichn* logistikpreis "
        "innovationspreis unternehmerpreis mittelstandspreis wirtschaftspreis gewann gewonnen won "
        "winner* winning laureat* remporte* galardon* ganado ganador* vinto vincit* prijs ganhou "
        "vencedor* nominat* finalist* recompens*"
    ),
    "acquisition": (
        "acquisition* acquir* ubernahm* ubernimmt ubernomm* takeover merg* fusion* rachat* "
        "rachet* acqui* adqui* bought aufgekauft zugekauft overname* overgenomen aquisi* compro "
        "comprado"
    ),
    "closing": (
        "closed closes closing closure* shut shutting schliesst schliessen schliessung* schloss "
        "geschlossen* fermeture* ferme fermer fermez cierr* cerrar* cerrad* chius* chiud* sluit* "
        "gesloten encerr* fechou fechado"
    ),
    "ending": (
        "withdrew withdrawn withdraws ruptur* rompi* rompu* abgebrochen beendet* zuruckgezogen "
        "getrennt abandon* ended terminated gekundigt* resilie* rescind* disdett* opgezegd*"
    ),
    "layoffs": (
        "layoff* dismiss* kurzarbeit* entlass* kundigung* gekundigt licenci* despid* despedi* "
        "licenzi* ontslag* ontslaan demiss* redundan* stellenabbau*"
    ),
    "lawsuit": (
        "lawsuit* sued suing klage verklagt* gericht tribunal* juicio* demanda* denunc* "
        "rechtszaak* verklaagd bussgeld* amende* multa* sancion*"
    ),
    "insolvency": (
        "insolv* bankrup* konkurs* pleite* faillit* quiebra* fallit* fallim* faillissement*"
    ),
    "certificate": "certif* zertifi* iso accredit* akkredit* homolog* tuv siegel* gutesiegel*",
    "patent": "patent* brevet* brevett* octroo*",
    "listing": "ipo borsengang* bourse* bolsa* quotat* beursgang* cotad*",
    "doubling": (
        "doubl* tripl* verdoppel* verdreifach* doppelt* triplicar raddopp* verdubbel* quadrupl* "
        "dobl* duplic* halv* halbier*"
    ),
    "leading": (
        "leader leaders leading fuhrend* marktfuhr* lider* largest grosste grossten toonaangev* "
        "grootste"
    ),
    "guarantee": (
        "guarant* garant* refund* rembours* erstatt* zuruckerstatt* rimbors* reembols* devolv* "
        "terugbetal*"
    ),
    "free": (
        "gratis kostenlos* gratuit* discount* rabatt* remise* descuent* sconto* korting* "
        "desconto* aufpreis* surcharge* surcout* recargo* sovrapprezz* meerprijs"
    ),
    "appointment": "appointed ernannt* ernenn* nomme nommee nombrado nombrada benoemd berufen",
    "departure": (
        "resign* stepped zuruckgetret* demission* dimiss* dimett* ausgeschied* retired retiring "
        "ruhestand* verstorben* died jubilacion jubilado jubila pensionier*"
    ),
    "relocation": (
        "relocat* umzug* umgezog* umzieh* traslad* demenag* mudan* mudad* trasloc* trasferi* "
        "verhuis*"
    ),
    "decline": (
        "declin* shrink* shrank losses verlust* ruckgang* gesunken* schrumpf* baisse* caida* calo "
        "queda"
    ),
    "complaint": "complain* beschwer* plaint* plainte* queja* reclam* lament* klacht* reclama*",
    "strike": "strike streik* greve* huelga* sciopero* staking*",
    "launch": "launch* gestartet einfuhr* eingefuhrt* lanc* lanz* uitgebracht rollout",
    "opening": (
        "opens opened opening eroffn* ouvre ouvrez ouvrent ouvrir ouvert* abre abren abrio abrir "
        "abierto abierta abiertos abiertas apre aprite aprono aprire apert* aberto* abriu geopend "
        "openen opent inaugur* einweih*"
    ),
    "boss": (
        "ceo chief managing-director geschaftsfuhr* directeur* directric* director* direttor* "
        "direttric* pdg gerente* gerant* consejer* administrad* amministr* bestuurder* boss chef* "
        "vorstand* president* preside presides diretor* md"
    ),
    "owner": (
        "owner* owns inhaber* besitz* eigentum* proprietor* proprietair* propietari* titular* "
        "titolar* eigenaar* proprietari* dono dona"
    ),
    "founding": (
        "founded gegrundet* grundete* fonde fondee fundada fundado fondata fondato opgericht* "
        "fundou"
    ),
    "equity": (
        "equity shareholder* finanzinvestor* beteiligung* einstieg gesellschafter* capital "
        "actionnaire* accionista* azionist* aandeelhouder* acionista* fonds"
    ),
    "crime": (
        "hack* cyber* ransomware* theft* stolen diebstahl* gestohlen* einbruch* robo robos robad* "
        "furto* diefstal* gestolen cambriol* roub*"
    ),
    "recall": "recall* ruckruf* ruckrufaktion* terugroep* richiam*",
    "anniversary": "anniversar* jubilaum* anniversaire* aniversari* jubileum*",
    "accident": (
        "accident* flood* burned burnt burglar* unfall* abgebrannt uberschwemm* uberflut* "
        "hochwasser* einbruch incend* inond* sinistre* degat* inund* incidente* alluvion* "
        "ongeluk* overstrom* acident* explosion* explos*"
    ),
    "finance_head": "cfo finanzchef* finanzvorstand* daf",
    "operations_head": "coo betriebsleit* operations-director",
    "technology_head": "cto cio it-leit*",
    "sales_head": "cso cro vertriebsleit* sales-director",
    "founder": "founder* cofounder* grunder* fondateur* fondatric* fundador* fondator* oprichter*",
    "founded": (
        "found* founded since seit gegrund* grund* fond* depuis fundad* fundac* desde dal dalla "
        "sinds opgericht* opricht* fundou established etabl* tradition* histor* geschicht* decad* "
        "jahrzehnt*"
    ),
    "abroad": (
        "export* internation* abroad ausland* overseas etranger* extranjer* estero buitenland*"
    ),
    "sale": (
        "sold verkauft verkauf vendu vendue vente vendieron vendido vendida venta venduto venduta "
        "vendita verkocht verkoop vendeu venda"
    ),
    "family": (
        "family familie* famili* famig* brother* sister* daughter* father mother wife husband "
        "bruder schwester* sohn tochter vater mutter ehefrau ehemann pere mere frere* soeur* fils "
        "fille epouse hermano* hermana* hijo* hija* padre madre esposa esposo fratello sorella "
        "figlio figlia moglie marito broer* zoon dochter vader moeder irmao irma filho filha pai "
        "mae"
    ),
    "driver": (
        "driver* fahrer* chauffeur* conducteur* conductric* conductor* autist* motorist* "
        "berufskraftfahr* lkw-fahr* haul* wheel"
    ),
    "dispatcher": (
        "dispatch* disponent* dispo disposit* planer* planner* planificad* exploitant* affret* "
        "pianificat* schedul* rota* dienstplan* planning* planung* plan plans planned planen "
        "plant planifi* tourenplan* einsatzplan*"
    ),
    "route": (
        "rout* tour* touren* strecke* tournee* ruta* rutas percors* rott* route* trip* rota* "
        "drive* fahrt* trajet* viaj* kilomet* miles run runs"
    ),
    "warehouse": (
        "warehous* lager* entrepot* almacen* magazz* magazijn* armaz* depot* storage stock* "
        "stockag* logistikzentr* distribution* hub* picker* picking pack* kommission*"
    ),
    "sales": (
        "sales sell* vertrieb* verkauf* vend* vent* vente* commerc* account-exec* kundenberat* "
        "verkoop* verkoper* revenue umsatz* kundenbetreu*"
    ),
    "support": (
        "support* service* kundenservice* kundendienst* atencion* assisten* klantenservice* "
        "atendimento* servic* helpdesk request* anfrag* ticket*"
    ),
    "engineer": (
        "engineer* develop* entwickl* ingen* programm* sviluppat* desarroll* ontwikkel* "
        "desenvolv* backend* frontend* softwareentw* code coding"
    ),
    "mechanic": (
        "mechan* mecan* monteur* technic* technik* techniker* tecnic* werkstatt* workshop* "
        "atelier* taller* officin* maintenance* wartung* install* installat*"
    ),
    "nurse": (
        "nurse* nursing pfleg* infirm* enferm* infermier* verpleeg* care carer* soin* cuidad* cura"
    ),
    "dental": "dent* zahn* odont* tand* hygien*",
    "accountant": (
        "accountan* bookkeep* buchhalt* compta* contab* boekhoud* steuer* tax fiscal* audit*"
    ),
    "electric": "electr* elektr* elettr* solar* photovolt* fotovolt*",
    "truck": (
        "truck* lorr* vehic* fahrzeug* lkw* camion* vehicul* furgon* veicol* vrachtwag* voertuig* "
        "caminh* fleet* flott* fuhrpark* flotil* parco van vans transporter* wagen*"
    ),
    "customer": (
        "customer* client* kund* klant* cliente* clienti buyer* account accounts besteller* serve "
        "serves served betreu* belief* auftraggeb*"
    ),
    "people": (
        "people employ* staff* colleague* mitarbeit* beschaft* angestellt* kolleg* salari* "
        "collaborat* personn* emplead* person* trabajador* dipendent* medewerk* werknem* mensen "
        "funcionar* colaborad* pessoa* team* crew* headcount workforce kopf* leute size effectif* "
        "plantilla kraft krafte fachkraft* verstarkung* renfort* refuerzo* rinforz* versterking* "
        "reforco*"
    ),
    "place": (
        "office* branch* site sites locat* standort* niederlass* filial* agenc* sede* siege* "
        "oficin* sed* vestig* kantoor* headquart* hauptsitz* based basis ansassig* zentral* "
        "region* local* lokal* stadt* city ville* ciudad* citta* stad* cidade* place* market "
        "markt* zweig*"
    ),
    "software": (
        "softw* tool* system* platform* platt* plataform* piattaform* program* stack* technolog* "
        "tecnolog* logiciel* herramient* strument* outil* crm erp tms app apps built nutz* "
        "einsatz* setz* rely relies utilis* usan usa uso einges*"
    ),
    "offering": (
        "offer* provid* product* produkt* produit* prodott* servic* dienst* speciali* speziali* "
        "especial* special* focus* market* business* geschaft* branch* industr* sector* sektor* "
        "secteur* settore* makes"
    ),
    "transport": (
        "transport* freight* fracht* carrier* spedition* spediteur* haul* logist* cargo* fret "
        "carga* merc* trasport* vracht* vervoer* forward* shipping ship versand* verfracht* "
        "lading*"
    ),
    "delivery": (
        "deliver* liefer* livr* entreg* consegn* lever* parcel* paket* colis* paquet* pacc* "
        "zustell* stopp* shipment* sendung*"
    ),
    "cold": (
        "cold* cool* chill* kuhl* frisch* froid* frigor* fri* frio refrig* fredd* koel* "
        "temperatur* frozen tiefkuhl* congel* surgel*"
    ),
    "food": (
        "fruit* frut* obst* gemus* vegetab* verdur* legum* groent* food* lebensmittel* aliment* "
        "bio organic* grocer* voedsel* gastro* restaurant*"
    ),
    "night": "night* nacht* nuit* noch* nott* noite* shift* schicht*",
    "capacity": (
        "capac* kapaz* busy volume* ausgelast* auslast* capienz* workload* pipeline backlog"
    ),
    "money": (
        "money geld* argent diner* sold* cost* kosten* cout* coste* budget* saving* sav* spar* "
        "econom* ahorr* rispar* bespar* poup* euro* million* millionen* tranche* round* runde* "
        "ronda* rais* investier* investiss* inversion* inviert* invert* invest* investering* "
        "investimento*"
    ),
    "sustainability": (
        "sustain* nachhalt* durabl* sosten* duurz* susten* green* grun* emission* co2 climat* "
        "klima* carbon*"
    ),
    "digital": "digital* digitali* numeri* online automat* cloud*",
}


def _index(*, starts: bool) -> Mapping[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for name, said in _WORDS.items():
        for word in said.split():
            if word.endswith("*") is starts:
                names.setdefault(word.removesuffix("*"), set()).add(name)
    return MappingProxyType({word: frozenset(found) for word, found in names.items()})


_NAMES = _index(starts=False)
_STARTS = _index(starts=True)
_LONGEST_START = max(map(len, _STARTS))
SHORTEST_PART = 5
_NOTHING: frozenset[str] = frozenset()


@lru_cache(maxsize=20_000)
def concepts_of(word: str) -> frozenset[str]:
    """Return the concepts a folded word stands for."""
    found = _NAMES.get(word, _NOTHING)
    for end in range(2, min(len(word), _LONGEST_START) + 1):
        if names := _STARTS.get(word[:end]):
            found |= names
    return found


@lru_cache(maxsize=20_000)
def concepts_within(word: str) -> frozenset[str]:
    """Return the concepts of the words a compound is made of: a Fernfahrer is a driver, too."""
    parts = (word[start:] for start in range(len(word) - SHORTEST_PART + 1))
    return frozenset(name for part in parts for name in concepts_of(part))


@lru_cache(maxsize=4_000)
def concepts_in(text: str) -> frozenset[str]:
    """Return the concepts that the words of a text stand for."""
    return _NOTHING.union(*map(concepts_of, words(text)))


@lru_cache(maxsize=4_000)
def concepts_in_parts(text: str) -> frozenset[str]:
    """Return the concepts that the words of a text stand for, compounds taken apart."""
    return _NOTHING.union(*map(concepts_within, words(text)))
