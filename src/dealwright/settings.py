"""Settings: what an installation decides, from environment variables that begin `DEALWRIGHT_`."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from dealwright.llm.models import ModelSettings


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
    models: ModelSettings = ModelSettings()
    """Keys, tiers and limits of the model providers; see the reference."""
