"""Settings: what an installation decides, from environment variables that begin `DEALWRIGHT_`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import keyring
from keyring.errors import KeyringError
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from dealwright.errors import Misconfigured
from dealwright.llm.models import ModelSettings

KEYRING = "dealwright"
"""The keyring service secrets are stored under."""


class Settings(BaseSettings):
    """Everything read from the environment; nothing else in the package looks there."""

    model_config = SettingsConfigDict(
        env_prefix="DEALWRIGHT_", env_nested_delimiter="__", frozen=True, extra="ignore"
    )

    database: str = "sqlite:///dealwright.db"
    """Where the context store is: `sqlite:///path` or `postgresql://…`."""
    workspace: str = Field(default="default", pattern="^[a-z][a-z0-9_-]{0,39}$")
    """The client whose leads are worked; the wall between an agency's clients."""
    concurrency: int = Field(default=32, ge=1, le=1000)
    """Cases worked at the same time in one process."""
    user: str = Field(default="", max_length=80)
    """Who signs overrides and approvals; the login name when empty."""
    editor: str = Field(
        default="", validation_alias=AliasChoices("dealwright_editor", "visual", "editor")
    )
    """What opens a draft for editing; the usual variables say so, too."""
    connections: Path = Path("connections.yaml")
    """The file with the workspace's mailboxes, calendar and CRM; without it nothing leaves."""
    stop_file: Path = Path("dealwright.stop")
    """While a file of this name is there, nothing leaves; `dealwright stop` puts it there."""
    secrets: dict[str, SecretStr] = Field(default_factory=dict[str, SecretStr])
    """Connection id → its password, key or address; the keyring is asked for what is not here."""
    models: ModelSettings = ModelSettings()
    """Keys, tiers and limits of the model providers; see the reference."""


def secret(settings: Settings, connection: str) -> str | None:
    """Return a connection's secret from the environment or the keyring, or None."""
    name = connection.replace("-", "_").lower()
    given = settings.secrets.get(name)
    if given is not None:
        return given.get_secret_value()
    try:
        return keyring.get_password(KEYRING, connection)
    except KeyringError:
        return None


def read_settings(*, database: str | None = None, workspace: str | None = None) -> Settings:
    """Return what the environment says; what is given here counts more.

    Raises:
        Misconfigured: a setting has a value it cannot have; the message names it.

    """
    given = {"database": database, "workspace": workspace}
    try:
        return Settings.model_validate({key: value for key, value in given.items() if value})
    except ValidationError as error:
        problems = [
            f"{setting_name(entry['loc'])}: {entry['msg'].removeprefix('Value error, ')}"
            for entry in error.errors(include_url=False, include_input=False)
        ]
        raise Misconfigured("\n".join(problems)) from None


def setting_name(path: Sequence[str | int]) -> str:
    """Return the environment variable a setting is read from."""
    return "DEALWRIGHT_" + "__".join(map(str, path)).upper()
