"""Prints docs/cases.md: how a file of worked examples is written, key by key and step by step."""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

from api.doors import DOORS
from handlers.cases import checks, reading, roster, stories
from handlers.cases.orders import BY_STEP, DAYS, PEOPLE, REVIEW_FIRST, REVIEWS, TICKS, hints_of
from handlers.cases.stories import kinds_of_refusal
from handlers.roster.vocabulary import (
    ORGANISATION_TYPE_NAMES,
    POST_NAMES,
    STAFF_KIND_NAMES,
    STATUS_NAMES,
    OrganisationType,
    PartyStatus,
    Post,
    StaffKind,
)
from states import review as life
from states.roles import NAMES as ROLE_NAMES
from workflow.bodies import FACTORIES
from workflow.commands.asking import Command
from workflow.review import Review
from workflow.rules.vocabulary import VOCABULARY, FactType
from workflow.stages.listing import LISTS

KEYS: dict[str, str] = {
    "rulebook": "the rulebook: a shipped name, a folder of `--rulebooks`, or a path from this file "
    "(`../my_layer`); left out where the folder of the file is named after it",
    "opened_on": "the rows valid on this day; left out, the newest row of each rule",
    "because": "what it shows",
    "given": "facts that all cases below it share",
    "settings_from": "files to take settings of stories from",
    "holds": "cases in which what the rule states is so: a condition met, a defect, exemption or cap there",
    "fails": "cases in which it is not so",
    "not_applicable": "cases the rule is not for",
    "unknown": "cases in which a fact is missing, so that nothing may be concluded",
    "shows": 'readings these cases show: `shows = ["C-17"]`',
    "missing": "the facts that are not known, all of them",
    "kind": "`member`, `collective` or `organisation`",
    "facts": "the facts of this case, on top of `given`",
    "without": "facts of `given` that are not known here",
    "standing": "`level` (the default), `unknown`, `no_level` or `exempt`",
    "level": 'the level; "none" for no level',
    "suggestion": "what is put forward where no level may be set",
    "ceiling": "the highest level a ballot or decision may give on what is known",
    "possible": "the highest level if everything still missing turned out well",
    "effect": "of an exemption: `exempt` or `reviewed_unrated`",
    "triggered": "whether a defect is there: `true` or `false`",
    "trace": '`{ "rule" = "fails" }`: how single rules came out',
    "refused_by": "the rules that refuse the list, all of them",
    "room": 'how many more top ratings fit, negative where there are too many; "unknown"',
    "year": "the year under review",
    "expect": "what has to come of it: see below",
    "name": "the name of the story",
    "period": "`year` (the default) or `quarter`",
    "quarter": "1 to 4",
    "campaign": "the name of the campaign; the year where nothing is said",
    "organisation": "the body that carries the campaign out",
    "superior": "the body above it",
    "opened": "the day on which roster, plan and opening are entered; left out, the steps do it",
    "roster_day": "as of which day the roster is read; the day of the opening where nothing is said",
    "organisations": "lines of the roster, a body each",
    "people": "lines of the roster, a person each; a line about somebody known replaces him",
    "names": '`{ cell = "collective CB01", leaders = ["Hoa", "Bình"] }`: names of one\'s own',
    "setting": "the setting the story, or setting, begins with",
    "step": "the steps, in order of time",
    "at": 'when: a day (8 o\'clock), or `"2017-01-10 14:00"`; left out, the time of the step before',
    "by": "who acts",
    "check": "what to look at after the step: a table or a list of tables",
    "key": "the idempotency key it is sent with",
    "version": "the version of the thing its sender saw",
    "refused": 'by which rules, all of them: `["rule"]`, `{ "rule" = "unknown" }`; or the kind of refusal',
    "says": "texts the refusal, or the warnings, contain in Vietnamese or English",
    "warnings": "the rules that warn, all of them",
    "rows": 'what becomes of a row: `{ "Bình" = "done" }`, `"refused"`, a kind of refusal, or `["rule"]`',
    "repeated": "whether the answer was given before, to the same key",
    "on": "from which day; the day of the step where nothing is said",
    "gone": "codes of people who leave the roster",
    "findings": '`{ "rule" = "holds" }`: how rules last came out in the record of the review',
    "next": "acts that are possible now for `by`; others may be too",
    "not_next": "acts that are not",
    "rating": "what it would come to, as if the ballot were held today: keys as of a rating",
    "events": "the names of the last events",
    "due": "due dates, written as `expect` of `[[due]]`",
}
"""What each key of the format is for."""

RATING = (
    "A whole case and the level it comes to. In a file called `member-levels.toml` (`organisation-…`, "
    "`collective-…`) it may be written `[[case]]` and needs no `kind`."
)
DUE = (
    'The due dates of a year. `expect` is `{ "rule" = 2017-01-30 }`, the last good day, or says more of it: '
    '`{ "rule" = { last = …, safe = …, day = …, word = …, gate = … } }`, with the last working day up to it, '
    "the day and word of the clause, and the gate."
)

