"""What letters say in German."""

from __future__ import annotations

from dealwright.agents.staff.wording.phrases import Talk, Wording

WORDING = Wording(
    greetings=("Guten Tag {name},", "Hallo {name},"),
    nobody=("Guten Tag,",),
    intros=(
        "mein Name ist {sender}, ich arbeite bei {firm}.",
        "ich bin {sender} und schreibe Ihnen von {firm}.",
        "hier schreibt {sender} von {firm}, mit einer kurzen Frage.",
    ),
    facts={
        "headline": (
            "ich habe Ihre Nachricht „{value}“ gelesen und musste an Ihr Team denken.",
            "„{value}“: Diese Zeile ist der Grund, warum ich Ihnen heute schreibe.",
            "die Meldung „{value}“ ist mir aufgefallen, deshalb schreibe ich Ihnen.",
            "gerade habe ich „{value}“ gelesen, und mir kam dazu eine Frage.",
            "als ich „{value}“ las, habe ich mich gefragt, was das für Ihr Team heißt.",
        ),
        "hiring": (
            "ich habe gesehen, dass Sie jemanden suchen: „{value}“.",
            "Ihre Stellenanzeige „{value}“ ist der Grund, warum ich Ihnen schreibe.",
            "Ihre Anzeige „{value}“ sagt mir, dass es bei Ihnen viel zu tun gibt.",
            "„{value}“: Mir ist aufgefallen, dass diese Stelle bei Ihnen offen ist.",
            "ich las Ihre Anzeige „{value}“ und habe mich gefragt, wer diese Arbeit heute macht.",
        ),
        "place": (
            "ich sehe, dass Sie von {value} aus arbeiten.",
            "{value} ist einer der Orte, an denen {company} arbeitet.",
        ),
        "offering": (
            "„{value}“, so steht es auf Ihrer Seite, und das sagt schon viel.",
            "auf Ihrer Website las ich „{value}“, das ist gut gesagt.",
            "„{value}“: Dafür steht {company}, so habe ich es gelesen.",
        ),
        "technology": (
            "ich sehe, dass Sie {value} nutzen und also wissen, was ein gutes System wert ist.",
            "bei {company} ist {value} im Einsatz, soweit ich sehe.",
        ),
        "customers": (
            "ich habe gelesen, dass Sie für „{value}“ arbeiten.",
            "unter den Namen auf Ihrer Website ist mir „{value}“ aufgefallen.",
        ),
        "partners": (
            "ich habe gelesen, dass Sie mit „{value}“ arbeiten.",
            "als Partner nennen Sie „{value}“, das ist mir aufgefallen.",
        ),
        "size": (
            "bei {value} Menschen wird aus einer kleinen Änderung schnell viel Arbeit.",
            "mit {value} Leuten gibt es jeden Tag vieles, was zusammenpassen muss.",
            "bei {value} Leuten kann niemand mehr alles wissen, was ausgemacht ist.",
        ),
        "founded": (
            "{company} gibt es seit {value}, da haben Sie viele Ideen kommen und gehen sehen.",
            "seit {value} haben Sie sicher oft gehört, dass jemand helfen kann.",
        ),
    },
    asides={
        "headline": (
            "außerdem habe ich „{value}“ gelesen.",
            "auch „{value}“ ist mir aufgefallen.",
        ),
        "hiring": (
            "außerdem suchen Sie jemanden: „{value}“.",
            "dazu kommt Ihre offene Stelle „{value}“.",
        ),
    },
    bridges=(
        "Genau da kann {product} helfen: Wir unterstützen Teams wie Ihres dabei, {helps}.",
        "Deshalb habe ich an {product} gedacht: Es hilft Unternehmen, {helps}.",
        "Mit {product} helfen wir Teams in einem solchen Moment, {helps}.",
        "In so einem Moment ist Hilfe willkommen, und das ist unsere Arbeit: {helps}.",
        "Es ist ein Moment, in dem {product} den Menschen im Betrieb hilft, {helps}.",
    ),
    proofs=(
        "{proof}",
        "Dazu ein Beispiel: {proof}",
        "Wie das in der Arbeit aussieht: {proof}",
        "Ein Ergebnis, das wir zeigen können: {proof}",
    ),
    asks=(
        "Passt Ihnen dazu ein kurzes Gespräch?",
        "Darf ich Ihnen in wenigen Minuten zeigen, wie das geht?",
        "Wollen wir kurz darüber sprechen?",
    ),
    closings=(
        "Wenn es gerade nicht passt, ist ein kurzes Nein auch gut.",
        "Und wenn sich bei Ihnen jemand anderes darum kümmert, sagen Sie mir gern, wer.",
        "Ein Ja oder Nein in einer Zeile genügt mir.",
        "Wenn nicht, müssen Sie mir keine lange Antwort schreiben.",
        "Wenn Sie lieber erst etwas lesen möchten, schicke ich Ihnen gern eine Seite.",
    ),
    subjects=(
        "Eine Frage zu {company}",
        "Eine Idee für {company}",
        "{company} und {product}",
        "Kurze Frage an {company}",
    ),
    subjects_of={
        "headline": ("Zu „{value}“", "„{value}“"),
        "hiring": ("Ihre offene Stelle: {value}", "Zu „{value}“"),
        "place": ("{company} in {value}",),
        "technology": ("{company} und {value}",),
    },
)

