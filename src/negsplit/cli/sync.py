"""``negsplit sync``: the weeks of a plan in the account, on their days, again and again."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from negsplit import clock
from negsplit.cli import console, logins
from negsplit.cli.options import account_option, athletes_option, complete_yaml, draft_option, library_option
from negsplit.desk.group import folders_of, is_group
from negsplit.diagnostics import Diagnostic, Severity
from negsplit.model import AccountName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negsplit.account.wanted import SyncScope, Wanted
    from negsplit.desk.compiler import Compiler
    from negsplit.plan.compile import CompiledPlan

_A_WEEK: Final = dt.timedelta(days=7)
_FURTHEST: Final = dt.timedelta(days=366)
"""Behind the end of a plan: every month of a window is read, and more are a slip of the pen."""
_STAY_OFF: Final = {
    "rest": ("rest day", "rest days"),
    "note": ("note", "notes"),
    "cross": ("day of cross-training", "days of cross-training"),
    "race": ("race", "races"),
}
"""What goes into no account unless it is asked for, one and many."""
_LEFT_OUT: Final[Mapping[AccountName, str]] = {"garmin": "left out", "intervals": "left out without `--notes`"}


class Window(NamedTuple):
    """The days that are brought up to date, both among them."""

    first: dt.date
    last: dt.date


@click.command("sync", cls=console.Command, short_help="Put the weeks of a plan into your account's calendar.")
@click.argument("path", metavar="PLAN", type=click.Path(readable=False, path_type=Path), shell_complete=complete_yaml)
@click.option("--week", type=click.IntRange(min=1), metavar="N", help="Only this week of the plan.")
@click.option("--from", "first", metavar="DATE", help="From this day on.")
@click.option("--to", "last", metavar="DATE", help="Up to this day.")
@click.option("--notes", is_flag=True, help="Send rest days, cross-training, notes and races too (intervals.icu only).")
@click.option("--dry-run", is_flag=True, help="Show what would happen, and change nothing.")
@click.option("--prune", is_flag=True, help="Remove workouts that are no longer in the plan.")
@click.option("--tidy", is_flag=True, help="Remove past workouts of the plan that you did not run.")
@click.option("--dedupe", is_flag=True, help="Remove second copies that another computer made.")
@click.option("--force", is_flag=True, help="Overwrite workouts that were changed or moved on the web.")
@click.option("--restore", is_flag=True, help="Bring back workouts that were deleted on the web.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@draft_option
@account_option
@logins.login_option
@athletes_option
@library_option
@console.quiet_option
@console.color_option
def command(
    path: Path,
    week: int | None,
    first: str | None,
    last: str | None,
    notes: bool,
    dry_run: bool,
    prune: bool,
    tidy: bool,
    dedupe: bool,
    force: bool,
    restore: bool,
    yes: bool,
    draft: bool,
    account: AccountName | None,
    athletes: tuple[str, ...],
    library: Path | None,
    quiet: bool,
) -> None:
    """Bring a plan's weeks into the account: this week and the next, or those asked for.

    Workouts are created or brought up to date, put on their days, and moved when the plan moves. Running it again
    changes nothing. What is past, what is done, and whatever did not come from here stays as it is.

    \b
    negsplit sync half.plan.yaml --dry-run
    negsplit sync half.plan.yaml --week 3
    negsplit sync half.plan.yaml --account intervals --notes
    negsplit sync half.plan.yaml --from 2026-12-01 --to 2026-12-20 --yes
    negsplit sync half.plan.yaml --athlete runners --dry-run

    With several athletes, or a folder of athlete files, each runner's login is used, one after another.
    """
    if week is not None and (first or last):
        raise click.UsageError("use --week for a week of the plan, or --from and --to for days, not both")
    days = Asked(week, _day(first, "--from"), _day(last, "--to"))
    how = How(notes, dry_run, prune, tidy, dedupe, force, restore, yes, draft, quiet)
    if not is_group(athletes):
        _sync(path, next(iter(athletes), None), account, library, days, how)
        return
    from negsplit.cli.group.syncing import sync_group

    def sync(plan: Path, athlete: str, account: AccountName) -> None:
        _sync(plan, athlete, account, library, days, how, folders_of([path]))

    sync_group(path, athletes, account, library, sync, quiet=quiet)


class Asked(NamedTuple):
    """Which days are asked for: a week of the plan, or from a day to a day."""

    week: int | None
    first: dt.date | None
    last: dt.date | None


class How(NamedTuple):
    """The options of a sync, by their names on the command line."""

    notes: bool
    dry_run: bool
    prune: bool
    tidy: bool
    dedupe: bool
    force: bool
    restore: bool
    yes: bool
    draft: bool
    quiet: bool


def _sync(
    path: Path,
    athlete: str | None,
    account: AccountName | None,
    library: Path | None,
    days: Asked,
    how: How,
    folders: Sequence[Path] = (),
) -> None:
    """Brings the days of a plan into the account of the login in use; it may use files in some more ``folders``."""
    from negsplit.account.wanted import Options
    from negsplit.cli.account.engines import engine_for
    from negsplit.cli.account.syncing import bring
    from negsplit.desk.account_names import of_plan
    from negsplit.desk.compiler import Compiler

    quiet = how.quiet
    account = account or of_plan(path, athlete, library)
    if how.notes and account == "garmin":
        raise click.UsageError(
            "--notes is for intervals.icu: a Garmin account only holds workouts. Leave it out; `negsplit compile "
            f"{path}` writes a calendar for your phone with all of them"
        )
    engine = engine_for(account)
    today = clock.today()
    plan, is_whole = _compiled(path, Compiler(engine.device, athlete, library, folders, drafts=how.draft), quiet=quiet)
    window = _window(plan, *days, today)
    if not quiet:
        console.say(*_heading(plan, window, account, notes=how.notes))
    wanted, scope, all_go = _asked_for(plan, window, engine.unset, notes=how.notes)
    if account == "garmin":  # intervals.icu hands on a week at a time
        console.report(_of_the_watch([one for one in wanted if one.day is not None and one.day >= today]))
    options = Options(
        today,
        clock.seconds(),
        engine.at.grace,
        force=how.force,
        restore=how.restore,
        prune=how.prune,
        tidy=how.tidy,
        dedupe=how.dedupe,
        yes_to_many=how.yes,
    )
    bring(
        engine,
        wanted,
        scope,
        options,
        dry_run=how.dry_run,
        quiet=quiet,
        asks=None if how.yes else _agreed,
        mistakes=not (is_whole and all_go),
    )


def _agreed(question: str) -> bool:
    if console.confirmed(question):
        return True
    console.note("  --yes does it without asking, --dry-run only shows what would happen")
    return False


def _compiled(path: Path, compiler: Compiler, *, quiet: bool) -> tuple[CompiledPlan, bool]:
    """The plan in a file, and whether the account can take all of it; ends the command where it has other errors."""
    from negsplit.desk.inputs import Input

    found = compiler.file(Input(path), "plan")
    if found.kind == "workout":
        raise click.UsageError(f"`{path}` is a workout: `negsplit upload {path}` puts it into the account")
    if found.kind == "athlete":
        raise click.UsageError(f"`{path}` is an athlete: `--athlete {path}` goes with a plan")
    console.report(found.diagnostics, quiet=quiet)
    if found.rest is None:
        raise console.Failed
    return found.rest, found.plan is not None


# --- What is asked for -------------------------------------------------------------------------


def _day(words: str | None, option: str) -> dt.date | None:
    if words is None:
        return None
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        raise click.BadParameter(
            f"`{words}` is not a date; write for example `2026-12-06`", param_hint=option
        ) from None


def _window(
    plan: CompiledPlan, week: int | None, first: dt.date | None, last: dt.date | None, today: dt.date
) -> Window:
    """The days asked for, else this week and the next as the plan counts them."""
    weeks = plan.weeks
    if week is not None:
        named = [one.first for one in weeks if one.number == week]
        if not named:
            numbers = f"{weeks[0].number} to {weeks[-1].number}"
            raise click.BadParameter(f"the plan has no week {week}: it has {numbers}", param_hint="--week")
        return Window(named[0], named[-1] + _A_WEEK - dt.timedelta(days=1))
    if first or last:
        start = first or today
        window = Window(start, last or max(start, weeks[-1].first + _A_WEEK - dt.timedelta(days=1)))
        if window.last < window.first:
            before = f"{start}" if first else f"today, {start}"
            raise click.BadParameter(f"{window.last} is before {before}", param_hint="--to")
        end = _last_day(plan)
        if window.last - end > _FURTHEST:
            message = f"{window.last} is more than a year after the plan, which ends on {end}"
            raise click.BadParameter(message, param_hint="--to" if last else "--from")
        return window
    begin = weeks[0].first
    this = begin + (today - begin) // _A_WEEK * _A_WEEK
    return Window(this, this + 2 * _A_WEEK - dt.timedelta(days=1))


def _asked_for(
    plan: CompiledPlan, window: Window, unset: Mapping[str, str], *, notes: bool
) -> tuple[list[Wanted], SyncScope, bool]:
    """What there is in a window, and whether that is all that it has for the account: what cannot go is said.

    Ends the command where something could not be known again in the account.
    """
    from negsplit.account.marker import key
    from negsplit.account.wanted import SyncScope
    from negsplit.desk.account_notes import wanted_note
    from negsplit.desk.account_workouts import wanted
    from negsplit.diagnostics import Report, is_sound

    report, asked, days = Report(), [], {}
    for one in plan.sessions:
        day = one.planned.date
        inside = window.first <= day <= window.last
        if one.planned.session.body is not None:
            known_as = key(plan.plan.id, one.planned.key)
            days[known_as] = day
            if one.workout is not None and inside:
                asked.append(wanted(one.workout, known_as, day, report, unset))
        if notes and (note := wanted_note(plan, one, report if inside else Report())) is not None:
            days[note.key] = day
            asked.append(note if inside else None)
    console.report(report.diagnostics)
    if not is_sound(report.diagnostics):
        raise console.Failed
    scope = SyncScope(key(plan.plan.id, "all").plan, window.first, window.last, days, notes=notes)
    return [one for one in asked if one is not None], scope, not report.failed


def _heading(plan: CompiledPlan, window: Window, account: AccountName, *, notes: bool) -> list[str]:
    """Which plan and days, and what of them is left out of the account."""
    inside = [one for one in plan.sessions if window.first <= one.planned.date <= window.last]
    kinds = [one.planned.session.kind for one in inside if one.workout is None and not notes]
    off = Counter(kind for kind in kinds if kind in _STAY_OFF)
    words = [f"{number} {_STAY_OFF[kind][number > 1]}" for kind, number in off.items()]
    lines = [f"{plan.plan.name}, {window.first} to {window.last}"]
    if not inside:
        lines.append(f"  the plan has nothing on these days: it runs from {plan.weeks[0].first} to {_last_day(plan)}")
    return [*lines, f"  {_LEFT_OUT[account]}: {', '.join(words)}"] if words else lines


def _of_the_watch(ahead: Sequence[Wanted]) -> list[Diagnostic]:
    """A warning where the account holds more days than its watches show."""
    from negsplit.limits import ENTRIES_SHOWN

    if len(ahead) <= ENTRIES_SHOWN:
        return []
    message = f"{len(ahead)} workouts are on these days, and watches show {ENTRIES_SHOWN}"
    help = "the account holds them all; send fewer with `--to`, and the rest with the next sync"
    return [Diagnostic("watch-schedule", message, None, (help,), Severity.WARNING)]


def _last_day(plan: CompiledPlan) -> dt.date:
    return max((one.planned.date for one in plan.sessions), default=plan.weeks[-1].first)
