"""A first touch in Portuguese."""

from __future__ import annotations

from dealwright.agents.staff.wording.phrases import Wording

WORDING = Wording(
    greetings=("Olá, {name},", "Bom dia, {name},"),
    nobody=("Bom dia,",),
    intros=(
        "o meu nome é {sender} e trabalho na {firm}.",
        "sou {sender}, da {firm}.",
        "quem lhe escreve é {sender}, da {firm}, com uma pergunta curta.",
    ),
    facts={
        "headline": (
            "Li a vossa notícia «{value}» e pensei na vossa equipa.",
            "«{value}»: essa linha é o motivo por que lhe escrevo hoje.",
            "A notícia «{value}» chamou-me a atenção, por isso lhe escrevo.",
            "Acabo de ler «{value}» e surgiu-me uma pergunta.",
            "Ao ler «{value}», perguntei-me o que muda para a vossa equipa.",
        ),
        "hiring": (
            "Vi que procuram alguém: «{value}».",
            "O vosso anúncio «{value}» é o motivo por que lhe escrevo.",
            "O vosso anúncio «{value}» diz-me que aí não falta trabalho.",
            "«{value}»: vi que essa vaga está aberta na {company}.",
            "Li o vosso anúncio «{value}» e perguntei-me quem faz hoje esse trabalho.",
        ),
        "place": (
            "Vejo que trabalham a partir de {value}.",
            "{value} é um dos lugares onde a {company} trabalha.",
        ),
        "offering": (
            "«{value}»: é assim que o vosso site apresenta o que fazem.",
            "No vosso site li «{value}», e está bem dito.",
            "«{value}»: é esse, pelo que li, o trabalho da {company}.",
        ),
        "technology": (
            "Vejo que usam {value} e que sabem, portanto, quanto vale uma boa ferramenta.",
            "Na {company} trabalha-se com {value}, pelo que vejo.",
        ),
        "customers": (
            "Li que trabalham para «{value}».",
            "Entre os nomes no vosso site vi «{value}».",
        ),
        "partners": (
            "Li que trabalham com «{value}».",
            "Como parceiro, nomeiam «{value}», e tomei nota disso.",
        ),
        "size": (
            "Com {value} pessoas, uma pequena mudança depressa dá muito trabalho.",
            "Numa equipa de {value} há todos os dias muito para encaixar.",
            "Com {value} pessoas, já ninguém pode saber tudo o que ficou acordado.",
        ),
        "founded": (
            "A {company} existe desde {value}, por isso já viu passar muitas ideias.",
            "Desde {value} já lhes terão dito muitas vezes que alguém pode ajudar.",
        ),
    },
    asides={
        "headline": (
            "Li também «{value}».",
            "«{value}»: também reparei nisso.",
        ),
        "hiring": (
            "Também procuram alguém: «{value}».",
            "A isso junta-se a vossa vaga «{value}».",
        ),
    },
    bridges=(
        "É aí que {product} pode servir: ajudamos equipas como a vossa a {helps}.",
        "Por isso pensei em {product}, que ajuda as empresas a {helps}.",
        "Com {product} ajudamos as equipas, num momento assim, a {helps}.",
        "Num momento assim uma ajuda é útil, e é esse o nosso trabalho: {helps}.",
        "É o momento em que {product} ajuda as equipas a {helps}.",
    ),
    proofs=(
        "{proof}",
        "Para dar um exemplo: {proof}",
        "É assim no trabalho: {proof}",
        "Um resultado que podemos mostrar: {proof}",
    ),
    asks=(
        "Seria útil uma chamada curta?",
        "Posso mostrar-lhe em poucos minutos como funciona?",
        "Falamos sobre isso uns minutos?",
    ),
    closings=(
        "Se não for um bom momento, um simples não também serve.",
        "E se for outra pessoa a tratar disto, diga-me quem.",
        "Basta-me um sim ou um não numa linha.",
        "Se não, não precisa de me escrever uma resposta longa.",
        "Se preferir ler alguma coisa antes, envio-lhe uma página.",
    ),
    subjects=(
        "Uma pergunta sobre {company}",
        "Uma ideia para a {company}",
        "{company} e {product}",
        "Uma pergunta curta para a {company}",
    ),
    subjects_of={
        "headline": ("Sobre «{value}»", "«{value}»"),
        "hiring": ("A vossa vaga: {value}", "Sobre «{value}»"),
        "place": ("{company} em {value}",),
        "technology": ("{company} e {value}",),
    },
)
