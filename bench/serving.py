"""The service as an office runs it: workers of their own on a port of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import httpx2

from workflow.clock import ZONE

BEGINS = datetime(2017, 1, 25, 8, tzinfo=ZONE)


@contextmanager
def serving(url: str, *, workers: int, told: Mapping[str, str]) -> Iterator[str]:
    """Its address; its clock stands in the season, `told` are further settings."""
    environment = os.environ | {
        "KIEMDIEM_DATABASE_URL": url,
        "KIEMDIEM_CLOCK_STARTS_AT": BEGINS.isoformat(),
        "KIEMDIEM_TIMER": "0",
        **told,
    }
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "uvicorn", "--factory", "api.app:create_app", "--log-level", "error",
        "--port", str(port), "--workers", str(workers),
    ]  # fmt: skip
    process = subprocess.Popen(command, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _answers(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _answers(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the workers had the time to start: a new connection each time reaches any of them."""
    transport = httpx2.HTTPTransport(retries=7)
    with httpx2.Client(transport=transport, timeout=60) as client:
        for _ in range(20):
            assert process.poll() is None, "the server ended before it answered"
            assert client.get(f"{address}/health", headers={"connection": "close"}).status_code == 200
