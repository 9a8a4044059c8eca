"""What people say about their need, their budget, their hurry and who decides, in any language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_NEED = r"""
\b(?:we|i)(?:'re|’re|'m|’m|\ are|\ am)?\ (?:need|want|look(?:ing)?\ for|would\ like|have\ trouble
|struggl\w+|run|operate|have|lose|waste|searching)\b
|\b(?:wir|ich)\s(?:\w+\s)?(?:suchen?|brauchen?|haben|möchten?|wollen|benötigen?|verlieren|betreiben)\b
|\b(?:suche|brauche)n?\swir\b
|\b(?:nous|je|j['’])\s?(?:cherch\w+|avons|ai|souhait\w+|voul\w+|veux|perdons|exploitons)\b
|\b(?:buscamos|busco|necesit\w+|queremos|quiero|tenemos|perdemos)\b
|\b(?:cerchiamo|cerco|abbiamo|vogliamo|vorremmo|vorrei|ci\sserve|perdiamo)\b
|\b(?:wij|we|ik)\s(?:zoeken?|hebben|willen|wil|verliezen|rijden)\b
|\b(?:procuramos|procuro|precisamos|preciso|queremos|temos|perdemos)\b
"""
_BUDGET = r"""
\b(?:budgets?|presupuesto|orçamento|bilancio)\b
|[€$£]\s?\d|\b\d[\d.,']*\s?(?:k|€|\$|£|eur|euros?|usd|dollars?|gbp|pounds?|chf)(?!\w)
"""
_URGENCY = r"""
\b(?:asap|urgent\w*|immediately|as\ soon\ as|right\ away|no\ (?:rush|hurry))\b
|\bby\ (?:the\ end|next|q[1-4]|may\b|\w+(?:ary|ch|ril|une|uly|ust|ber))\b
|\b(?:this|next)\ (?:week|month|quarter|year)\b|\bwithin\ \w+\ (?:days|weeks|months)\b
|\b(?:dringend|sofort|so\sschnell)\b
|\bbis\s(?:ende|zum|spätestens|nächst\w+|\w+(?:ar|är|rz|il|ai|ni|li|st|er))\b
|\b(?:dies|nächst)\w+\s(?:woche|monat|quartal|jahr)\b
|\b(?:urgen[tc]\w*|dès\sque|le\splus\svite|d['’]ici|cette\s(?:semaine|année)|ce\smois|le\smois\sprochain)\b
|\b(?:urgente\w*|lo\santes|cuanto\santes|este\s(?:mes|año|trimestre)|esta\ssemana|próxim\w+\s\w+)\b
|\b(?:al\spiù\spresto|entro|questo\smese|questa\ssettimana|prossim\w+\s\w+)\b
|\b(?:zo\ssnel|dringend|deze\s(?:week|maand)|volgende?\s(?:week|maand|kwartaal)|voor\seind)\b
|\b(?:o\smais\srápido|quanto\santes|este\smês|esta\ssemana|até\s(?:ao?|o|final|fim)\b)
"""
_AUTHORITY = r"""
\b(?:i|we)\s(?:\w+\s)?decide\b|\bmy\s(?:boss|manager|director)\b|\bour\s(?:ceo|cfo|board|director|owner)\b
|\bi(?:\sam|['’]m)\s(?:the|an?)\s(?:owner|ceo|founder|director|head|manager|managing)\b
|\b(?:ich|wir)\sentscheide\w*\b|\bentscheide\s(?:ich|wir)\b|\bgeschäftsführ\w+|\b(?:mein|unser)e?\s(?:chef\w*|inhaber\w*)\b
|\b(?:je|nous)\sdécid\w+|\b(?:mon|ma|notre)\s(?:chef\w*|patron\w*|direct\w+|gérant\w*)\b
|\b(?:decido|decidimos)\b|\b(?:mi|nuestr[oa])\s(?:jef[ea]|director\w*|gerente)\b
|\b(?:decidiamo|il\smio\scapo|il\snostro\s(?:direttore|titolare)|sono\sil\stitolare)\b
|\b(?:ik|wij|we)\sbeslis\w*|\b(?:mijn|onze)\s(?:baas|directeur|directie)\b
|\b(?:o\smeu|o\snosso|a\snossa)\s(?:chefe|diretor\w*|gerente|administração)\b
"""

TOPIC_SIGNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "need": re.compile(_NEED, re.IGNORECASE | re.VERBOSE),
        "budget": re.compile(_BUDGET, re.IGNORECASE | re.VERBOSE),
        "urgency": re.compile(_URGENCY, re.IGNORECASE | re.VERBOSE),
        "authority": re.compile(_AUTHORITY, re.IGNORECASE | re.VERBOSE),
    }
)
"""Topic → what a statement about it has in it."""
