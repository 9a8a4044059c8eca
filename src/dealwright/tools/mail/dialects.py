"""Dialects: bounces as servers write them that never read RFC 3464."""

from __future__ import annotations

import re

from dealwright.domain.conversation import MessageKind
from dealwright.tools.mail.bodies import body
from dealwright.tools.mail.ids import ids_in
from dealwright.tools.mail.reports import LONGEST_REASON, Report, class_in, original, status_in
from dealwright.tools.mail.structure import Taken
from dealwright.tools.mail.words import LONGEST_SUBJECT, addresses, header_words, one_address

MOST_READ = 20_000
_DAEMON = re.compile(
    r"(?:mailer|mail|postfix|smtp)[-_ .]?(?:daemon|deliver\w*|gateway|admin\w*)|post[-_]?master"
    r"|bounces?"
    r"|mail delivery (?:sub)?system|delivery[-_ ]?(?:status|failure)|undeliverable|mdaemon"
    r"|microsoftexchange.*|mail administrator|system administrator|mail router",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver(?:ed|able)|un?able to deliver|not delivered|non[- ]delivery"
    r"|deliver\w* (?:status|fail"
    r"|problem|error|report|delay)|(?:mail|message)(?: delivery)? (?:fail|error|delay|could not)"
    r"|failure notice|fail(?:ed|ure) (?:to deliver|delivery)|returned (?:mail|to sender|message)"
    r"|returning message to sender|could not (?:be delivered|send)|warning: message"
    r"|mail system error"
    r"|delivery notification|error sending your mail|user unknown|nondeliverable|unzustellbar"
    r"|nicht zugestellt|zustellung|unzustellbarkeit"
    r"|non[- ](?:remis|distribu)|échec de la (?:remise|distribution)"
    r"|no se (?:ha podido|pudo) entregar"
    r"|no entregado|mancat[oa] (?:recapito|consegna)|recapito non riuscito|onbestelbaar"
    r"|niet (?:bezorgd|afgeleverd)|não (?:foi )?entregue|falha na entrega|devuelto|restituito",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:could|can)(?: ?not|n't) be delivered|wasn't able to deliver|un?able to deliver"
    r"|was not delivered"
    r"|has not been delivered|undeliver(?:ed|able)|deliver\w* (?:\w+ ){0,6}failed"
    r"|delivery errors?"
    r"|trouble delivering|did not reach the following"
    r"|failed (?:permanently|recipients?|addresses)|fatal errors|permanent (?:error|failure)"
    r"|user unknown|unknown user|no such (?:user|mailbox|address)|mailbox unavailable"
    r"|error (?:has )?occurred while (?:attempting|trying) to deliver"
    r"|konnte(?:n)? nicht zugestellt"
    r"|n'a (?:pas )?pu être (?:remis|distribué|livré)|no (?:se )?pudo (?:ser )?entreg"
    r"|non è stato (?:possibile )?(?:recapit|consegn)"
    r"|kon(?:den)? niet (?:worden )?(?:bezorgd|afgeleverd)|não pôde ser entregue",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"delayed|will (?:continue|keep|be) (?:to )?(?:try|retr)|still (?:being )?(?:try|retr)"
    r"|not yet been"
    r"|no action is required|do not need to (?:re)?send|wird weiter versucht|verzögert|retardé"
    r"|warning: (?:could not send|message)|temporary failure|retrasad|ritardat|vertraagd",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"quota|mailbox (?:is )?full|over ?quota|disk full|postfach (?:ist )?voll", re.IGNORECASE
)
_COPY = re.compile(
    r"^[ >]*(?:received:|return-path:|message-id:|dkim-signature:|mime-version:"
    r"|-{2,}.{0,60}(?:below|original|copy|header|returned|unsent|begin|forward)"
    r"|(?:below is|here is|this is) (?:a )?copy|original message)",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_ID = re.compile(r"^[ >]*message-id:\s*(<[^>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE)
_IN_TEXT = re.compile(r"[\w.+=&'*/-]{1,64}@[\w-]+(?:\.[\w-]+)+")


def told_in_words(taken: Taken) -> Report | None:
    """Return what a server's letter says about a message of ours; None: it is no such letter."""
    if not _by_machine(taken):
        return None
    subject = header_words(taken.headers.get("subject", ""), LONGEST_SUBJECT)
    text = body(taken)[:MOST_READ]
    said, copy = _divided(text)
    failed = taken.headers.get("x-failed-recipients", "")
    if not (failed or _SUBJECT.search(subject) or _WORDS.search(said) or class_in(said)):
        return None
    sent = original(taken)
    ids = ids_in(sent.get("message-id", ""), 1) or ids_in(" ".join(_HEADER_ID.findall(copy)[:1]), 1)
    return Report(
        kind=_kind(subject, said),
        recipient=_recipient(taken, failed, said, sent.get("to", "")),
        status=status_in(said),
        reason=_reason(said),
        about=ids,
    )


def _by_machine(taken: Taken) -> bool:
    """Say whether a mail server wrote it: by its name, or as one that takes no answer does."""
    headers = taken.headers
    sender = next(iter(addresses(headers.get("from", ""))), ("", ""))
    if "x-failed-recipients" in headers or any(map(_DAEMON.fullmatch, _names(*sender))):
        return True
    silent = headers.get("return-path", "").strip() == "<>"
    automatic = headers.get("auto-submitted", "no").strip().lower() != "no"
    subject = header_words(headers.get("subject", ""), LONGEST_SUBJECT)
    return (silent or automatic) and bool(_SUBJECT.search(subject))


def _names(name: str, address: str) -> tuple[str, str]:
    return name.strip(), address.partition("@")[0]


def _divided(text: str) -> tuple[str, str]:
    """Return what the server says, and what it quotes of the message it returns."""
    copy = _COPY.search(text, 1)
    if copy is None or not text[: copy.start()].strip():
        return text, text
    return text[: copy.start()], text[copy.start() :]


def _kind(subject: str, said: str) -> MessageKind:
    grave = class_in(said)
    if grave == "5":
        return MessageKind.BOUNCE
    later = _NOT_YET.search(subject) or _NOT_YET.search(said) or _FULL.search(said)
    return MessageKind.DELAY if grave == "4" or later else MessageKind.BOUNCE


def _recipient(taken: Taken, failed: str, said: str, sent_to: str) -> str:
    """Return whom it failed to reach: as a header names them, else as its words do."""
    ours = taken.headers.get("to", "").lower()
    named = [where for _, where in addresses(failed) + addresses(sent_to) if where]
    if named:
        return named[0]
    written = (one_address(match[0].strip(".'-")) for match in _IN_TEXT.finditer(said))
    return next((where for where in written if where and where.lower() not in ours), "")


def _reason(said: str) -> str:
    lines = [line for line in said.splitlines() if class_in(line) or _WORDS.search(line)]
    by_number = [line for line in lines if class_in(line)]
    return header_words(next(iter(by_number or lines), ""), LONGEST_REASON)
