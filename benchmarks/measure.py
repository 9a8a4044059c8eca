"""What a run cost: wall time, CPU of every process that took part, bytes written."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg


@dataclass(slots=True)
class Bill:
    """What a run cost."""

    wall: float = 0.0
    """Seconds."""
    cpu: float = 0.0
    """Seconds of this process and of the database server."""
    written: int = 0
    """Bytes given to the operating system (SQLite) or to the write-ahead log (Postgres)."""


@contextmanager
def billed(database: str = "") -> Iterator[Bill]:
    """Measure what happens inside; a Postgres database's server is measured with it."""
    bill = Bill()
    server = _server(database)
    cpu, written = _own_cpu() + _cpu_of(server), _written(database)
    begun = time.perf_counter()
    yield bill
    bill.wall = time.perf_counter() - begun
    bill.cpu = _own_cpu() + _cpu_of(server) - cpu
    bill.written = _written(database) - written


def _own_cpu() -> float:
    parts = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in parts)


def _server(database: str) -> psutil.Process | None:
    """Return the Postgres server's first process: the parent of whoever answers us."""
    if not database.startswith("postgres"):
        return None
    with psycopg.connect(database) as connection:
        row = connection.execute("select pg_backend_pid()").fetchone()
        return psutil.Process(int(row[0])).parent() if row else None


def _cpu_of(server: psutil.Process | None) -> float:
    """Return the CPU seconds of a server and all its children, those that ended included."""
    if server is None:
        return 0.0
    total = sum(server.cpu_times()[:4])
    for child in server.children(recursive=True):
        try:
            total += sum(child.cpu_times()[:2])
        except psutil.NoSuchProcess:
            continue
    return total


def _written(database: str) -> int:
    if database.startswith("postgres"):
        with psycopg.connect(database) as connection:
            row = connection.execute(
                "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')"
            ).fetchone()
            return int(row[0]) if row else 0
    for line in Path("/proc/self/io").read_text(encoding="ascii").splitlines():
        if line.startswith("wchar"):
            return int(line.split()[1])
    return 0
