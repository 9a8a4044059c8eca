"""Manner: length, readability, tone and the phrases no letter of ours contains."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dealwright.agents.staff.grounding.spelling import (
    Phrases,
    by_first_word,
    fold,
    inside,
    phrases_in,
    words,
)
from dealwright.domain.draft import Variant

MOST_WORDS = 150
LONGEST_SUBJECT = 60
LONGEST_SENTENCE = 38
LONGEST_MEAN = 22
LONG_WORD = {"de": 20, "nl": 20}
LONG_WORD_ELSEWHERE = 15
MOST_LONG_WORDS = 0.12
SHOUTED = 5
"""Letters in capitals from which a word shouts, unless it is a name or stands in the evidence."""

_SPAM = """
act now; limited time; limited offer; once in a lifetime; click here; click below; buy now;
order now; free of charge; for free; free trial; 100 % free; risk free; no risk; no obligation;
special offer; special promotion; cash bonus; double your; triple your; make money; earn money;
guaranteed results; money back; satisfaction guaranteed; lowest price; best price; this is not
spam; dear friend; act fast; last chance; final notice; urgent; winner; incredible deal; amazing
offer; game changer; revolutionary; hope this email finds you well; hope this finds you well;
quick win guaranteed; skyrocket; 10x; nur heute; jetzt zugreifen; jetzt kaufen; jetzt bestellen;
hier klicken; letzte chance; einmalige chance; einmaliges angebot; sonderangebot; unverbindlich
und kostenlos; ohne risiko; geld zurück; garantierter erfolg; bester preis; nur für kurze zeit;
handeln sie jetzt; kein spam; revolutionär; ich hoffe es geht ihnen gut; dringend; gratis
testen; völlig kostenlos; weltneuheit; offre limitée; offre spéciale; offre exceptionnelle;
cliquez ici; achetez maintenant; agissez maintenant; dernière chance; sans risque; sans
engagement; satisfait ou remboursé; meilleur prix; argent facile; gagnez de l'argent; résultats
garantis; ceci n'est pas un spam; urgent; révolutionnaire; essai gratuit; j'espère que vous
allez bien; 100 % gratuit; oferta limitada; oferta especial; oferta exclusiva; haga clic aquí;
haz clic; compre ahora; actúe ahora; última oportunidad; sin riesgo; sin compromiso; gane
dinero; resultados garantizados; mejor precio; urgente; esto no es spam; revolucionario; prueba
gratis; 100 % gratis; espero que se encuentre bien; offerta limitata; offerta speciale; clicca
qui; acquista ora; ultima occasione; senza rischi; senza impegno; risultati garantiti; miglior
prezzo; rivoluzionario; prova gratuita; guadagna; spero che stia bene; beperkte aanbieding;
speciale aanbieding; klik hier; koop nu; bestel nu; laatste kans; zonder risico; gegarandeerd
resultaat; beste prijs; revolutionair; gratis proberen; vrijblijvend en gratis; oferta por tempo
limitado; clique aqui; compre agora; última chance; sem risco; sem compromisso; resultados
garantidos; melhor preço; revolucionário; teste grátis; ganhe dinheiro
"""
_FAMILIAR = """
as discussed; as we discussed; as agreed; following up on our; our last call; our call; our
conversation; our meeting; good talking to you; nice talking to you; great talking; nice meeting
you; great meeting you; as you know; as promised; thanks for your call; thank you for your
interest; you asked me; as requested; per your request; we met; when we spoke; my old friend;
buddy; long time no see; wie besprochen; wie vereinbart; wie versprochen; wie gewünscht; wie
telefonisch; unser gespräch; unserem gespräch; unser telefonat; unserem telefonat; unser
treffen; danke für ihr interesse; auf ihren wunsch; ihrer anfrage; ihre anfrage; comme convenu;
comme promis; comme discuté; suite à notre; notre entretien; notre appel; notre échange; notre
rencontre; merci de votre intérêt; à votre demande; como acordamos; como hablamos; como
quedamos; como prometí; nuestra conversación; nuestra llamada; nuestra reunión; gracias por su
interés; a petición suya; come concordato; come promesso; come d'accordo; la nostra
conversazione; la nostra chiamata; il nostro incontro; grazie per il suo interesse; zoals
afgesproken; zoals besproken; zoals beloofd; ons gesprek; ons telefoongesprek; onze afspraak;
dank voor uw interesse; como combinado; conforme combinado; como prometido; a nossa conversa;
nossa conversa; nossa chamada; nossa reunião; obrigado pelo seu interesse
"""
SPAM = by_first_word((phrase, "spam") for phrase in _SPAM.split(";"))
FAMILIAR = by_first_word((phrase, "familiar") for phrase in _FAMILIAR.split(";"))

_PLACEHOLDER = re.compile(r"[{}<>]|\[[^\]]*\]|\bx{3,}\b|_{3,}|\blorem ipsum\b|%\w+%", re.IGNORECASE)
_ANSWER = re.compile(
    r"^\s*(?:re|fwd?|aw|wg|tr|rv|rif|antw?|doorst|res|enc)\s*(?:\[\d+\])?\s*:", re.IGNORECASE
)
_ENDS = re.compile(r"(?<=[.!?…])[\"'”“»]*\s+")
_PICTURE = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f]")
_LETTERS = re.compile(r"[^\W\d_]+")


def length_faults(variant: Variant, fewest_words: int) -> Iterable[str]:
    """Say whether the letter or its subject is too short or too long."""
    count = len(variant.body.split())
    if count < fewest_words:
        yield f"{count} words are too few, {fewest_words} is the least"
    if count > MOST_WORDS:
        yield f"{count} words are too many, {MOST_WORDS} is the most"
    if len(variant.subject) > LONGEST_SUBJECT:
        yield f"the subject has {len(variant.subject)} characters, {LONGEST_SUBJECT} is the most"


def readability_faults(variant: Variant, language: str) -> Iterable[str]:
    """Say whether sentences or words are too long to be read at once."""
    said = [part for s in variant.sentences for part in _ENDS.split(s.text) if part.strip()]
    lengths = [len(part.split()) for part in said]
    longest, mean = max(lengths, default=0), sum(lengths) / max(1, len(lengths))
    if longest > LONGEST_SENTENCE:
        yield f"a sentence has {longest} words, {LONGEST_SENTENCE} is the most"
    elif mean > LONGEST_MEAN:
        yield f"sentences have {mean:.0f} words on average, {LONGEST_MEAN} is the most"
    letters = _LETTERS.findall(variant.body)
    limit = LONG_WORD.get(language, LONG_WORD_ELSEWHERE)
    long_words = [word for word in letters if len(word) >= limit]
    if len(long_words) > MOST_LONG_WORDS * len(letters):
        yield f"too many long words: {', '.join(long_words)[:120]}"


def forbidden_faults(variant: Variant, forbidden: Iterable[str]) -> Iterable[str]:
    """Name the phrases that no draft may contain, and what was left unfilled."""
    texts = variant.subject, variant.body
    for phrase in forbidden:
        said = inside(phrase, texts) if words(phrase) else any(phrase in text for text in texts)
        if said:
            yield f"“{phrase}” is forbidden"
    if phrase := _first_said(SPAM, texts):
        yield f"“{phrase}” is forbidden"
    left = next((found for text in texts if (found := _PLACEHOLDER.search(text))), None)
    if left:
        yield f"“{left.group()[:60]}” looks like a placeholder"


def tone_faults(variant: Variant, allowed: Iterable[str]) -> Iterable[str]:
    """Say what shouts, flatters or pretends to an acquaintance that is not there."""
    text = f"{variant.subject}\n{variant.body}"
    if _ANSWER.match(variant.subject):
        yield "the subject pretends to be an answer"
    if text.count("!") > 1 or "!" in variant.subject:
        yield "more than one exclamation mark, or one in the subject"
    if "??" in text or "?!" in text:
        yield "question marks in a row"
    if _PICTURE.search(text):
        yield "pictures are no words"
    if shouted := _shouted(text, allowed):
        yield f"“{shouted[:60]}” shouts"
    if phrase := _first_said(FAMILIAR, (variant.subject, variant.body)):
        yield f"“{phrase}” pretends to an acquaintance"


def _first_said(phrases: Phrases[str], texts: Iterable[str]) -> str | None:
    """Return the first phrase that stands in one of the texts."""
    said = phrases_in(phrases, [words(text) for text in texts])
    return next((phrase for phrase, _ in said), None)


def _shouted(text: str, allowed: Iterable[str]) -> str | None:
    loud = [w for w in _LETTERS.findall(text) if len(w) >= SHOUTED and w.isupper()]
    if not loud:
        return None
    known = {fold(word) for said in allowed for word in _LETTERS.findall(said) if word.isupper()}
    return next((word for word in loud if fold(word) not in known), None)
