"""A real Tryton on a SQLite file: its modules are installed once, then the file is copied."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

USER, PASSWORD = "admin", "for these tests only"
STARTS_WITHIN = 120
"""Seconds a busy machine may take until the server answers."""

# With email-validator in reach Tryton would look every address's domain up in the DNS.
SERVE = "import sys; sys.modules['email_validator'] = None; from trytond.cli import main; main()"
# Judging each of its own thousands of records anew would double the time an installation takes.
INSTALL = """
import sys
sys.modules["email_validator"] = None
from trytond.cli.admin import main
from trytond.model import ModelStorage
ModelStorage._validate = classmethod(lambda *_, **__: None)
main()
"""


def prepared(folder: Path) -> Path:
    """Return a database with the modules in it, made by the first process that asks."""
    made = folder / f"prepared-{version('trytond')}.sqlite"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            with TemporaryDirectory() as work:
                _install(Path(work))
                shutil.copy(Path(work) / "crm.sqlite", folder / "unfinished")
            (folder / "unfinished").rename(made)
    return made


def _install(folder: Path) -> None:
    configuration = _configuration(folder, port=0)
    (folder / "crm.sqlite").touch()
    (folder / "password").write_text(PASSWORD)
    modules = ["-u", "sale_opportunity", "--activate-dependencies"]
    database = ["-c", configuration, "-d", "crm", "--all", "-p", "--email", "nobody@example.com"]
    subprocess.run(
        [sys.executable, "-c", INSTALL, *database, *modules],
        env={**os.environ, "TRYTONPASSFILE": str(folder / "password")},
        check=True,
        timeout=500,
    )
    with closing(sqlite3.connect(folder / "crm.sqlite")) as db:
        db.execute("pragma wal_checkpoint(truncate)").fetchall()


def _configuration(folder: Path, port: int) -> Path:
    file = folder / "trytond.conf"
    file.write_text(
        f"[database]\nuri = sqlite://\npath = {folder}\n[web]\nlisten = 127.0.0.1:{port}\n"
    )
    return file


@contextmanager
def a_tryton(database: Path, folder: Path) -> Generator[int]:
    """Serve a copy of the database; yield the port."""
    shutil.copy(database, folder / "crm.sqlite")
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port: int = free.getsockname()[1]
    configuration = _configuration(folder, port)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", SERVE, "-c", configuration, "-d", "crm"],
            stdout=log,
            stderr=log,
        )
        try:
            _await(server, port)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=30)


def _await(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            Office(port)
        except httpx.ConnectError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("Tryton does not start")


class Office:
    """What people do in Tryton's own client."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}/crm/rpc/"
        self._headers: dict[str, str] = {}
        user_id, token, _ = self.call("common.db.login", USER, {"password": PASSWORD}, "en")
        joined = f"{USER}:{user_id}:{token}".encode()
        self._headers = {"authorization": f"Session {b64encode(joined).decode()}"}
        self.company = 0
        self.currency = 0

    def open(self) -> None:
        """Found the company everything belongs to."""
        euro = {
            "name": "Euro",
            "code": "EUR",
            "symbol": "€",
            "digits": 2,
            "rounding": amount("0.01"),
        }
        self.currency = self.create("currency.currency", euro)
        us = self.create("party.party", {"name": "Ourselves"})
        company = {"party": us, "currency": self.currency}
        self.company = self.create("company.company", company)
        mine = {"companies": [["add", [self.company]]], "company": self.company}
        self.call("model.res.user.write", [1], mine, {})

    def create(self, model: str, values: Mapping[str, object]) -> int:
        return self.call(f"model.{model}.create", [values], {"company": self.company or None})[0]

    def sell(self, party: int) -> None:
        """Confirm a sale to a party."""
        address = self.create("party.address", {"party": party, "city": "Delft"})
        line = {"type": "line", "description": "one", "quantity": 1.0, "unit_price": amount("10")}
        who = {"party": party, "company": self.company, "currency": self.currency}
        where = {"invoice_address": address, "shipment_address": address}
        sale = self.create("sale.sale", who | where | {"lines": [["create", [line]]]})
        for step in ("quote", "confirm"):
            self.call(f"model.sale.sale.{step}", [sale], {"company": self.company})

    def call(self, method: str, *params: object) -> list[int]:
        answer = httpx.post(
            self._url,
            json={"id": 1, "method": method, "params": params},
            headers=self._headers,
            timeout=60,
            trust_env=False,
        )
        told = answer.raise_for_status().json()
        assert "error" not in told, told
        return told["result"]


def amount(text: str) -> dict[str, str]:
    return {"__class__": "Decimal", "decimal": text}
