"""What letters say in Dutch."""

from __future__ import annotations

from dealwright.agents.staff.wording.phrases import Talk, Wording

WORDING = Wording(
    greetings=("Beste {name},", "Hallo {name},"),
    nobody=("Hallo,",),
    intros=(
        "mijn naam is {sender} en ik werk bij {firm}.",
        "ik ben {sender}, van {firm}.",
        "hier schrijft {sender} van {firm}, met een korte vraag.",
    ),
    facts={
        "headline": (
            "Ik las uw nieuws “{value}” en dacht aan uw team.",
            "“{value}”: die regel is de reden dat ik u vandaag schrijf.",
            "Uw bericht “{value}” viel mij op, daarom schrijf ik u.",
            "Net las ik “{value}”, en er kwam een vraag bij mij op.",
            "Toen ik “{value}” las, vroeg ik mij af wat dat voor uw team verandert.",
        ),
        "hiring": (
            "Ik zag dat u iemand zoekt: “{value}”.",
            "Uw vacature “{value}” is de reden dat ik u schrijf.",
            "Uw vacature “{value}” vertelt mij dat er bij u veel te doen is.",
            "“{value}”: ik zag dat deze vacature bij u open staat.",
            "Ik las uw vacature “{value}” en vroeg mij af wie dat werk nu doet.",
        ),
        "place": (
            "Ik zie dat u vanuit {value} werkt.",
            "{value} is een van de plaatsen waar {company} werkt.",
        ),
        "offering": (
            "“{value}”: zo staat het op uw website, en dat zegt veel.",
            "Op uw website las ik “{value}”, dat is goed gezegd.",
            "“{value}”: daar staat {company} voor, zo las ik.",
        ),
        "technology": (
            "Ik zie dat u {value} gebruikt en dus weet wat een goed systeem waard is.",
            "Bij {company} werkt u met {value}, zo te zien.",
        ),
        "customers": (
            "Ik las dat u voor “{value}” werkt.",
            "Tussen de namen op uw website zag ik “{value}”.",
        ),
        "partners": (
            "Ik las dat u met “{value}” werkt.",
            "Als partner noemt u “{value}”, dat viel mij op.",
        ),
        "size": (
            "Met {value} mensen wordt een kleine verandering al snel veel werk.",
            "In een team van {value} moet er elke dag veel samenkomen.",
            "Met {value} mensen kan niemand meer alles weten wat er is afgesproken.",
        ),
        "founded": (
            "{company} bestaat sinds {value}, dus u heeft veel ideeën zien komen en gaan.",
            "Sinds {value} heeft u vast vaak gehoord dat iemand kan helpen.",
        ),
    },
    asides={
        "headline": (
            "Ook las ik “{value}”.",
            "“{value}”: ook dat viel mij op.",
        ),
        "hiring": (
            "U zoekt ook iemand: “{value}”.",
            "Daar komt uw vacature “{value}” nog bij.",
        ),
    },
    bridges=(
        "Daar kan {product} van dienst zijn: wij helpen teams zoals het uwe om {helps}.",
        "Daarom dacht ik aan {product}: het helpt bedrijven om {helps}.",
        "Met {product} helpen wij teams op zo'n moment om {helps}.",
        "Op zo'n moment is hulp welkom, en dat is ons werk: {helps}.",
        "Het is een moment waarop {product} mensen helpt om {helps}.",
    ),
    proofs=(
        "{proof}",
        "Om een voorbeeld te geven: {proof}",
        "Zo ziet dat er op het werk uit: {proof}",
        "Een resultaat dat wij kunnen laten zien: {proof}",
    ),
    asks=(
        "Heeft u iets aan een kort gesprek?",
        "Mag ik u in een paar minuten laten zien hoe dat werkt?",
        "Zullen we er een paar minuten over praten?",
    ),
    closings=(
        "Als het nu niet uitkomt, is een kort nee ook goed.",
        "En als iemand anders dit bij u doet, hoor ik graag wie.",
        "Een ja of een nee in een regel is voor mij genoeg.",
        "Zo niet, dan hoeft u mij geen lang antwoord te schrijven.",
        "Als u liever eerst iets leest, stuur ik u een pagina.",
    ),
    subjects=(
        "Een vraag over {company}",
        "Een idee voor {company}",
        "{company} en {product}",
        "Korte vraag aan {company}",
    ),
    subjects_of={
        "headline": ("Over “{value}”", "“{value}”"),
        "hiring": ("Uw vacature: {value}", "Over “{value}”"),
        "place": ("{company} in {value}",),
        "technology": ("{company} en {value}",),
    },
)

TALK = Talk(
    again=(
        "enkele dagen geleden schreef ik u, en ik wil graag nog iets toevoegen.",
        "mijn brief kwam misschien op een druk moment, daarom nog een gedachte.",
        "misschien had u geen tijd om te antwoorden, daarom houd ik het kort.",
    ),
    goodbye=(
        "dit is mijn laatste brief hierover, daarom houd ik het kort.",
        "ik wil niet meer van uw tijd vragen, dus deze brief is de laatste.",
    ),
    farewell=(
        "Als het ooit een onderwerp wordt, is een regel genoeg.",
        "Ik laat het hierbij en schrijf niet weer zonder goede reden.",
    ),
    returned=(
        "u was er niet toen ik schreef, daarom heb ik tot nu gewacht.",
        "ik zag dat u niet op kantoor was, en heb met deze brief gewacht.",
    ),
    later=(
        "u schreef dat het toen niet het moment was, daarom heb ik gewacht.",
        "het was te vroeg toen ik schreef, daarom heb ik u tot nu met rust gelaten.",
    ),
    anew=(
        "het was een tijd stil tussen ons, en nu las ik iets nieuws over u.",
        "ik heb lang niet geschreven, en zou dat niet doen zonder reden.",
    ),
    thanks=("dank voor uw antwoord.", "dank dat u heeft geantwoord.", "veel dank voor uw bericht."),
    thanks_for_a_name=(
        "dank dat u mij zegt wie hierover gaat.",
        "veel dank dat u mij naar de juiste persoon verwijst.",
    ),
    in_short=(
        "Kort gezegd: {product} helpt teams om {helps}.",
        "In een regel: wij helpen mensen om {helps}.",
    ),
    objections={
        "budget": (
            "Ik begrijp dat geld goed besteed moet zijn.",
            "Dat is een goed punt: wat geld kost, moet het waard zijn.",
        ),
        "timing": ("Ik begrijp dat er nu veel te doen is.", "Ik zie dat het moment niet goed is."),
        "need": (
            "Ik begrijp dat u er geen behoefte aan heeft.",
            "Dat is een helder woord, en ik begrijp het.",
        ),
        "authority": (
            "Ik begrijp dat u dit niet alleen beslist.",
            "Natuurlijk hebben anderen ook iets te zeggen.",
        ),
        "trust": (
            "Ik begrijp dat u eerst wilt zien of het waar is.",
            "Het is goed om meer dan woorden te vragen.",
        ),
        "effort": (
            "Ik begrijp dat een verandering niet meer werk mag geven dan zij bespaart.",
            "Ik zie dat u geen tijd heeft voor een grote verandering.",
        ),
    },
    offers_to_talk=(
        "Zullen we het over de rest een paar minuten hebben?",
        "Helpt het u om er kort over te praten?",
    ),
    spoken=(
        "Goedendag, met {sender} van {firm}.",
        "Ik heb u geschreven over {product} en wilde vragen of u daar iets aan heeft.",
    ),
)