TABLES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("The head of a file", "Before the first table.", reading.HEADER),
    (
        '["rule.id"]',
        "One table a rule, named after it in quotes. Each of its lists holds cases `{ fact = value, … }`.",
        reading.RULE_KEYS,
    ),
    (
        "[[rating]]",
        RATING,
        reading.RATING_KEYS,
    ),
    ("[[list]]", "A closed list of ratings and the quota.", reading.LIST_KEYS),
    ("[[due]]", DUE, reading.DUE_KEYS),
    ("[[story]]", "A roster, a campaign, and what happens.", stories.STORY_KEYS),
    (
        "[setting.NAME]",
        "What stories share; a story or setting names it by `setting`.",
        stories.SETTING_KEYS,
    ),
    (
        "[[story.step]]",
        "One step. Beside these keys it has one of the steps below, as a table of its fields.",
        stories.STEP_KEYS,
    ),
    (
        "expect of a step",
        'Left out or `"accepted"`: it has to succeed, no row refused. `"refused"`, or a table:',
        stories.EXPECT_KEYS,
    ),
)


def cases() -> str:
    """The page."""
    parts = [
        "# Worked examples",
        "",
        "How a file for `kiemdiem check` is written. Printed from the code by `kiemdiem docs`; for a first",
        "file see the guide ([English](guides/cases.en.md), [tiếng Việt](guides/cases.vi.md)).",
        "",
        "A file is TOML in UTF-8. A day is written 2017-01-10 without quotes, points 89.5, a list in square",
        "brackets. What a file cannot mean is said with file, line and place, and the command ends with 2; a",
        "case that comes out otherwise ends it with 1.",
    ]
    for title, says, keys in TABLES:
        parts += ["", f"## {title}", "", says, "", *_keys(keys)]
    parts += ["", "## Names", "", NAMED, "", *_of_names()]
    parts += ["", "## The roster", "", *_roster()]
    parts += ["", "## Steps", "", *_steps()]
    parts += ["", "## Checks", "", *_checks()]
    parts += ["", "## Refusals", "", "Kinds: " + ", ".join(f"`{one}`" for one in kinds_of_refusal()) + "."]
    parts += ["", "## Facts", "", *_facts()]
    return "\n".join(parts) + "\n"


OF_THE_STORY = ("campaign", "organisation", "venue", "rulebook", "superior")
"""Fields a step need not say."""

NAMED = """A review is named by a person (`0104`, `Phạm Quốc Dũng`, or `Dũng` where only one is called so), as
`collective CB01` or `organisation CB01`, by a name of `names`, or by its full id `2016.member.0104`. Where a
list may stand, `members of CB01` is everybody on the roll; a command about one review is sent once for each.

Who acts (`by`) is a role, alone or with its body and person: `secretary` (the head of the body the step is
about; the default), `secretary of CB01`, `committee of CB01 as Bình`, `member Dũng`, `organisation_board`,
`superior_committee`, or in full `secretary@CB01:0101`.

In a list of rows one text alone is the first field of its row; `{ "Dũng" = "HTTNV" }` is a row that begins
with Dũng and goes on with HTTNV; `each` holds what all rows share. `ticked = "all"` names every item of the
checklists for that kind of review, `"all of prepare"` those of one gate, `["all", "-item"]` all but one;
`lists = "all"` every list."""

ROSTER = """A body: its code, then in any order, with commas between: its type, `under CODE`, `founded DAY`,
`committee` or `no committee`, `joint`, `name …`.

    "CB01, chi_bo_truc_thuoc, under DB01, founded 1995-05-19, committee, name Chi bộ 1"

A person: a code, or `0104..0126` for many alike, then the cell or union, posts (`head`, `deputy of DB01`,
`head of DB01 since DAY until DAY`), a standing, `admitted DAY`, `official DAY`, `born DAY`, `staff` or
`staff KIND`, `direct contact`, `group CODE`, `temporary in CODE`, `name …`.

    "0101, CB01, head, name Nguyễn Thị Hoa"
"""


def _of_names() -> Iterator[str]:
    yield "| role | Vietnamese |"
    yield "|---|---|"
    for role, (vi, _) in ROLE_NAMES.items():
        yield f"| `{role.value}` | {vi} |"


def _keys(keys: tuple[str, ...]) -> Iterator[str]:
    yield "| key | what it says |"
    yield "|---|---|"
    for key in keys:
        yield f"| `{key}` | {_cell(KEYS[key])} |"


def _roster() -> Iterator[str]:
    yield ROSTER
    yield f"Unsaid: an official member admitted on {roster.ADMITTED:%d/%m/%Y}, not staff, with a name that is"
    yield f"invented; a post is held since {roster.HELD_FROM:%d/%m/%Y}."
    yield ""
    closed: tuple[tuple[str, type[StrEnum], Mapping[Any, tuple[str, ...]]], ...] = (
        ("type of body", OrganisationType, ORGANISATION_TYPE_NAMES),
        ("post", Post, POST_NAMES),
        ("standing", PartyStatus, STATUS_NAMES),
        ("kind of staff", StaffKind, STAFF_KIND_NAMES),
    )
    yield "| word | what | also written |"
    yield "|---|---|---|"
    for what, words, names in closed:
        for word in words:
            also = ", ".join(name for name in names.get(word, ()) if "," not in name)
            yield f"| `{word.value}` | {what} | {also} |"


