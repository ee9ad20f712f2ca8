"""The repository names no machine: no path of one, no host that anything is fetched from."""

import re
from pathlib import Path

import pytest

from tests.house import tree

MACHINE_PATHS = re.compile(r"(?<![\w.\-/])(?:/(?:home|root|Users|work|mnt)/\w|[A-Z]:\\Users)")
HOSTS = re.compile(r"\w+://(?:[^\s/@\"'<>]*@)?([^\s/:\"'<>)\]},`?#]*)")

KNOWN_HOSTS = {
    "127.0.0.1",
    "keepachangelog.com",  # the form of CHANGELOG.md
    "semver.org",  # its versions
    "www.w3.org",  # namespaces of SVG
    "schemas.openxmlformats.org",  # namespaces inside a spreadsheet
}


def test_no_file_names_a_path_of_a_machine() -> None:
    found = [line for path, text in tree.text_files() for line in lines_with_paths(path, text)]
    assert found == []


def test_no_file_names_a_host_that_is_not_known_here() -> None:
    """Above all no lock file says where packages come from: whoever installs chooses the mirror."""
    found = [line for path, text in tree.text_files() for line in lines_with_hosts(path, text)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "paths", "hosts"),
    [
        ("open('/home/" + "an/kiemdiem/var')", 1, 0),  # somebody's folder
        ("see /work" + "flow/log.py and docs/work/x", 0, 0),  # our own folder, and a word in a path
        ("--index-url https:" + "//mirror.local/simple", 0, 1),  # a mirror
        ("postgresql://kiem:secret@db" + ".local:5432/x", 0, 1),  # a server, behind a user and a password
        ("sqlite:////tmp/x.db http://127.0.0.1:8000/reviews", 0, 0),  # this machine, whichever it is
        ("https://example.org and https://chibo.example/", 0, 0),  # names kept for examples
    ],
)
def test_the_checks_know_what_they_look_for(text: str, paths: int, hosts: int) -> None:
    place = tree.ROOT / "example"
    assert (len(lines_with_paths(place, text)), len(lines_with_hosts(place, text))) == (paths, hosts)


def lines_with_paths(path: Path, text: str) -> list[str]:
    return [
        f"{tree.name_of(path)}:{number}: {line.strip()}"
        for number, line in enumerate(text.splitlines(), start=1)
        if MACHINE_PATHS.search(line)
    ]


def lines_with_hosts(path: Path, text: str) -> list[str]:
    return [
        f"{tree.name_of(path)}:{number}: {host}"
        for number, line in enumerate(text.splitlines(), start=1)
        for host in HOSTS.findall(line)
        if not _known(host)
    ]


def _known(host: str) -> bool:
    """One word leads nowhere by itself (localhost, a name the code fills in); RFC 2606 keeps examples."""
    return "." not in host or host in KNOWN_HOSTS or host.endswith((".example", "example.org", "example.com"))
