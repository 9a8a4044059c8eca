"""Manner: length, readability, tone and the phrases no letter of ours contains."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from dealwright.agents.staff.grounding.spelling import (
    Phrases,
    by_first_word,
    fold,
    inside,
    phrases_in,
    words,
)
from dealwright.domain.draft import Role, Variant

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
_UNFILLED = ("{", "}", "<", ">", "[", "___", "xxx", "lorem")
"""One of these stands in every placeholder, unless there are two signs of per cent."""
_ANSWER = re.compile(
    r"^\s*(?:re|fwd?|aw|wg|tr|rv|rif|antw?|doorst|res|enc)\s*(?:\[\d+\])?\s*:", re.IGNORECASE
)
_ENDS = re.compile(r"(?<=[.!?…])[\"'”“»]*\s+")
_ENDS_WITHIN = re.compile(r"[.!?…][\"'”“»]*\s")
"""Tells whether a text ends before its last word, sooner than splitting it would."""
_PICTURE = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f]")
_LETTERS = re.compile(r"[^\W\d_]+")
_LOUD = re.compile(rf"[A-Z\u0080-\U0010ffff]{{{SHOUTED}}}")
"""So many letters, none of them a small one of the alphabet: what shouts has them in a row."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A variant as it is read, put together once for all that is asked of it."""

    subject: str
    body: str
    sentences: tuple[str, ...]
    """In the order in which they stand in the body."""

    @property
    def texts(self) -> tuple[str, str]:
        return self.subject, self.body

    @cached_property
    def told(self) -> tuple[tuple[str, ...], ...]:
        """The words of subject and body."""
        return words(self.subject), tuple(chain.from_iterable(map(words, self.sentences)))

    @cached_property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """What stands between the spaces, by sentence."""
        return tuple(tuple(text.split()) for text in self.sentences)


def letter_of(variant: Variant) -> Letter:
    """Return a variant as it is read."""
    by_role = (s.text for role in Role for s in variant.sentences if s.role == role)
    return Letter(subject=variant.subject, body=variant.body, sentences=tuple(by_role))


def length_faults(letter: Letter, fewest_words: int) -> Iterable[str]:
    """Say whether the letter or its subject is too short or too long."""
    count = sum(map(len, letter.parts))
    if count < fewest_words:
        yield f"{count} words are too few, {fewest_words} is the least"
    if count > MOST_WORDS:
        yield f"{count} words are too many, {MOST_WORDS} is the most"
    if len(letter.subject) > LONGEST_SUBJECT:
        yield f"the subject has {len(letter.subject)} characters, {LONGEST_SUBJECT} is the most"


def readability_faults(letter: Letter, language: str) -> Iterable[str]:
    """Say whether sentences or words are too long to be read at once."""
    lengths = [length for text in letter.sentences for length in _lengths(text) if length]
    longest, mean = max(lengths, default=0), sum(lengths) / max(1, len(lengths))
    if longest > LONGEST_SENTENCE:
        yield f"a sentence has {longest} words, {LONGEST_SENTENCE} is the most"
    elif mean > LONGEST_MEAN:
        yield f"sentences have {mean:.0f} words on average, {LONGEST_MEAN} is the most"
    limit = LONG_WORD.get(language, LONG_WORD_ELSEWHERE)
    if max(map(len, chain.from_iterable(letter.parts)), default=0) < limit:
        return
    letters = _LETTERS.findall(letter.body)
    long_words = [word for word in letters if len(word) >= limit]
    if len(long_words) > MOST_LONG_WORDS * len(letters):
        yield f"too many long words: {', '.join(long_words)[:120]}"


def forbidden_faults(letter: Letter, forbidden: Iterable[str]) -> Iterable[str]:
    """Name the phrases that no draft may contain, and what was left unfilled."""
    texts = letter.texts
    for phrase in forbidden:
        said = inside(phrase, texts) if words(phrase) else any(phrase in text for text in texts)
        if said:
            yield f"“{phrase}” is forbidden"
    if phrase := _first_said(SPAM, letter):
        yield f"“{phrase}” is forbidden"
    if left := next(filter(None, map(_placeholder, texts)), None):
        yield f"“{left.group()[:60]}” looks like a placeholder"


def tone_faults(letter: Letter, allowed: Iterable[str]) -> Iterable[str]:
    """Say what shouts, flatters or pretends to an acquaintance that is not there."""
    text = f"{letter.subject}\n{letter.body}"
    if _ANSWER.match(letter.subject):
        yield "the subject pretends to be an answer"
    if text.count("!") > 1 or "!" in letter.subject:
        yield "more than one exclamation mark, or one in the subject"
    if "??" in text or "?!" in text:
        yield "question marks in a row"
    if _PICTURE.search(text):
        yield "pictures are no words"
    if shouted := _shouted(text, allowed):
        yield f"“{shouted[:60]}” shouts"
    if phrase := _first_said(FAMILIAR, letter):
        yield f"“{phrase}” pretends to an acquaintance"


def _placeholder(text: str) -> re.Match[str] | None:
    lowered = text.lower()
    if lowered.count("%") > 1 or any(map(lowered.__contains__, _UNFILLED)):
        return _PLACEHOLDER.search(text)
    return None


def _first_said(phrases: Phrases[str], letter: Letter) -> str | None:
    """Return the first phrase that stands in the subject or in the body."""
    return next((phrase for phrase, _ in phrases_in(phrases, letter.told)), None)


def _lengths(text: str) -> list[int]:
    """Return how many words the sentences of a text have."""
    parts = _ENDS.split(text) if _ENDS_WITHIN.search(text) else (text,)
    return [len(part.split()) for part in parts]


def _shouted(text: str, allowed: Iterable[str]) -> str | None:
    if not _LOUD.search(text):
        return None
    loud = [w for w in _LETTERS.findall(text) if len(w) >= SHOUTED and w.isupper()]
    if not loud:
        return None
    known = {fold(word) for said in allowed for word in _LETTERS.findall(said) if word.isupper()}
    return next((word for word in loud if fold(word) not in known), None)
