"""Lawful: the law of the recipient's country knows the ground on which they are written to."""

from __future__ import annotations

from datetime import date

from dealwright.domain.situation import Ground, Held, Passed, Situation, Verdict
from dealwright.outbox.lawful import Rule, rule_for


def lawful(situation: Situation) -> Verdict:
    """Hold whatever the table of jurisdictions does not allow; a ground may still be recorded."""
    if situation.answers:
        return Passed(ground="answers their message")
    lead, recipient = situation.lead, situation.recipient
    if lead is None or recipient is None:
        return Held(because="nobody knows who would get it")
    if recipient.ground is None:
        return Held(because="no ground is recorded on which they may be written to")
    where = f"{lead.country or 'unknown country'}, {recipient.subscriber.replace('_', ' ')}"
    rule = rule_for(lead.country, recipient.subscriber)
    if rule is None:
        return Held(because=f"there is no rule for this recipient ({where})")
    if against := _against(rule, recipient.ground, situation.now.date()):
        return Held(because=f"{against} ({where}: {rule.law})")
    return Passed(ground=f"{_told(recipient.ground)} ({where}: {rule.law})")


def _against(rule: Rule, ground: Ground, today: date) -> str | None:
    if not ground.evidence.strip():
        return f"nothing shows the {ground.basis.replace('_', ' ')}"
    return rule.against(ground, today)


def _told(ground: Ground) -> str:
    return f"{ground.basis.replace('_', ' ')} since {ground.since}, shown by {ground.evidence}"
