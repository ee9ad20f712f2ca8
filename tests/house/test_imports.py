"""Imports point one way, and what decides knows nothing of what stores."""

import os
import subprocess
import sys
import tomllib
from typing import Any

from tests.house import tree

DECIDES_AND_STORES = "What decides knows nothing of what stores"


def test_every_import_keeps_the_contracts_of_pyproject() -> None:
    """A process of its own, because the linter imports each package it reads."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-cache",
    ]
    done = subprocess.run(
        command,
        cwd=tree.ROOT,
        env={**os.environ, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_of_workflow_is_on_one_side() -> None:
    """A new module has to be sorted: does it decide, or does it store, or join the two as the engine does?"""
    folder = tree.ROOT / "workflow"
    found = {
        f"workflow.{path.stem}"
        for path in folder.iterdir()
        if (path.suffix == ".py" and path.name != "__init__.py") or (path / "__init__.py").exists()
    }
    contract = _contract(DECIDES_AND_STORES)
    deciding, storing = set(contract["source_modules"]), set(contract["forbidden_modules"])
    storing = {name for name in storing if name.startswith("workflow.")}
    assert deciding & storing == set()
    assert found - deciding - storing == set(), "sort these in pyproject.toml"


def _contract(name: str) -> dict[str, Any]:
    settings = tomllib.loads((tree.ROOT / "pyproject.toml").read_text("utf-8"))
    contracts: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return next(contract for contract in contracts if contract["name"] == name)