def _steps() -> Iterator[str]:
    days = ", ".join(f"`{day}`" for day in sorted(DAYS))
    yield "Every command of the service is a step. Unsaid, `campaign`, `organisation` and `venue` are those"
    yield f"of the story and of what the step is about, and {days} the day of the step."
    lists = ", ".join(f"`{name}`" for name in LISTS)
    yield f"Lists: {lists}."
    yield ""
    yield "### `open_campaign`"
    yield ""
    yield "Open a planned campaign: the roster becomes reviews. `campaign` where it is not that of the story."
    yield ""
    yield "### `change_roster`"
    yield ""
    yield "Lines join the roster or leave it from a day on, as an import would bring them."
    yield ""
    yield from _keys(stories.ROSTER_KEYS)
    said = {door.command: door.says for door in DOORS}
    rows: dict[str, type[Any]] = {}
    for name, command in BY_STEP.items():
        yield ""
        yield f"### `{name}`"
        yield ""
        yield said.get(command) or _first_line(command)
        yield ""
        yield from _fields(command, rows)
    yield ""
    yield "### Rows"
    for row, cls in rows.items():
        yield ""
        yield f"**{row}.** {_first_line(cls)}"
        yield ""
        yield from _fields(cls, {})


def _fields(cls: type[Command] | type[Any], rows: dict[str, type[Any]]) -> Iterator[str]:
    yield "| field | what | default |"
    yield "|---|---|---|"
    hints = hints_of(cls)
    for field in dataclasses.fields(cls):
        default = "" if field.default is dataclasses.MISSING else _default(field.default)
        if field.name in DAYS and not default:
            default = "the day of the step"
        elif field.name in OF_THE_STORY and not default and issubclass(cls, Command):
            default = "of the story"
        yield f"| `{field.name}` | {_type(hints[field.name], field.name, rows)} | {default} |"


def _type(hint: Any, name: str, rows: dict[str, type[Any]]) -> str:
    """The type of a field in words."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        told = [_type(arg, name, rows) for arg in args if arg is not type(None)]
        return " or ".join(dict.fromkeys(told))
    if origin is tuple and args[-1] is Ellipsis:
        inner = args[0]
        if name in REVIEWS:
            return "reviews"
        if name in TICKS:
            return 'checklist items, or "all"'
        return f"a list of: {_type(inner, name, rows)}"
    if origin is tuple:
        first = "review" if name in REVIEW_FIRST else _type(args[0], "", rows)
        return "[" + ", ".join([first, *(_type(arg, "", rows) for arg in args[1:])]) + "]"
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        rows[hint.__name__] = hint
        return hint.__name__
    if hint is str and name in REVIEWS:
        return "review"
    if hint is str and name in PEOPLE:
        return "person"
    return {bool: "true or false", int: "whole number", str: "text", date: "day"}.get(hint, str(hint))


def _checks() -> Iterator[str]:
    yield "A check names what it looks at by one of:"
    yield ", ".join(f"`{one}`" for one in checks.SUBJECTS) + "; or it has `due` alone. Every key is compared;"
    yield '"none" stands for nothing, and flags may be listed without their rules.'
    yield f"Stages of a review: {', '.join(f'`{stage}`' for stage in life.NAMES)}."
    yield ""
    yield "| of | fields |"
    yield "|---|---|"
    own = ", ".join(f"`{name}`" for name in checks.fields_of(Review(id="")))
    yield f"| `review` | {own} |"
    for kind, factory in FACTORIES.items():
        if kind in checks.SUBJECTS:
            fields = ", ".join(f"`{name}`" for name in checks.fields_of(factory(id="")))
            yield f"| `{kind}` | {fields} |"
    yield ""
    yield "Of a review besides:"
    yield ""
    yield from _keys((*checks.OF_A_REVIEW, "by"))


def _facts() -> Iterator[str]:
    yield "What rules may read, and what the facts of a case are called."
    yield ""
    yield "| fact | value | Vietnamese | English |"
    yield "|---|---|---|---|"
    for name, kind in VOCABULARY.items():
        yield f"| `{name}` | {_cell(_value(kind))} | {_cell(kind.vi)} | {_cell(kind.en)} |"


def _value(kind: FactType) -> str:
    words = {bool: "true or false", int: "whole number", Decimal: "number", str: "text", date: "day"}
    if kind.choices:
        return ", ".join(f"`{choice}`" for choice in kind.choices)
    if kind.item:
        inner = [words.get(part, part.__name__) for part in kind.item]
        return "list of: " + (inner[0] if len(inner) == 1 else "[" + ", ".join(inner) + "]")
    return words.get(kind.type, kind.type.__name__)


def _default(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, tuple):
        return "`[]`"
    return f"`{value!r}`".replace("'", '"')


def _first_line(cls: type[Any]) -> str:
    return (inspect.getdoc(cls) or "").splitlines()[0]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
