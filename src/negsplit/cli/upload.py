"""``negsplit upload``: single workouts into the account, and onto a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from negsplit import clock
from negsplit.cli import console
from negsplit.cli.logins import login_option
from negsplit.cli.options import (
    account_option,
    athlete_option,
    draft_option,
    files_or_line,
    library_option,
    line_option,
)

if TYPE_CHECKING:
    from negsplit.model import AccountName

_STAYS: Final = (
    "workouts in the account's list do not reach a watch by themselves: `--on DATE` puts them on a day, "
    "`--send` sends them to a watch"
)


@click.command("upload", cls=console.Command, short_help="Put workouts into your account, on a day if you like.")
@click.argument("paths", nargs=-1, type=click.Path(readable=False, path_type=Path))
@line_option
@click.option("--on", "day", metavar="DATE", help="Put them on a day of the calendar: `2026-12-06`.")
@click.option("--send", is_flag=True, help="Send them to a watch, which fetches them the next time it syncs.")
@click.option("--watch", "watch", metavar="NAME", help="With --send: which watch, if the account has several.")
@click.option("--dry-run", is_flag=True, help="Show what would happen, and change nothing.")
@click.option("--force", is_flag=True, help="Overwrite workouts that were changed on the web.")
@draft_option
@account_option
@login_option
@athlete_option
@library_option
@console.quiet_option
@console.color_option
def command(
    paths: tuple[Path, ...],
    line: str | None,
    day: str | None,
    send: bool,
    watch: str | None,
    dry_run: bool,
    force: bool,
    draft: bool,
    account: AccountName | None,
    athlete: str | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """Put workouts into the account: new ones are created, those that are there are brought up to date.

    A workout is known again by its `id:`, or by its name. Nothing that came from elsewhere is touched. Log in once
    with `negsplit account login`.

    \b
    negsplit upload workouts/thirds-12k.workout.yaml --on 2026-12-06
    negsplit upload workouts/thirds-12k.workout.yaml --send
    negsplit upload tuesday.workout.yaml thursday.workout.yaml --dry-run
    negsplit upload -e "20 min @ RPE 3, 4x(20 s @ RPE 8, 40 s)" --on 2026-12-06
    """
    from negsplit.account.wanted import Options, SyncScope
    from negsplit.cli.account.engines import engine_for
    from negsplit.cli.account.sending import Sending
    from negsplit.cli.account.syncing import bring
    from negsplit.desk.account_names import of_workouts
    from negsplit.desk.account_workouts import AccountWorkouts
    from negsplit.desk.compiler import Compiler

    files_or_line(paths, line, "files or folders to upload")
    if watch is not None and not send:
        raise click.UsageError("--watch goes with --send: give both, or neither")
    today = clock.today()
    account = account or of_workouts(paths, athlete)
    if account == "intervals":
        _agree_with_a_calendar(day, today, send=send)
    on = _day(day, today)
    engine = engine_for(account)
    workouts = AccountWorkouts(Compiler(engine.device, athlete, library, paths, drafts=draft), on, engine.unset)
    if line is None:
        workouts.load(paths)
    else:
        workouts.line(line)
    console.report(workouts.report.diagnostics, quiet=quiet)
    if not workouts.wanted:
        console.note("nothing was uploaded")
        raise console.Failed
    options = Options(today, clock.seconds(), engine.at.grace, force=force, restore=True)
    mistakes = workouts.report.failed
    onwards = Sending(engine.at, watch) if send else None
    bring(
        engine,
        workouts.wanted,
        SyncScope(),
        options,
        dry_run=dry_run,
        quiet=quiet,
        mistakes=mistakes,
        onwards=onwards,
        closing=_STAYS if on is None and onwards is None else "",
    )


def _agree_with_a_calendar(day: str | None, today: dt.date, *, send: bool) -> None:
    """Ends the command where it asks for what an account does not have that is a calendar alone."""
    if send:
        raise click.UsageError("--send is for Garmin accounts: intervals.icu passes its calendar on by itself")
    if day is None:
        raise click.UsageError(f"every workout in intervals.icu is on a day: say which, for example `--on {today}`")


def _day(words: str | None, today: dt.date) -> dt.date | None:
    if words is None:
        return None
    try:
        day = dt.date.fromisoformat(words)
    except ValueError:
        raise click.BadParameter(f"`{words}` is not a date; write for example `{today}`", param_hint="--on") from None
    if day < today:
        raise click.BadParameter(f"{day} is over: choose today, {today}, or a later day", param_hint="--on")
    return day
