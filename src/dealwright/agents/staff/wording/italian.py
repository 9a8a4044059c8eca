"""What letters say in Italian."""

from __future__ import annotations

from dealwright.agents.staff.wording.phrases import Talk, Wording

WORDING = Wording(
    greetings=("Buongiorno {name},", "Salve {name},"),
    nobody=("Buongiorno,",),
    intros=(
        "mi chiamo {sender} e lavoro in {firm}.",
        "sono {sender}, di {firm}.",
        "le scrive {sender}, di {firm}, con una breve domanda.",
    ),
    facts={
        "headline": (
            "Ho letto la vostra notizia «{value}» e ho pensato al vostro team.",
            "«{value}»: questa riga è il motivo per cui le scrivo oggi.",
            "La notizia «{value}» mi ha colpito, per questo le scrivo.",
            "Ho appena letto «{value}» e mi è venuta una domanda.",
            "Leggendo «{value}» mi sono chiesto che cosa cambia per il vostro team.",
        ),
        "hiring": (
            "Ho visto che in {company} cercate qualcuno: «{value}».",
            "Il vostro annuncio «{value}» è il motivo per cui le scrivo.",
            "Il vostro annuncio «{value}» mi dice che da voi il lavoro non manca.",
            "«{value}»: ho visto che da voi questo posto è aperto.",
            "Ho letto il vostro annuncio «{value}» e mi sono chiesto chi fa oggi quel lavoro.",
        ),
        "place": (
            "Vedo che lavorate da {value}.",
            "{value} è uno dei luoghi in cui lavora {company}.",
        ),
        "offering": (
            "«{value}»: così il vostro sito presenta quello che fate.",
            "Sul vostro sito ho letto «{value}», ed è detto bene.",
            "«{value}»: questo è, da quanto ho letto, il lavoro di {company}.",
        ),
        "technology": (
            "Vedo che usate {value} e che sapete quindi quanto vale un buono strumento.",
            "In {company} si lavora con {value}, da quanto vedo.",
        ),
        "customers": (
            "Ho letto che lavorate per «{value}».",
            "Tra i nomi sul vostro sito ho visto «{value}».",
        ),
        "partners": (
            "Ho letto che lavorate con «{value}».",
            "Come partner citate «{value}», e ne ho preso nota.",
        ),
        "size": (
            "Con {value} persone, un piccolo cambiamento diventa presto molto lavoro.",
            "In un team di {value} c'è ogni giorno molto da tenere insieme.",
            "Con {value} persone nessuno può più sapere tutto quello che si è deciso.",
        ),
        "founded": (
            "{company} esiste dal {value}, quindi di idee ne avrete viste passare molte.",
            "Dal {value} vi avranno detto spesso che qualcuno può aiutare.",
        ),
    },
    asides={
        "headline": (
            "Ho letto anche «{value}».",
            "«{value}»: ho visto anche questo.",
        ),
        "hiring": (
            "Cercate anche qualcuno: «{value}».",
            "C'è poi il vostro posto aperto: «{value}».",
        ),
    },
    bridges=(
        "È qui che {product} può servire: aiutiamo team come il vostro a {helps}.",
        "Per questo ho pensato a {product}, che aiuta le aziende a {helps}.",
        "Con {product} aiutiamo i team, in un momento come questo, a {helps}.",
        "In un momento così un aiuto è utile, e questo è il nostro lavoro: {helps}.",
        "È il momento in cui {product} aiuta i team a {helps}.",
    ),
    proofs=(
        "{proof}",
        "Per fare un esempio: {proof}",
        "Ecco come appare nel lavoro: {proof}",
        "Un risultato che possiamo mostrare: {proof}",
    ),
    asks=(
        "Le sarebbe utile una breve chiamata?",
        "Posso mostrarle in pochi minuti come funziona?",
        "Ne parliamo per qualche minuto?",
    ),
    closings=(
        "Se non è il momento giusto, va bene anche un semplice no.",
        "E se da voi se ne occupa un'altra persona, mi dica chi.",
        "Mi basta un sì o un no in una riga.",
        "Altrimenti non serve che mi scriva una risposta lunga.",
        "Se preferisce prima leggere qualcosa, le mando una pagina.",
    ),
    subjects=(
        "Una domanda su {company}",
        "Un'idea per {company}",
        "{company} e {product}",
        "Una breve domanda per {company}",
    ),
    subjects_of={
        "headline": ("Su «{value}»", "«{value}»"),
        "hiring": ("Il vostro posto aperto: {value}", "Su «{value}»"),
        "place": ("{company} a {value}",),
        "technology": ("{company} e {value}",),
    },
)

TALK = Talk(
    again=(
        "le ho scritto alcuni giorni fa e vorrei aggiungere una cosa.",
        "la mia lettera forse è arrivata in un momento pieno, quindi ecco ancora un'idea.",
        "forse non ha avuto il tempo di rispondere, quindi sarò breve.",
    ),
    goodbye=(
        "questa è la mia ultima lettera su questo tema, quindi sarò breve.",
        "non voglio prenderle altro tempo, quindi questa lettera è l'ultima.",
    ),
    farewell=(
        "Se un giorno diventa un tema, mi basta una riga.",
        "Mi fermo qui e non le scriverò più senza una buona ragione.",
    ),
    returned=(
        "lei non c'era quando ho scritto, quindi ho aspettato fino ad ora.",
        "ho visto che non era in ufficio, e ho aspettato con questa lettera.",
    ),
    later=(
        "lei ha scritto che non era il momento, quindi ho aspettato.",
        "era presto quando ho scritto, quindi l'ho lasciata in pace fino ad ora.",
    ),
    anew=(
        "non ci scriviamo da un po' di tempo, e ora ho letto qualcosa di nuovo su di voi.",
        "non scrivo da molto tempo, e non lo farei senza una ragione.",
    ),
    thanks=(
        "grazie della sua risposta.",
        "grazie di avermi risposto.",
        "molte grazie per il suo messaggio.",
    ),
    thanks_for_a_name=(
        "grazie di avermi detto a chi spetta.",
        "molte grazie per avermi indicato la persona giusta.",
    ),
    in_short=(
        "In breve: {product} aiuta le squadre a {helps}.",
        "In una riga: aiutiamo le persone a {helps}.",
    ),
    objections={
        "budget": (
            "È giusto che il denaro vada speso bene.",
            "È una buona osservazione: ciò che costa deve valere la pena.",
        ),
        "timing": ("Vedo che ora c'è molto da fare.", "Vedo che il momento non è buono."),
        "need": ("Vedo che per lei non è un bisogno.", "È una parola chiara, e la capisco."),
        "authority": ("Vedo che non decide da solo.", "Certo, anche altri devono dire la loro."),
        "trust": (
            "È giusto che prima voglia vedere se è vero.",
            "È giusto chiedere più che parole.",
        ),
        "effort": (
            "È vero che un cambiamento non deve dare più lavoro di quanto ne risparmi.",
            "Vedo che non ha tempo per un grande cambiamento.",
        ),
    },
    offers_to_talk=(
        "Parliamo del resto per qualche minuto?",
        "Le sarebbe utile parlarne brevemente?",
    ),
    spoken=(
        "Buongiorno, sono {sender} di {firm}.",
        "Le ho scritto su {product} e volevo sapere se le è utile.",
    ),
)
