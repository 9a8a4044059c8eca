"""What letters say in Portuguese."""

from __future__ import annotations

from dealwright.agents.staff.wording.phrases import Talk, Wording

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

TALK = Talk(
    again=(
        "escrevi-lhe há alguns dias e gostaria de acrescentar uma coisa.",
        "a minha carta talvez tenha chegado num momento cheio, por isso aqui vai mais uma ideia.",
        "talvez não tenha tido tempo de responder, por isso serei breve.",
    ),
    goodbye=(
        "esta é a minha última carta sobre o assunto, por isso serei breve.",
        "não quero tomar mais do seu tempo, por isso esta carta é a última.",
    ),
    farewell=(
        "Se um dia for um tema, basta-me uma linha.",
        "Não lhe escreverei de novo sem uma boa razão.",
    ),
    returned=(
        "não estava quando escrevi, por isso esperei até agora.",
        "vi que não estava no escritório, e esperei com esta carta.",
    ),
    later=(
        "escreveu que não era o momento, por isso esperei.",
        "era cedo quando escrevi, por isso não o incomodei até agora.",
    ),
    anew=(
        "há algum tempo que não nos escrevemos, e agora li algo de novo sobre vós.",
        "há muito que não escrevo, e não o faria sem uma razão.",
    ),
    thanks=(
        "obrigado pela sua resposta.",
        "obrigado por me ter respondido.",
        "muito obrigado pela sua mensagem.",
    ),
    thanks_for_a_name=(
        "obrigado por me dizer a quem isto diz respeito.",
        "muito obrigado por me indicar a pessoa certa.",
    ),
    in_short=(
        "Em resumo: {product} ajuda as equipas a {helps}.",
        "Em poucas palavras: ajudamos as pessoas a {helps}.",
    ),
    objections={
        "budget": (
            "Compreendo que o dinheiro tem de ser bem gasto.",
            "É uma boa observação: o que custa dinheiro tem de valer a pena.",
        ),
        "timing": ("Compreendo que agora há muito que fazer.", "Vejo que o momento não é bom."),
        "need": ("Compreendo que não vê necessidade.", "É uma palavra clara, e compreendo-a."),
        "authority": (
            "Compreendo que não decide isto sozinho.",
            "Claro, outros também têm uma palavra a dizer.",
        ),
        "trust": (
            "Compreendo que queira primeiro ver se é verdade.",
            "É justo pedir mais do que palavras.",
        ),
        "effort": (
            "Compreendo que uma mudança não deve dar mais trabalho do que poupa.",
            "Vejo que não tem tempo para uma grande mudança.",
        ),
    },
    offers_to_talk=(
        "Falamos do resto durante alguns minutos?",
        "Seria útil falarmos disso brevemente?",
    ),
    spoken=(
        "Bom dia, fala {sender}, da {firm}.",
        "Já lhe escrevi sobre {product} e queria saber se lhe é útil.",
    ),
)
