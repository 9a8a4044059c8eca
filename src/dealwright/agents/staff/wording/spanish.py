"""What letters say in Spanish."""

from __future__ import annotations

from dealwright.agents.staff.wording.phrases import Talk, Wording

WORDING = Wording(
    greetings=("Hola, {name}:", "Buenos días, {name}:"),
    nobody=("Buenos días:",),
    intros=(
        "me llamo {sender} y trabajo en {firm}.",
        "soy {sender}, de {firm}.",
        "le escribe {sender}, de {firm}, con una pregunta corta.",
    ),
    facts={
        "headline": (
            "He leído su noticia «{value}» y he pensado en su equipo.",
            "«{value}»: esa línea es el motivo por el que le escribo hoy.",
            "La noticia «{value}» me llamó la atención, por eso le escribo.",
            "Acabo de leer «{value}» y me ha surgido una pregunta.",
            "Al leer «{value}» me he preguntado qué cambia para su equipo.",
        ),
        "hiring": (
            "He visto que en {company} buscan a alguien: «{value}».",
            "Su anuncio «{value}» es el motivo por el que le escribo.",
            "Su anuncio «{value}» me dice que allí no falta trabajo.",
            "«{value}»: he visto que ese puesto está abierto en {company}.",
            "He leído su anuncio «{value}» y me he preguntado quién hace hoy ese trabajo.",
        ),
        "place": (
            "Veo que trabajan desde {value}.",
            "{value} es uno de los lugares donde trabaja {company}.",
        ),
        "offering": (
            "«{value}»: así presenta su página lo que hacen.",
            "En su página he leído «{value}», y está bien dicho.",
            "«{value}»: eso es, según he leído, lo que hace {company}.",
        ),
        "technology": (
            "Veo que usan {value} y que saben, por tanto, lo que vale una buena herramienta.",
            "En {company} se trabaja con {value}, por lo que veo.",
        ),
        "customers": (
            "He leído que trabajan para «{value}».",
            "Entre los nombres de su página he visto «{value}».",
        ),
        "partners": (
            "He leído que trabajan con «{value}».",
            "Como socio nombran a «{value}», y lo he apuntado.",
        ),
        "size": (
            "Con {value} personas, un cambio pequeño se convierte pronto en mucho trabajo.",
            "En un equipo de {value} hay cada día mucho que encajar.",
            "Con {value} personas, ya nadie puede saber todo lo que se ha acordado.",
        ),
        "founded": (
            "{company} existe desde {value}, así que habrán visto pasar muchas ideas.",
            "Desde {value} les habrán dicho muchas veces que alguien puede ayudar.",
        ),
    },
    asides={
        "headline": (
            "También he leído «{value}».",
            "«{value}»: eso también lo he visto.",
        ),
        "hiring": (
            "También buscan a alguien: «{value}».",
            "A eso se suma su puesto abierto: «{value}».",
        ),
    },
    bridges=(
        "Ahí es donde {product} puede servir: ayudamos a equipos como el suyo a {helps}.",
        "Por eso he pensado en {product}, que ayuda a las empresas a {helps}.",
        "Con {product} ayudamos a los equipos, en un momento así, a {helps}.",
        "En un momento así viene bien una ayuda, y ese es nuestro trabajo: {helps}.",
        "Es el tipo de momento en que {product} ayuda a los equipos a {helps}.",
    ),
    proofs=(
        "{proof}",
        "Por dar un ejemplo: {proof}",
        "Así se ve en el trabajo: {proof}",
        "Un resultado que podemos mostrar: {proof}",
    ),
    asks=(
        "¿Le sería útil una llamada corta?",
        "¿Le puedo mostrar en unos minutos cómo funciona?",
        "¿Hablamos de ello unos minutos?",
    ),
    closings=(
        "Si no es buen momento, un simple no también me vale.",
        "Y si de esto se ocupa otra persona, dígame quién.",
        "Me basta con un sí o un no en una línea.",
        "Si no, no hace falta que me escriba una respuesta larga.",
        "Si prefiere leer algo antes, le mando una página.",
    ),
    subjects=(
        "Una pregunta sobre {company}",
        "Una idea para {company}",
        "{company} y {product}",
        "Una pregunta corta para {company}",
    ),
    subjects_of={
        "headline": ("Sobre «{value}»", "«{value}»"),
        "hiring": ("Su puesto abierto: {value}", "Sobre «{value}»"),
        "place": ("{company} en {value}",),
        "technology": ("{company} y {value}",),
    },
)

TALK = Talk(
    again=(
        "le escribí hace unos días y quisiera añadir una cosa.",
        "mi carta quizá llegó en un momento con mucho trabajo, así que aquí va otra idea.",
        "quizá no tuvo tiempo de responder, así que seré breve.",
    ),
    goodbye=(
        "esta es mi última carta sobre el tema, así que seré breve.",
        "no quiero quitarle más tiempo, así que esta carta es la última.",
    ),
    farewell=(
        "Si algún día es un tema, me basta con una línea.",
        "Lo dejo aquí y no le escribiré más sin una buena razón.",
    ),
    returned=(
        "usted no estaba cuando escribí, así que he esperado hasta ahora.",
        "vi que no estaba en la oficina, y he esperado con esta carta.",
    ),
    later=(
        "usted escribió que entonces no era el momento, así que he esperado.",
        "era pronto cuando le escribí, así que lo he dejado tranquilo hasta ahora.",
    ),
    anew=(
        "hace tiempo que no nos escribimos, y ahora he leído algo nuevo sobre ustedes.",
        "hace mucho que no escribo, y no lo haría sin una razón.",
    ),
    thanks=(
        "gracias por su respuesta.",
        "gracias por haber contestado.",
        "muchas gracias por su mensaje.",
    ),
    thanks_for_a_name=(
        "gracias por decirme a quién le toca esto.",
        "muchas gracias por indicarme la persona adecuada.",
    ),
    in_short=(
        "En breve: {product} ayuda a los equipos a {helps}.",
        "En una línea: ayudamos a la gente a {helps}.",
    ),
    objections={
        "budget": (
            "Entiendo que el dinero debe gastarse bien.",
            "Es una buena observación: lo que cuesta dinero tiene que valer la pena.",
        ),
        "timing": ("Entiendo que ahora hay mucho que hacer.", "Veo que el momento no es bueno."),
        "need": ("Entiendo que no ve la necesidad.", "Es una palabra clara, y la entiendo."),
        "authority": (
            "Entiendo que no lo decide usted solo.",
            "Por supuesto, otros también tienen algo que decir.",
        ),
        "trust": (
            "Entiendo que primero quiera ver si es verdad.",
            "Es justo pedir más que palabras.",
        ),
        "effort": (
            "Entiendo que un cambio no debe dar más trabajo del que ahorra.",
            "Veo que no tiene tiempo para un gran cambio.",
        ),
    },
    offers_to_talk=("¿Hablamos del resto unos minutos?", "¿Le ayudaría hablar de ello brevemente?"),
    spoken=(
        "Buenos días, soy {sender}, de {firm}.",
        "Le he escrito sobre {product} y quería saber si le resulta útil.",
    ),
)
