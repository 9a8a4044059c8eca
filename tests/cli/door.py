"""A door of its own: the real command line, with the rehearsal's sites in place of the internet."""

from __future__ import annotations

from dealwright.cli import main
from dealwright.runtime import World
from tests.cli.world import served

if __name__ == "__main__":
    with served() as sites:
        main(world=World(guard=sites.guard))
