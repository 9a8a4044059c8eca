"""A first touch in Italian."""

from __future__ import annotations

from dealwright.agents.staff.wording.phrases import Wording

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
