"""The one table of who may see and do what: nothing is allowed that no row here allows.

A row names addresses, what they are about and the roles they are for. The gate (api/gate.py) asks it before
any route runs. What a role sees *of* the thing an address names is told by handlers/access/scope.py. Acts
that are moves of a life are open to every role here: who makes a move stands in the tables of states/ alone,
and whoever sees the thing and may not make the move is told so (403). Everything else is NotFound (404).

docs/permissions.md is printed from this table and those of states/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from api.door import Door
from api.doors import DOORS
from handlers.access.scope import SEES_A_BRANCH, SEES_CONTENT
from handlers.deliveries import ACTS as LETTERS_ACT
from handlers.deliveries import SEES as LETTERS_SEEN
from states.roles import Role
from workflow.commands.meeting import RecordMeeting

API: Final = "/api/v1"
"""What the address of every JSON resource begins with."""


class About(StrEnum):
    """What an address is about, and so how far it is looked at."""

    ANYBODY = "anybody"
    """Public: nobody has to say who he is."""

    ACCOUNT = "one's own account"
    """Signed in, in whatever capacity or in none yet; the route itself asks whose account it is."""

    ONESELF = "oneself"
    """Signed in: one's own things, and lists that hold what the capacity sees."""

    SERVICE = "the service"
    """By role alone: the running of the service, not what is in a branch."""

    CAMPAIGN = "a campaign seen in part or whole"
    WHOLE = "a campaign seen as a whole"
    SUMS = "a campaign seen as a whole, or the body asked for in scope"
    BODY = "a body in scope"
    REVIEW = "a review in scope"
    NAMED = "a review known by name"
    MEETING = "a meeting in scope"
    BALLOT = "a ballot in scope"
    SUBMISSION = "a submission in scope"
    PLAN = "a plan in scope"
    REWARD = "a reward in scope"
    COMMAND = "what the command names, all of it in scope"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One act: its name, one sentence of what it is, what it is about, for whom, and the addresses it has."""

    act: str
    says: str
    about: About
    by: frozenset[Role]
    routes: tuple[str, ...]


EVERYBODY: Final = frozenset(Role) - {Role.CLOCK}
ABOVE: Final = frozenset(
    {Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE, Role.INSPECTION, Role.OFFICER, Role.AUDITOR}
)
"""Who weighs bodies against each other: what is decided, and what would be."""
KEEPERS: Final = frozenset({Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR})
"""Who runs the service or looks at how it is run."""
READS_LOG: Final = frozenset(
    {Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE, Role.INSPECTION, Role.OFFICER, Role.AUDITOR}
)
"""Who searches the log of the branch: event by event, refused acts, departures, late entries."""
READS_SECURITY: Final = frozenset({Role.INSPECTION, Role.AUDITOR, Role.ADMINISTRATOR})
"""Who looks at sign-ins, at files taken out, and has the log verified."""
AT_THE_BALLOT: Final = SEES_A_BRANCH | {Role.COUNTING_TEAM}
CALLERS: Final = frozenset({Role.OFFICER, Role.ORGANISATION_BOARD, Role.COMMITTEE, Role.SUPERIOR_COMMITTEE})


def _anybody(act: str, says: str, *routes: str) -> Row:
    return Row(act=act, says=says, about=About.ANYBODY, by=EVERYBODY, routes=routes)


def _row(act: str, says: str, about: About, by: frozenset[Role], *routes: str) -> Row:
    return Row(act=act, says=says, about=about, by=by, routes=routes)


_SEEING: Final = (
    # --- public -----------------------------------------------------------------------------------
    _anybody("see_health", "whether the service works, in one word", "GET /health"),
    _anybody("read_about_the_api", "the description of the API", "GET /docs"),
    _anybody("see_patterns", "every element of the pages once", "GET /patterns"),
    _anybody(
        "choose_how_one_reads",
        "size of type, light or dark: the browser alone remembers",
        "GET /look",
        "POST /look",
        "POST /tour/dismissal",
    ),
    _anybody("choose_a_capacity_in_development", "act as somebody on a development server", "POST /actor"),
    _anybody(
        "read_a_regulation",
        "the rulebooks, their rules and readings",
        "GET /rulebooks",
        "GET /rulebooks/compare",
        "GET /rulebooks/{rulebook}",
        "GET /rulebooks/{rulebook}/composed",
        "GET /rulebooks/{rulebook}/rows",
        "GET /rulebooks/{rulebook}/rules/{rule}",
        "GET /rulebooks/{rulebook}/readings/{reading}",
    ),
    _anybody("read_ones_feed", "one's own calendar, by its secret address", "GET /feeds/{secret}.ics"),
    _anybody("sign_in", "say who one is, and stop", "GET /sign-in", "POST /sign-in", "GET /sign-in/code",
             "POST /sign-in/code", "POST /sign-out"),
    _anybody("sign_in_through_the_office", "say who one is by the office's own identity server",
             "GET /sign-in/oidc", "GET /sign-in/oidc/callback"),
    _anybody("use_a_one_time_link", "set a password by a link, ask for one by mail", "GET /link/{token}",
             "POST /link/{token}", "GET /forgot", "POST /forgot"),
    _row("keep_ones_account", "capacity, password, codes, sessions and keys of one's own account",
             About.ACCOUNT, EVERYBODY, "GET /account", "GET /capacity", "POST /capacity",
             "GET /account/password",
             "POST /account/password", "POST /account/codes", "POST /account/codes/confirmation",
             "POST /account/codes/removal", "POST /account/sessions/revocation",
             "POST /account/sessions/{session}/revocation", "POST /account/tokens",
             "POST /account/tokens/{token}/revocation"),
    # --- oneself ----------------------------------------------------------------------------------
    _row("see_today", "one's own tasks, notices and campaigns", About.ONESELF, EVERYBODY,
         "GET /", "GET /campaigns", "GET /search", "GET /inbox", "GET /inbox/settings", f"GET {API}/inbox",
         f"GET {API}/campaigns", "GET /live", "GET /live/state"),
    _row("keep_ones_inbox", "read, put aside, be away, have a calendar address", About.ONESELF, EVERYBODY,
         "POST /inbox/reading", "POST /inbox/{notice}/reading", "POST /inbox/{notice}/snoozes",
         "POST /inbox/{notice}/return",
         "POST /inbox/settings", "POST /inbox/absences", "POST /inbox/absences/{absence}/withdrawal",
         "POST /inbox/calendar", "POST /inbox/calendar/revocation", f"POST {API}/inbox/reads",
         f"POST {API}/inbox/snoozes", f"POST {API}/feed", f"POST {API}/feed/revocation"),
    _row("follow_ones_work", "long work one asked for: how far it is, what came of it, going on with it",
         About.ONESELF, EVERYBODY, "GET /jobs", "GET /jobs/{job}", "POST /jobs/{job}/continuation"),
    _row("read_a_regulation_as_json", "the rulebooks for a machine", About.ONESELF, EVERYBODY,
         f"GET {API}/rulebooks", f"GET {API}/rulebooks/{{rulebook}}",
         f"GET {API}/rulebooks/{{rulebook}}/composed", f"GET {API}/rulebooks/{{rulebook}}/rows",
         f"GET {API}/rulebooks/{{rulebook}}/readings",
         f"GET {API}/rulebooks/{{rulebook}}/readings/{{reading}}"),
    _row("read_the_calendar", "days off and worked of a year, and the empty workbooks", About.ONESELF,
         EVERYBODY, "GET /calendar", "GET /calendar/template.xlsx", "GET /import/template.xlsx",
         f"GET {API}/calendar/{{year}}", f"GET {API}/calendar/template.xlsx",
         f"GET {API}/roster/template.xlsx"),
    _row("list_bodies", "the bodies in scope", About.ONESELF, EVERYBODY, f"GET {API}/organisations"),
    _row("list_reviews", "the reviews in scope", About.ONESELF, EVERYBODY, f"GET {API}/reviews"),
    _row("see_what_is_given", "roles granted and delegated, ties declared: one's own and the branch's",
         About.ONESELF, EVERYBODY, "GET /grants", "GET /grants/{grant}", "GET /delegations", "GET /conflicts",
         f"GET {API}/capacities",
         f"GET {API}/grants", f"GET {API}/grants/{{grant}}",
         f"GET {API}/delegations", f"GET {API}/delegations/{{delegation}}",
         f"GET {API}/conflicts", f"GET {API}/conflicts/{{conflict}}"),
    # --- a campaign -------------------------------------------------------------------------------
    _row("see_a_campaign", "that there is one, and its dates", About.CAMPAIGN, EVERYBODY,
         f"GET {API}/campaigns/{{campaign}}"),
    _row("see_the_board", "how far every body in scope is", About.CAMPAIGN, SEES_A_BRANCH,
         "GET /c/{campaign}", "POST /c/{campaign}/views", "POST /c/{campaign}/views/{view}/removal",
         f"GET {API}/campaigns/{{campaign}}/board"),
    _row("take_the_board", "the same as a file", About.CAMPAIGN, SEES_A_BRANCH,
         "GET /c/{campaign}/board.xlsx"),
    _row("remind_bodies", "have those who answer for bodies in scope reminded of what is next",
         About.CAMPAIGN, CALLERS, "GET /c/{campaign}/reminders", "POST /c/{campaign}/reminders"),
    _row("see_the_season", "which bodies in scope must act by when", About.CAMPAIGN, SEES_A_BRANCH,
         "GET /c/{campaign}/season", f"GET {API}/campaigns/{{campaign}}/season"),
    _row("see_plans", "the remediation plans of reviews in scope", About.CAMPAIGN, SEES_CONTENT,
         "GET /c/{campaign}/plans", f"GET {API}/campaigns/{{campaign}}/plans"),
    _row("see_rewards", "who was put forward, of the bodies in scope", About.CAMPAIGN, SEES_A_BRANCH,
         "GET /c/{campaign}/rewards", f"GET {API}/campaigns/{{campaign}}/rewards"),
    _row("see_statistics", "levels by number and share", About.SUMS, SEES_A_BRANCH,
         "GET /c/{campaign}/statistics", f"GET {API}/campaigns/{{campaign}}/statistics"),
    _row("take_statistics", "the same with every member's level, as a file", About.SUMS, SEES_A_BRANCH,
         "GET /c/{campaign}/statistics.xlsx"),
    _row("compare", "what another rulebook would make of a campaign", About.WHOLE, ABOVE,
         "GET /c/{campaign}/compare", "POST /c/{campaign}/comparisons",
         f"GET {API}/campaigns/{{campaign}}/compare"),
    _row("see_the_call_list", "whom to call today, with their numbers", About.WHOLE, CALLERS,
         "GET /c/{campaign}/call-list", "GET /c/{campaign}/call-list.xlsx",
         f"GET {API}/campaigns/{{campaign}}/call-list"),
    # --- a body -----------------------------------------------------------------------------------
    _row("see_a_body", "its evening, its reviews, its report", About.BODY, AT_THE_BALLOT,
         "GET /c/{campaign}/o/{organisation}"),
    _row("print_a_meeting", "notice, agenda, papers and count of a body, as pages and workbooks", About.BODY,
         AT_THE_BALLOT, "GET /c/{campaign}/o/{organisation}/print/{paper}",
         "GET /c/{campaign}/o/{organisation}/print/{paper}.xlsx"),
    _row("print_a_report", "the list a body puts forward, as a page and a workbook", About.BODY,
         SEES_A_BRANCH, "GET /c/{campaign}/o/{organisation}/print/submission",
         "GET /c/{campaign}/o/{organisation}/print/submission.xlsx"),
    _row("see_what_is_ticked", "what each review of a body still has to confirm", About.BODY, SEES_A_BRANCH,
         "GET /c/{campaign}/o/{organisation}/ticks", "GET /c/{campaign}/o/{organisation}/together"),
    _row("see_declared_lists", "lists a body declared complete, and ratings beside it", About.BODY,
         SEES_A_BRANCH, f"GET {API}/campaigns/{{campaign}}/organisations/{{organisation}}/lists"),
    _row("see_a_bodys_season", "what a body owes by which day", About.BODY, AT_THE_BALLOT | {Role.MEMBER},
         "GET /c/{campaign}/o/{organisation}/season"),
    _row("plan_a_bodys_meeting", "review by review what a body owes, and days to meet on", About.BODY,
         AT_THE_BALLOT,
         f"GET {API}/campaigns/{{campaign}}/organisations/{{organisation}}/backward-plan",
         f"GET {API}/campaigns/{{campaign}}/organisations/{{organisation}}/meeting-days"),
    _row("see_meetings", "meetings and papers with the names on them", About.CAMPAIGN, AT_THE_BALLOT,
         f"GET {API}/meetings", f"GET {API}/ballots"),
    _row("see_a_meeting", "one meeting with its agenda", About.MEETING, AT_THE_BALLOT,
         f"GET {API}/meetings/{{meeting}}"),
    _row("see_a_ballot", "the counts of one sheet of papers", About.BALLOT, AT_THE_BALLOT,
         f"GET {API}/ballots/{{ballot}}"),
    _row("see_submissions", "reports sent by bodies in scope", About.CAMPAIGN, SEES_A_BRANCH,
         f"GET {API}/submissions"),
    _row("see_a_submission", "one report: levels voted, advised, decided", About.SUBMISSION, SEES_A_BRANCH,
         f"GET {API}/submissions/{{submission}}"),
    _row("see_a_cohort", "everything that waits to be appraised or decided, with its quotas", About.CAMPAIGN,
         SEES_A_BRANCH, "GET /c/{campaign}/decide"),
    _row("try_a_decision", "what deciding a report would come to", About.SUBMISSION, ABOVE,
         f"GET {API}/submissions/{{submission}}/what-if"),
    # --- a review ---------------------------------------------------------------------------------
    _row("see_a_review", "where it stands, what follows, its history", About.REVIEW, SEES_CONTENT,
         "GET /r/{review}", "GET /r/{review}/history", "GET /r/{review}/plan",
         f"GET {API}/reviews/{{review}}", f"GET {API}/reviews/{{review}}/events"),
    _row("see_what_was_refused", "refused acts on a review", About.REVIEW, SEES_A_BRANCH,
         f"GET {API}/reviews/{{review}}/refusals"),
    _row("see_a_plan", "one remediation plan with its texts", About.PLAN, SEES_CONTENT,
         "GET /p/{plan}", f"GET {API}/plans/{{plan}}"),
    # --- insight, audit ---------------------------------------------------------------------------
    _row("see_insight", "levels against quota, year before, vote and decision", About.CAMPAIGN,
         SEES_A_BRANCH, "GET /c/{campaign}/insight", "GET /c/{campaign}/insight.xlsx"),
    _row("read_the_log", "the log of the branch, refused acts, departures, late entries", About.ONESELF,
         READS_LOG, "GET /audit", "GET /audit/log.xlsx", "GET /audit/refused", "GET /audit/exceptions",
         "GET /audit/late"),
    _row("see_people", "people and bodies of the roster in scope, in both times", About.ONESELF,
         SEES_A_BRANCH | {Role.ADMINISTRATOR}, "GET /people", "GET /people/{person}",
         "GET /organisations/{organisation}"),
    _row("administer", "what waits, and whether the service runs well", About.SERVICE, KEEPERS,
         "GET /administration"),
    _row("try_a_layer", "compose a layer that is kept nowhere", About.ONESELF, EVERYBODY,
         "GET /rulebooks/check", "POST /rulebooks/check"),
    _row("read_security", "sign-ins, files taken out, verifications, a checkpoint to print", About.SERVICE,
         READS_SECURITY, "GET /audit/sign-ins", "GET /audit/exports", "GET /audit/verify",
         "POST /audit/verifications", "GET /audit/checkpoint"),
    # --- the running of the service ---------------------------------------------------------------
    _row("see_calendar_changes", "days proposed, and which dates they move", About.SERVICE, EVERYBODY,
         "GET /calendar/changes/{change}", f"GET {API}/calendar/changes",
         f"GET {API}/calendar/changes/{{change}}"),
    _row("see_what_a_change_moves", "every date a change of the calendar moves", About.SERVICE, KEEPERS,
         f"GET {API}/calendar/changes/{{change}}/moved"),
    _row("read_a_calendar_file", "what a workbook of days says", About.SERVICE, EVERYBODY,
         f"POST {API}/calendar/readings"),
    _row("keep_accounts", "who may sign in: open, close, hand out links, set identities", About.SERVICE,
         frozenset({Role.ADMINISTRATOR}), "GET /accounts", "POST /accounts", "POST /accounts/heads",
         "GET /accounts/{account}", "POST /accounts/{account}/link", "POST /accounts/{account}/disabling",
         "POST /accounts/{account}/enabling", "POST /accounts/{account}/signing-out",
         "POST /accounts/{account}/codes-removal", "POST /accounts/{account}/identity",
         "POST /accounts/{account}/identity-removal"),
    _row("see_health_in_detail", "which migration, when it last swept, what failed", About.SERVICE, KEEPERS),
    _row("see_deliveries", "letters and calls that left or wait", About.SERVICE, LETTERS_SEEN,
         "GET /deliveries", f"GET {API}/deliveries", f"GET {API}/webhooks"),
    _row("manage_deliveries", "send again, cancel, say where calls go", About.SERVICE, LETTERS_ACT,
         "POST /deliveries/{letter}/resending", "POST /deliveries/{letter}/cancellation",
         f"POST {API}/deliveries/{{letter}}/resending", f"POST {API}/deliveries/{{letter}}/cancellation",
         f"POST {API}/webhooks", f"POST {API}/webhooks/{{webhook}}/removal",
         f"POST {API}/webhooks/{{webhook}}/trial"),
)  # fmt: skip

_ACTING: Final = (
    # moves and other commands: who may is said by states/ and by the rules, once the thing is in scope
    # a preview names everybody the file would change or end, of whatever body
    _row("import_the_roster", "upload a workbook, look at what it changes, take it over", About.SERVICE,
         frozenset({Role.OFFICER, Role.ADMINISTRATOR}), "GET /import", "POST /import",
         "GET /import/{import_id}",
         "POST /import/{import_id}/confirmation", f"POST {API}/imports", f"GET {API}/imports/{{import_id}}",
         f"POST {API}/imports/{{import_id}}/confirmation", f"POST {API}/imports/{{import_id}}/rejection"),
    _row("change_the_calendar", "propose, confirm, withdraw days", About.SERVICE, EVERYBODY,
         "POST /calendar/changes", "POST /calendar/files", "POST /calendar/changes/{change}/confirmation",
         "POST /calendar/changes/{change}/withdrawal"),
    _row("give_and_end_roles", "propose, confirm, end grants; delegate; declare ties", About.COMMAND,
         EVERYBODY, "POST /grants", "POST /grants/{grant}/confirmation", "POST /grants/{grant}/withdrawal",
         "POST /grants/{grant}/ending", "POST /delegations", "POST /delegations/{delegation}/ending",
         "POST /conflicts", "POST /conflicts/{conflict}/ending"),
    _row("open_a_campaign", "the roster becomes reviews", About.CAMPAIGN, EVERYBODY,
         f"POST {API}/campaigns/{{campaign}}/opening"),
    _row("plan_a_campaign", "plan a campaign on a page, with what its opening would come to", About.ONESELF,
         frozenset({Role.OFFICER}), "GET /campaigns/new", "POST /campaigns"),
    _row("open_a_planned_campaign", "look at a planned campaign and open it", About.CAMPAIGN,
         frozenset({Role.OFFICER}), "GET /campaigns/{campaign}/opening",
         "POST /campaigns/{campaign}/opening"),
    _row("act_on_a_body", "its meetings, counts, lists and reports", About.BODY, EVERYBODY,
         "POST /c/{campaign}/o/{organisation}/meetings", "POST /c/{campaign}/o/{organisation}/counts",
         "POST /c/{campaign}/o/{organisation}/confirmations",
         "POST /c/{campaign}/o/{organisation}/corrections",
         "POST /c/{campaign}/o/{organisation}/plans", "POST /c/{campaign}/o/{organisation}/cancellations",
         "POST /c/{campaign}/o/{organisation}/declarations",
         "POST /c/{campaign}/o/{organisation}/entries", "POST /c/{campaign}/o/{organisation}/settlements",
         "POST /c/{campaign}/o/{organisation}/neighbours", "POST /c/{campaign}/o/{organisation}/submissions",
         "POST /c/{campaign}/o/{organisation}/ticks", "POST /c/{campaign}/o/{organisation}/together/{what}"),
    _row("act_on_a_submission", "return, consult, appraise, decide", About.SUBMISSION, EVERYBODY,
         "POST /b/{submission}/{act}"),
    _row("judge_a_cohort", "appraise or decide many reviews at once, tried and confirmed first",
         About.CAMPAIGN, EVERYBODY, "POST /c/{campaign}/decide", "POST /c/{campaign}/decide/trial",
         "POST /c/{campaign}/decide/confirmation"),
    _row("act_on_a_review", "everything that is entered for one review", About.NAMED, EVERYBODY,
         "POST /r/{review}/facts", "POST /r/{review}/plan", "POST /r/{review}/{noun}"),
    _row("act_on_a_plan", "assign, return, accept, report, follow up, close", About.PLAN, EVERYBODY,
         "POST /p/{plan}/{noun}"),
    _row("act_on_rewards", "put forward, grant, refuse, withdraw", About.CAMPAIGN, EVERYBODY,
         "POST /c/{campaign}/rewards", "POST /c/{campaign}/rewards/{reward}/{act}"),
    _row("send_many_commands", "commands by name, each as if it were sent alone", About.COMMAND,
         EVERYBODY, f"POST {API}/commands"),
)  # fmt: skip

_OF_A_PARAMETER: Final[Mapping[str, About]] = {
    "organisation": About.BODY,
    "campaign": About.CAMPAIGN,
    "review": About.NAMED,
    "meeting": About.MEETING,
    "ballot": About.BALLOT,
    "submission": About.SUBMISSION,
    "plan": About.PLAN,
    "reward": About.REWARD,
}


def _doors() -> tuple[Row, ...]:
    """A row for every command the API takes: what its address names, for every role."""
    return tuple(
        Row(
            act=_words(door.command.__name__),
            says=door.says[:1].lower() + door.says[1:],
            about=_about(door),
            by=EVERYBODY,
            routes=(f"POST {API}{door.path}",),
        )
        for door in DOORS
    )


def _about(door: Door) -> About:
    """What its address names. The record of a meeting may be of one nobody planned, so the command tells."""
    if door.command is RecordMeeting:
        return About.COMMAND
    named = (about for name, about in _OF_A_PARAMETER.items() if f"{{{name}}}" in door.path)
    return next(named, About.COMMAND)


def _words(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


TABLE: Final = (*_SEEING, *_ACTING, *_doors())
"""Every row."""

BY_ROUTE: Final[Mapping[str, Row]] = {route: row for row in TABLE for route in row.routes}
"""The row of an address, such as "GET /r/{review}"."""

BY_ACT: Final[Mapping[str, Row]] = {row.act: row for row in TABLE}


def may_open(role: Role, act: str) -> bool:
    """Whether a role has this act at all; the scope judges what it is about. KeyError for no such act."""
    return role in BY_ACT[act].by
