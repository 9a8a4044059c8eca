"""Reading: what a reply means, found by cues, counts and a small grammar of time.

A text goes from `folding` through `cues` and `signs` to the `classifier`; `asked_times`, `people`
and `tone` find what stands in it. The tables and the two models are data beside the modules; the
models are learnt by `scripts/train_replies.py`.
"""

from __future__ import annotations
