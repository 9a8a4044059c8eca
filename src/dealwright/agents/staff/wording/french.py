"""What letters say in French."""

from __future__ import annotations

from dealwright.agents.staff.wording.phrases import Talk, Wording

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

TALK = Talk(
    again=(
        "je vous ai écrit il y a quelques jours et voudrais ajouter une chose.",
        "ma lettre est peut-être arrivée à un moment chargé, voici donc encore une idée.",
        "vous n'avez peut-être pas eu le temps de répondre, je serai donc bref.",
    ),
    goodbye=(
        "c'est ma dernière lettre à ce sujet, je serai donc bref.",
        "je ne veux pas prendre plus de votre temps, cette lettre est donc la dernière.",
    ),
    farewell=(
        "Si cela devient un sujet un jour, une ligne me suffit.",
        "J'en reste là et ne vous écrirai plus sans une bonne raison.",
    ),
    returned=(
        "vous étiez absent quand j'ai écrit, j'ai donc attendu jusqu'à maintenant.",
        "j'ai vu que vous n'étiez pas au bureau, et j'ai attendu avec cette lettre.",
    ),
    later=(
        "vous avez écrit que ce n'était pas le bon moment, j'ai donc attendu.",
        "c'était trop tôt quand j'ai écrit, je vous ai donc laissé tranquille jusqu'à maintenant.",
    ),
    anew=(
        "nous ne nous sommes pas écrit depuis un moment, et j'ai lu du nouveau sur vous.",
        "je n'ai pas écrit depuis longtemps, et ne le ferais pas sans une raison.",
    ),
    thanks=(
        "merci de votre réponse.",
        "merci de m'avoir répondu.",
        "merci beaucoup pour votre message.",
    ),
    thanks_for_a_name=(
        "merci de me dire qui cela concerne.",
        "merci beaucoup de m'indiquer la bonne personne.",
    ),
    in_short=(
        "En bref : {product} aide les équipes à {helps}.",
        "En une ligne : nous aidons les gens à {helps}.",
    ),
    objections={
        "budget": (
            "Je comprends que l'argent doit être bien dépensé.",
            "C'est une bonne remarque : ce qui coûte doit en valoir la peine.",
        ),
        "timing": (
            "Je comprends qu'il y a beaucoup à faire en ce moment.",
            "Je vois que le moment n'est pas bon.",
        ),
        "need": (
            "Je comprends que vous n'en voyez pas le besoin.",
            "C'est une parole claire, et je la comprends.",
        ),
        "authority": (
            "Je comprends que vous ne décidez pas cela tout seul.",
            "Bien sûr, d'autres ont leur mot à dire.",
        ),
        "trust": (
            "Je comprends que vous vouliez d'abord voir si c'est vrai.",
            "Il est juste de demander plus que des mots.",
        ),
        "effort": (
            "Je comprends qu'un changement ne doit pas coûter plus de travail qu'il n'en épargne.",
            "Je vois que vous n'avez pas le temps pour un grand changement.",
        ),
    },
    offers_to_talk=(
        "Voulez-vous que nous parlions du reste quelques minutes ?",
        "Cela vous aiderait-il d'en parler brièvement ?",
    ),
    spoken=(
        "Bonjour, ici {sender}, de {firm}.",
        "Je vous ai écrit au sujet de {product} et voulais savoir si cela vous est utile.",
    ),
)