TALK = Talk(
    again=(
        "vor einigen Tagen habe ich Ihnen geschrieben und möchte noch etwas ergänzen.",
        "mein Brief kam vielleicht in einem vollen Moment, deshalb noch ein Gedanke.",
        "vielleicht fehlte Ihnen die Zeit zu antworten, deshalb fasse ich mich kurz.",
    ),
    goodbye=(
        "das ist mein letzter Brief dazu, deshalb fasse ich mich kurz.",
        "ich möchte Ihre Zeit nicht weiter beanspruchen, dieser Brief ist der letzte.",
    ),
    farewell=(
        "Wenn es einmal ein Thema wird, genügt mir eine Zeile.",
        "Ich belasse es dabei und schreibe ohne guten Grund nicht wieder.",
    ),
    returned=(
        "Sie waren nicht da, als ich schrieb, deshalb habe ich bis jetzt gewartet.",
        "ich habe gesehen, dass Sie nicht im Büro waren, und mit diesem Brief gewartet.",
    ),
    later=(
        "Sie schrieben, dass es damals nicht passte, deshalb habe ich gewartet.",
        "es war zu früh, als ich zuletzt schrieb, deshalb habe ich bis jetzt gewartet.",
    ),
    anew=(
        "zwischen uns war es eine Weile still, und nun las ich etwas Neues über Sie.",
        "ich habe lange nicht geschrieben und täte es nicht ohne einen Grund.",
    ),
    thanks=(
        "danke für Ihre Antwort.",
        "vielen Dank, dass Sie geantwortet haben.",
        "vielen Dank für Ihre Nachricht.",
    ),
    thanks_for_a_name=(
        "danke, dass Sie mir sagen, wen das angeht.",
        "vielen Dank für den Hinweis auf die richtige Person.",
    ),
    in_short=(
        "Kurz gesagt: {product} hilft Teams, {helps}.",
        "In einer Zeile: Wir helfen Menschen dabei, {helps}.",
    ),
    objections={
        "budget": (
            "Ich verstehe, dass Geld gut ausgegeben sein will.",
            "Das ist ein guter Einwand: Was Geld kostet, muss sich lohnen.",
        ),
        "timing": (
            "Ich verstehe, dass gerade viel zu tun ist.",
            "Ich sehe, dass der Moment kein guter ist.",
        ),
        "need": (
            "Ich verstehe, dass Sie dafür keinen Bedarf sehen.",
            "Das ist ein klares Wort, und ich verstehe es.",
        ),
        "authority": (
            "Ich verstehe, dass Sie das nicht allein entscheiden.",
            "Natürlich sollen auch andere mitreden.",
        ),
        "trust": (
            "Ich verstehe, dass Sie erst sehen möchten, ob es stimmt.",
            "Es ist richtig, mehr als Worte zu verlangen.",
        ),
        "effort": (
            "Ich verstehe, dass eine Umstellung nicht mehr Arbeit machen darf, als sie spart.",
            "Ich sehe, dass Ihnen für eine große Umstellung die Zeit fehlt.",
        ),
    },
    offers_to_talk=(
        "Wollen wir über den Rest kurz sprechen?",
        "Hilft es Ihnen, wenn wir kurz darüber sprechen?",
    ),
    spoken=(
        "Guten Tag, hier ist {sender} von {firm}.",
        "Ich habe Ihnen zu {product} geschrieben und wollte fragen, ob Ihnen das hilft.",
    ),
)
