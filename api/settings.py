"""What a running service is told from outside: environment variables that begin with KIEMDIEM_."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from handlers.accounts.sessions import Lasting
from handlers.courier.run import STEPS_MINUTES

MEGABYTE = 1024 * 1024


class Settings(BaseSettings):
    """Settings of one service. Sizes are in bytes, the limit itself allowed."""

    model_config = SettingsConfigDict(env_prefix="KIEMDIEM_", extra="ignore")

    database_url: str = "sqlite:///var/kiemdiem.db"
    development: bool = False
    """Takes the acting person from a header or cookie. Never for a service that others can reach."""

    demo: bool = False
    """Shows invented people: the clock may start on their day, with real sign-in all the same."""

    clock_starts_at: datetime | None = None
    """Where the service's clock starts, in development and for a demo only."""

    session_idle_minutes: int = Field(default=120, gt=0, le=1440)
    """A session nobody used for so long is over."""

    session_hours: int = Field(default=12, gt=0, le=168)
    """A session is over after so long, used or not."""

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

    timer: bool = True
    """Sweeps and sends by itself while it serves; else somebody runs `kiemdiem sweep` and `deliver`."""

    sweep_every_minutes: int = Field(default=5, gt=0, le=1440)
    """How often each process looks for what is due; what several processes find is found once."""

    digest_at: time = time(7, 30)
    """From which hour (Asia/Ho_Chi_Minh) a person's letter of the day is written."""

    public_url: str = "http://127.0.0.1:8000"
    """How people reach the pages; links in letters, calls and calendars begin with it."""

    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    """Further names the service is reached by, written one.example,other.example, beside public_url."""

    mail_domain: str = "kiemdiem.internal"
    """The name that Message-IDs end with; never changed once letters went out."""

    mail_from: str = ""
    """The address letters come from."""

    smtp_host: str = ""
    """The server that takes the letters; empty: no e-mail goes out, what is due waits."""

    smtp_port: int = Field(default=587, gt=0, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_ca_file: Path | None = None
    """The office's own certificate authority, where the server's certificate is signed by it."""

    smtp_seconds: float = Field(default=15.0, gt=0, le=60)
    """How long each answer of the mail server is waited for."""

    webhook_private: bool = False
    """Webhooks may lead to this machine and to private networks, there also by http."""

    webhook_seconds: float = Field(default=10.0, gt=0, le=60)
    """How long a whole call may take."""

    oidc_issuer: str = ""
    """The office's own identity server, by the name it gives itself; empty: people sign in by password alone.
    Needs the extra `oidc`."""

    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    """As what the identity server knows this service; without a secret it is a public client."""

    oidc_label: str = ""
    """What people call that server; the button says it."""

    oidc_ca_file: Path | None = None
    """The office's own certificate authority, where that server's certificate is signed by it."""

    chat_schemes: Annotated[tuple[str, ...], NoDecode] = ()
    """The chat services people may be reminded by, as apprise names them, written tgram,slack; none: no
    chat. Needs the extra `chat`."""

    delivery_steps_minutes: Annotated[tuple[Annotated[int, Field(gt=0, le=20_160)], ...], NoDecode] = (
        STEPS_MINUTES
    )
    """How long a letter waits after each try in vain, written 1,5,15; then it is dead."""

    @property
    def session_lasting(self) -> Lasting:
        """How long sessions last."""
        return Lasting(
            idle=timedelta(minutes=self.session_idle_minutes), whole=timedelta(hours=self.session_hours)
        )

    @field_validator("delivery_steps_minutes", "chat_schemes", "allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part for part in value.split(",") if part] if isinstance(value, str) else value
