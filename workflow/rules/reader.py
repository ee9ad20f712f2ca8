"""One TOML table becomes one rule; whatever does not fit is named by its key."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from workflow.rules.conditions.shipped import find_condition
from workflow.rules.facts import FactError, check_fact
from workflow.rules.finding import Force
from workflow.rules.readings import Reading
from workflow.rules.rule import EFFECTS, GATES, KINDS, LEVELLED, Both, Role, Rule
from workflow.rules.vocabulary import VOCABULARY
from workflow.rules.when import BOUNDS

KEYS = frozenset(Rule.__dataclass_fields__) - {"parameters", "layer", "by_reading"}
READING = re.compile(r"C-\d{2,3}$")
RULE_ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+$")
Complain = Callable[[str, str], None]


def read_rule(
    table: Mapping[str, Any],
    default_in_force: date | None,
    layer: str,
    readings: Mapping[str, Reading],
    say: Complain,
) -> Rule | None:
    """The rule in one `[[rule]]` table; None after `say(key, what)` was called for each thing wrong.

    A parameter `{ reading = "C-17" }` takes the choice of that one of `readings`.
    """
    wrong: list[str] = []

    def complain(key: str, what: str) -> None:
        wrong.append(key)
        say(key, what)

    plain = {key: _plain(value) for key, value in table.items()}
    given = {key: value for key, value in plain.items() if key in KEYS}
    parameters = {key: value for key, value in plain.items() if key not in KEYS}
    by_reading = _take_readings(given, parameters, readings, complain)
    _check_identity(given, layer, complain)
    _check_place(given, complain)
    _check_condition(given, parameters, complain)
    check_when(given.get("when", {}), complain)
    for key in ("says", "help", "fails"):
        if key in given and not _is_both(given[key]):
            complain(key, "needs a text in vi and in en")
    in_force = given.get("in_force", default_in_force)
    if not isinstance(in_force, date):
        complain("in_force", "is missing; a rule is valid from a day on")
    elif given.get("in_force_until", date.max) < in_force:
        complain("in_force_until", "lies before in_force; the rule would never be valid")
    if wrong:
        return None
    given.setdefault("gates", ())
    given["in_force"] = in_force
    given["role"], given["force"] = Role(given["role"]), Force(given["force"])
    for key in ("says", "help", "fails"):
        if key in given:
            given[key] = Both(given[key]["vi"], given[key]["en"])
    return Rule(parameters=parameters, layer=layer, by_reading=by_reading, **given)


def _take_readings(
    given: Mapping[str, Any], parameters: dict[str, Any], readings: Mapping[str, Reading], say: Complain
) -> dict[str, str]:
    """Put the choice of its reading into each parameter that asks for one; which parameter took which."""
    found: dict[str, str] = {}
    for name, value in parameters.items():
        if not isinstance(value, Mapping) or set(value) != {"reading"}:
            continue
        wanted = str(value["reading"])
        reading = readings.get(wanted)
        if reading is None or not reading.setting:
            say(name, f"takes the choice of {wanted}, which is not among the readings with a setting")
            continue
        parameters[name] = reading.value
        found[name] = wanted
    if found and not given.get("reading"):
        taken = " or ".join(found.values())
        say("reading", f"is missing: {', '.join(found)} takes the choice of {taken}")
    return found


def _check_identity(given: Mapping[str, Any], layer: str, say: Complain) -> None:
    if not RULE_ID.match(str(given.get("id", ""))):
        say("id", "is missing or not like duk.notice_to_participants")
    house = given.get("house_default") is True
    if not str(given.get("cite", "")).strip():
        say("cite", "is missing: a rule never travels without its clause")
    elif house and re.search(r"\b[IVX]+\.\d|\d{4},", str(given["cite"])):
        say("cite", "is a clause, but house_default means that no document gives this rule")
    if not given.get("rows") and not house and not layer:
        say("rows", "is missing: which rows of the register does the rule carry out?")
    if "says" not in given:
        say("says", "is missing")
    reading = given.get("reading")
    if reading is not None and not READING.match(str(reading)):
        say("reading", f"{reading!r} is not like C-17")
    for key in ("rows", "kinds", "gates", "open", "replaces", "assessment_years"):
        if key in given and not isinstance(given[key], tuple):
            say(key, "must be a list")
    for key in ("judgement", "needs_ballot", "house_default", "discretion", "upper_bound"):
        if key in given and not isinstance(given[key], bool):
            say(key, "must be true or false")


def _check_place(given: Mapping[str, Any], say: Complain) -> None:
    role = given.get("role")
    if role not in list(Role):
        say("role", f"{role!r} is none of {', '.join(Role)}")
    if given.get("force") not in list(Force):
        say("force", f"{given.get('force')!r} is none of {', '.join(Force)}")
    kinds, gates = given.get("kinds"), given.get("gates", ())
    if not kinds:
        say("kinds", "is missing: which kinds of review is the rule for?")
    elif isinstance(kinds, tuple):
        for kind in kinds:
            if kind not in KINDS:
                say("kinds", f"{kind!r} is none of {', '.join(KINDS)}")
    for gate in gates if isinstance(gates, tuple) else ():
        if gate not in GATES:
            say("gates", f"{gate!r} is none of {', '.join(GATES)}")
    if role in (Role.GATE, Role.DOCUMENT, Role.DEADLINE, Role.REWARD) and not gates:
        say("gates", f"is missing: where is a {role} judged?")
    if role in LEVELLED | {Role.QUOTA} and role != Role.THRESHOLD and "level" not in given:
        say("level", f"is missing: a {role} belongs to a level")
    if given.get("discretion") and role not in (Role.TRIGGER, Role.CAP):
        say("discretion", "belongs to a trigger or a cap, whose clause lets the decider go higher")
    if given.get("upper_bound") and role != Role.CONDITION:
        say("upper_bound", "belongs to a condition, which keeps its level apart from the one above")
    if role == Role.EXEMPTION and given.get("effect") not in EFFECTS:
        say("effect", f"is none of {', '.join(EFFECTS)}")


def _check_condition(given: Mapping[str, Any], parameters: Mapping[str, Any], say: Complain) -> None:
    reference = str(given.get("condition", ""))
    registered = find_condition(reference)
    if registered is None:
        say(
            "condition",
            f"{reference!r} is not a condition, or not a version of one, that this software ships",
        )
        return
    for name, value in parameters.items():
        known = registered.parameters.get(name)
        if known is None:
            say(name, f"is neither a key of a rule nor a parameter of {reference}")
            continue
        problem = known.problem(value)
        if problem:
            say(name, problem)
    for name, known in registered.parameters.items():
        if known.required and name not in parameters:
            say(name, f"is missing: {reference} needs it")
    for name in given.get("open", ()):
        if name not in registered.parameters:
            say("open", f"{name!r} is not a parameter of {reference}")


def check_when(when: Any, say: Complain) -> None:
    """Complain about whatever does not fit in a table of whom something is for."""
    if not isinstance(when, Mapping):
        say("when", "must be a table of facts")
        return
    for name, wanted in when.items():
        kind = VOCABULARY.get(name)
        if kind is None:
            say("when", f"names {name}, which is not in the vocabulary of facts")
        elif isinstance(wanted, Mapping):
            if kind.type is not int or not wanted or not set(wanted) <= set(BOUNDS):
                say("when", f"{name}: bounds are {' or '.join(BOUNDS)} of a whole number")
        else:
            for value in wanted if isinstance(wanted, tuple) else (wanted,):
                try:
                    check_fact(name, value)
                except FactError as error:
                    say("when", str(error))


def _is_both(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and set(value) == {"vi", "en"}
        and all(isinstance(text, str) and text.strip() for text in value.values())
    )


def _plain(value: Any) -> Any:
    """TOML lists as tuples; a moment where a day belongs stays what it is and is refused by its check."""
    if isinstance(value, list):
        return tuple(_plain(item) for item in value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, datetime):
        return value.isoformat()
    return value
