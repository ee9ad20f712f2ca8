"""What is installed is what is here: pinned with hashes, and with every data file."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house import tree

PINNED = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>\S+)(?P<rest>(?:.*\\\n)+.*)", re.MULTILINE)


@pytest.mark.parametrize(("file", "group"), [("run.txt", None), ("dev.txt", None), ("dev.txt", "dev")])
def test_every_dependency_is_pinned_with_its_hashes(file: str, group: str | None) -> None:
    pins = _pins(file)
    for wanted in _dependencies(group):
        assert canonicalize_name(wanted.name) in pins, f"{wanted} is not in {file}: make requirements"
        assert wanted.specifier.contains(pins[canonicalize_name(wanted.name)])


def test_run_and_development_use_the_same_versions() -> None:
    run, development = _pins("run.txt"), _pins("dev.txt")
    assert {name: development.get(name) for name in run} == run


def test_the_built_package_holds_every_file_of_the_five(tmp_path: Path) -> None:
    """A rulebook, template or migration left out would be missed only on somebody else's machine."""
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=tree.ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    here = {tree.name_of(path) for package in tree.PACKAGES for path in tree.files(tree.ROOT / package)}
    assert here - packed == set()


def _pins(file: str) -> dict[str, str]:
    text = (tree.ROOT / "requirements" / file).read_text("utf-8")
    pins = list(PINNED.finditer(text))
    assert len(pins) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)), "a line that is not a pin"
    assert all("--hash=sha256:" in pin["rest"] for pin in pins)
    return {canonicalize_name(pin["name"]): pin["version"] for pin in pins}


def _dependencies(group: str | None) -> list[Requirement]:
    settings = tomllib.loads((tree.ROOT / "pyproject.toml").read_text("utf-8"))
    names = settings["dependency-groups"][group] if group else settings["project"]["dependencies"]
    return [Requirement(name) for name in names]
