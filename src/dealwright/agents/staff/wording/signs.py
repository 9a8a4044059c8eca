"""Signs: words by which a message shows what speaks against us, in seven languages. Data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from dealwright.domain.reading import Objection

_BUDGET = (
    r"budget|expensive|pricey|costs?\b|afford|money|teuer|kosten|preis|geld|cher\b|chère|prix|coût"
    r"|argent|caro|presupuesto|precio|dinero|costoso|prezzo|soldi|duur|prijs|orçamento|preço"
    r"|dinheiro|discount|rabatt|remise|descuento|sconto|korting|desconto"
)
_TIMING = (
    r"not (?:right )?now|later|next (?:quarter|year)|bad time|busy|zeitpunkt|später|nächstes jahr"
    r"|gerade nicht|keine zeit|plus tard|pas le moment|l'année prochaine|más adelante|ahora no"
    r"|próximo año|più tardi|non (?:è )?ora|anno prossimo|niet nu|volgend jaar|mais tarde"
    r"|agora não|próximo ano"
)
_NEED = (
    r"no need|don't need|do not need|already have|happy with|bedarf|brauchen (?:wir )?nicht"
    r"|haben (?:wir )?schon|zufrieden|pas besoin|avons déjà|satisfaits|no necesitamos|ya tenemos"
    r"|contentos|non (?:ci )?serve|abbiamo già|soddisfatti|niet nodig|hebben (?:we )?al|tevreden"
    r"|não precisamos|já temos|satisfeitos"
)
_AUTHORITY = (
    r"my (?:boss|manager)|the board|decide|approval|chef|vorstand|entscheid|direction|décid"
    r"|mi jefe|decid|capo|direzione|decisione|baas|directie|beslis|chefe|direção"
)
_TRUST = (
    r"prove|proof|references?\b|too good|never heard|sceptical|skeptical|beweis|referenz|skeptisch"
    r"|preuve|référence|sceptique|prueba|referencia|prova|referenz|scettic|bewijs|referentie"
    r"|sceptisch|referência|cétic"
)
_EFFORT = (
    r"too much (?:work|effort)|migrat|complicated|onboarding|aufwand|umstellung|kompliziert"
    r"|trop de travail|compliqué|mucho trabajo|complicado|troppo lavoro|complicato|te veel werk"
    r"|ingewikkeld|omschakel|muito trabalho"
)
_COMPETITOR = (
    r"competitor|alternative|compared? (?:to|with)|we use|wir nutzen|wettbewerb|im vergleich"
    r"|alternative|concurrent|nous utilisons|competidor|usamos|concorrente|usiamo|concurrent"
    r"|wij gebruiken|we gebruiken"
)


def _sign(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


SIGNS: Mapping[Objection, re.Pattern[str]] = MappingProxyType(
    {
        Objection.BUDGET: _sign(_BUDGET),
        Objection.TIMING: _sign(_TIMING),
        Objection.NEED: _sign(_NEED),
        Objection.AUTHORITY: _sign(_AUTHORITY),
        Objection.TRUST: _sign(_TRUST),
        Objection.EFFORT: _sign(_EFFORT),
        Objection.COMPETITOR: _sign(_COMPETITOR),
    }
)
"""Objection → what it is told by: a hint for people, and never a ground to write something."""
