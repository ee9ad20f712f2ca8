"""The command line `kiemdiem`: which commands there are; each is told in `api/terminal/`."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from api.terminal import (
    accounts,
    audit,
    books,
    calendar,
    calling,
    campaign,
    checking,
    comparing,
    covering,
    deciding,
    delivering,
    granting,
    history,
    roster,
    season,
    serving,
    simulating,
    statistics,
    sweeping,
)
from api.terminal.output import RefusingGroup, log_to_stderr

app = typer.Typer(
    name="kiemdiem",
    cls=RefusingGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Runs the yearly review and rating of an organisation by its regulation, with a log to replay.",
    epilog="A first look: kiemdiem demo. Then: template, import, plan, open, status, replay, verify.",
)


@app.callback()
def _start(
    verbose: Annotated[
        bool, typer.Option("--verbose", help="One log line a command, on standard error.")
    ] = False,
) -> None:
    log_to_stderr(verbose)


app.command(epilog="Example: kiemdiem serve --demo")(serving.serve)
app.command(epilog="Example: kiemdiem demo --regime qd366_2025")(serving.demo)
app.command(epilog="Example: kiemdiem template danh-sach.xlsx", name="template")(roster.write_template)
app.command(epilog="Example: kiemdiem import danh-sach.xlsx --on 15/12/2016", name="import")(
    roster.import_roster
)
app.command(epilog="Example: kiemdiem plan 2016 --year 2016 --organisation DB01 --roster-day 31/12/2016")(
    campaign.plan
)
app.command(epilog="Example: kiemdiem open 2016", name="open")(campaign.open_)
app.command(epilog="Example: kiemdiem status 2016 --json")(campaign.status)
app.command(epilog="Example: kiemdiem what-if 2016-CB03-1 --level 2016.member.0012=HTTNV", name="what-if")(
    deciding.what_if_
)
app.command(epilog="Example: kiemdiem season 2016 --organisation CB05")(season.season)
app.command(epilog="Example: kiemdiem statistics 2016 --xlsx thong-ke.xlsx")(statistics.statistics)
app.command(epilog="Example: kiemdiem sweep --as-of 31/01/2017")(sweeping.sweep)
app.command(epilog="Example: kiemdiem replay 2016.member.0012", name="replay")(audit.replay_)
app.command(epilog="Example: kiemdiem verify --checkpoint 184220-9f86d081…")(audit.verify)
app.command(epilog="Example: kiemdiem late-entries 2016", name="late-entries")(audit.late_)
app.command(epilog="Example: kiemdiem rebuild", name="rebuild")(audit.rebuild_)
app.command(epilog="Example: kiemdiem checkpoint", name="checkpoint")(audit.checkpoint_)
app.command(epilog="Example: kiemdiem check examples/ --rulebooks my-layers/")(checking.check)
app.command(epilog="Example: kiemdiem compare 2016 --rulebook tkv_2018 --xlsx doi-chieu.xlsx")(
    comparing.compare
)
app.command("call-list", epilog="Example: kiemdiem call-list 2016 --xlsx danh-sach-goi.xlsx --on 16/01/2017")(
    calling.call_list_
)
app.command(epilog="Example: kiemdiem deliver --test quan-tri@example.org")(delivering.deliver)
app.command("deliveries", epilog="Example: kiemdiem deliveries --state dead")(delivering.list_deliveries)
app.command(epilog="Example: kiemdiem resend 118")(delivering.resend)
app.command("cancel-letter", epilog="Example: kiemdiem cancel-letter 118")(delivering.cancel)
app.command(epilog="Example: kiemdiem simulate --campaign 2016 --from 01/12/2016 --to 28/02/2017")(
    simulating.simulate
)
app.command(epilog="Example: kiemdiem docs --check")(books.docs)
books.rulebook.command("coverage", epilog="Example: kiemdiem rulebook coverage duk_2016")(covering.coverage_)
app.add_typer(accounts.account, name="account")
app.add_typer(books.rulebook, name="rulebook")
app.add_typer(calendar.calendar, name="calendar")
app.add_typer(granting.grant, name="grant")
app.add_typer(history.history, name="history")
app.add_typer(delivering.webhook, name="webhook")


def main() -> None:
    """The entry point. Vietnamese is written in UTF-8 whatever the terminal says of itself."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
