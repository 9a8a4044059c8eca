"""The full figures: `python -m tests.adversary --runs 500`."""

from __future__ import annotations

import argparse
import asyncio
import sys

from tests.adversary.runs import Figures, run


def main() -> None:
    """Play so many worlds, print what came of them, and fail where anything was wrong."""
    parser = argparse.ArgumentParser(description="A worst-case brain in every agent.")
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    told = parser.parse_args()
    figures = asyncio.run(_played(told.first, told.runs))
    _say(f"runs {figures.runs}, letters on the wire {figures.letters}")
    _say(f"answers of the evil brain {figures.evil_calls}, by agent:")
    for agent, count in sorted(figures.by_agent.items()):
        _say(f"  {agent} {count}")
    for kind in (*KINDS, *sorted(figures.wrong.keys() - set(KINDS))):
        _say(f"{kind}: {figures.wrong[kind]}")
    _say(f"honest leads that were not served: {figures.unserved}")
    for line in figures.told[:20]:
        _say(f"  {line}")
    sys.exit(1 if figures.wrong or figures.unserved else 0)


KINDS = ("recipient", "sender", "gates", "link", "markup", "header", "another lead", "sent twice")


async def _played(first: int, runs: int) -> Figures:
    figures = Figures()
    for number in range(first, first + runs):
        figures.add(await run(number))
        if number % 50 == 49:
            _say(f"… {number + 1}")
    return figures


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
