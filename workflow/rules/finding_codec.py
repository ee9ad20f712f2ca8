"""Findings as canonical JSON and back, exact to the last digit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from workflow.rules.finding import Finding, Operand, Verdict
from workflow.rules.values import from_json, to_json
from workflow.software import SOFTWARE

_encoder = msgspec.json.Encoder(order="sorted")


def findings_to_bytes(findings: Iterable[Finding]) -> bytes:
    """Findings as the findings table stores them, with the version of the software that judged them."""
    return _encoder.encode(
        {"software": SOFTWARE, "findings": [finding_to_json(finding) for finding in findings]}
    )


def findings_from_bytes(stored: bytes) -> tuple[Finding, ...]:
    """The findings that `findings_to_bytes` wrote."""
    return tuple(finding_from_json(item) for item in json.loads(stored)["findings"])


def software_of(stored: bytes) -> str:
    """The version of the software that judged stored findings."""
    return str(json.loads(stored)["software"])


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """One finding as plain JSON values."""
    return {
        "rule": finding.rule,
        "cite": finding.cite,
        "verdict": finding.verdict.value,
        "force": str(finding.force),
        "operands": [
            {"name": operand.name, "value": to_json(operand.value), "source": operand.source}
            for operand in finding.operands
        ],
        "comparison": finding.comparison,
        "reading": finding.reading,
        "missing": list(finding.missing),
    }


def finding_from_json(stored: dict[str, Any]) -> Finding:
    """One finding from plain JSON values."""
    return Finding(
        rule=stored["rule"],
        cite=stored["cite"],
        verdict=Verdict(stored["verdict"]),
        force=stored["force"],
        operands=tuple(
            Operand(name=item["name"], value=from_json(item["value"]), source=item["source"])
            for item in stored["operands"]
        ),
        comparison=stored["comparison"],
        reading=stored["reading"],
        missing=tuple(stored.get("missing", ())),
    )
