"""What a running service is told from outside: environment variables that begin with KIEMDIEM_."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MEGABYTE = 1024 * 1024


class Settings(BaseSettings):
    """Settings of one service. Sizes are in bytes, the limit itself allowed."""

    model_config = SettingsConfigDict(env_prefix="KIEMDIEM_", extra="ignore")

    database_url: str = "sqlite:///var/kiemdiem.db"
    development: bool = False
    """Takes the acting person from a header or cookie. Never for a service that others can reach."""

    clock_starts_at: datetime | None = None
    """Where the service's clock starts, in development only: a demo is shown on its own day."""

    rulebook_shelf: Path | None = None
    """A folder with layers of one's own, a folder each, beside the shipped rulebooks."""

    json_bytes_max: int = Field(default=4 * MEGABYTE, gt=0)
    form_bytes_max: int = Field(default=1 * MEGABYTE, gt=0)
    upload_bytes_max: int = Field(default=20 * MEGABYTE, gt=0)
    json_depth_max: int = Field(default=32, gt=0)
    """How many brackets of a JSON body may be open at once."""

    live_every_milliseconds: int = Field(default=1000, ge=50)
    """How often a process asks the database what changed, for the pages that are open."""

    live_pages_max: int = Field(default=500, ge=0)
    """How many open pages one process tells of changes; those beyond ask for themselves."""
