"""A first touch in French."""

from __future__ import annotations

from dealwright.agents.staff.wording.phrases import Wording

WORDING = Wording(
    greetings=("Bonjour {name},",),
    nobody=("Bonjour,",),
    intros=(
        "je m'appelle {sender} et je travaille chez {firm}.",
        "je suis {sender}, de {firm}.",
        "c'est {sender} qui vous écrit, de chez {firm}, avec une courte question.",
    ),
    facts={
        "headline": (
            "J'ai lu votre nouvelle « {value} » et j'ai pensé à votre équipe.",
            "« {value} » : cette ligne est la raison pour laquelle je vous écris aujourd'hui.",
            "J'ai remarqué l'annonce « {value} », c'est pourquoi je vous écris.",
            "Je viens de lire « {value} », et une question m'est venue.",
            "En lisant « {value} », je me suis demandé ce que cela change pour votre équipe.",
        ),
        "hiring": (
            "J'ai vu que {company} recrute : « {value} ».",
            "Votre annonce « {value} » est la raison pour laquelle je vous écris.",
            "Votre annonce « {value} » me dit que le travail ne manque pas chez vous.",
            "« {value} » : j'ai remarqué que ce poste est ouvert chez vous.",
            "J'ai lu votre annonce « {value} » et je me suis demandé qui le fait aujourd'hui.",
        ),
        "place": (
            "Je vois que vous travaillez depuis {value}.",
            "{value} est un des lieux où {company} travaille.",
        ),
        "offering": (
            "« {value} » : c'est ainsi que votre site présente votre travail.",
            "Sur votre site, j'ai lu « {value} », et c'est bien dit.",
            "« {value} » : voilà, d'après ce que j'ai lu, le travail de {company}.",
        ),
        "technology": (
            "Je vois que vous utilisez {value} et que vous savez donc ce que vaut un bon outil.",
            "Chez {company}, on travaille avec {value}, d'après ce que je vois.",
        ),
        "customers": (
            "J'ai lu que vous travaillez pour « {value} ».",
            "Parmi les noms sur votre site, j'ai remarqué « {value} ».",
        ),
        "partners": (
            "J'ai lu que vous travaillez avec « {value} ».",
            "Comme partenaire, vous citez « {value} », et je l'ai bien noté.",
        ),
        "size": (
            "À {value} personnes, un petit changement donne vite beaucoup de travail.",
            "Avec une équipe de {value}, il y a chaque jour beaucoup à tenir ensemble.",
            "À {value} personnes, plus personne ne peut savoir tout ce qui a été convenu.",
        ),
        "founded": (
            "{company} existe depuis {value}, vous avez donc vu passer bien des idées.",
            "Depuis {value}, on vous a sans doute souvent dit que l'on pouvait vous aider.",
        ),
    },
    asides={
        "headline": (
            "J'ai aussi lu « {value} ».",
            "« {value} » : cela aussi, je l'ai remarqué.",
        ),
        "hiring": (
            "Vous cherchez aussi quelqu'un : « {value} ».",
            "Il y a aussi votre poste ouvert : « {value} ».",
        ),
    },
    bridges=(
        "C'est là que {product} peut servir : nous aidons des équipes comme la vôtre à {helps}.",
        "C'est pourquoi j'ai pensé à {product}, qui aide les entreprises à {helps}.",
        "Avec {product}, nous aidons les équipes, dans un tel moment, à {helps}.",
        "Dans un tel moment, une aide est utile, et c'est notre travail : {helps}.",
        "C'est le genre de moment où {product} aide les équipes à {helps}.",
    ),
    proofs=(
        "{proof}",
        "Pour vous donner un exemple : {proof}",
        "Ce que cela donne au travail : {proof}",
        "Un résultat que nous pouvons montrer : {proof}",
    ),
    asks=(
        "Un court échange vous serait-il utile ?",
        "Puis-je vous montrer en quelques minutes comment cela marche ?",
        "En parlons-nous quelques minutes ?",
    ),
    closings=(
        "Si ce n'est pas le bon moment, un simple non me va aussi.",
        "Et si une autre personne s'en occupe chez vous, dites-moi qui.",
        "Un oui ou un non en une ligne me suffit.",
        "Sinon, vous n'aurez pas de longue réponse à m'écrire.",
        "Si vous préférez d'abord lire quelque chose, je vous envoie une page.",
    ),
    subjects=(
        "Une question sur {company}",
        "Une idée pour {company}",
        "{company} et {product}",
        "Une courte question à {company}",
    ),
    subjects_of={
        "headline": ("À propos de « {value} »", "« {value} »"),
        "hiring": ("Votre poste ouvert : {value}", "À propos de « {value} »"),
        "place": ("{company} à {value}",),
        "technology": ("{company} et {value}",),
    },
)
