"""The settings of the running service, as a dependency of a route."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.settings import Settings


def settings_of(request: Request) -> Settings:
    """The settings the application was made with."""
    settings: Settings = request.app.state.settings
    return settings


TheSettings = Annotated[Settings, Depends(settings_of)]
