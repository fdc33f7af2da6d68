"""``negsplit pull``: what an account's calendar holds, as workouts and a plan in files."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negsplit.cli import console
from negsplit.cli.importing import SAID, Document, documents, look, write_new
from negsplit.cli.logins import login_option
from negsplit.cli.options import account_option, athlete_option, complete_yaml, library_option
from negsplit.desk import outputs
from negsplit.desk.inputs import SUFFIXES
from negsplit.diagnostics import Report, has_errors
from negsplit.model import AccountName

if TYPE_CHECKING:
    from negsplit.account.marker import Key
    from negsplit.cli.account.engines import Days
    from negsplit.foreign import Verdict


@click.command("pull", cls=console.Command, short_help="Write what your account's calendar holds into files.")
@click.argument(
    "paths",
    metavar="[FILE]...",
    nargs=-1,
    type=click.Path(readable=False, path_type=Path),
    shell_complete=complete_yaml,
)
@click.option("--days", metavar="DATE..DATE", required=True, help="From which day to which: `2026-12-01..2026-12-14`.")
@click.option(
    "-o", "out", required=True, type=click.Path(readable=False, path_type=Path), help="The folder for the files."
)
@account_option
@login_option
@athlete_option
@library_option
@console.quiet_option
@console.color_option
def command(
    paths: tuple[Path, ...],
    days: str,
    out: Path,
    account: AccountName | None,
    athlete: str | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """Write the runs in the account's calendar as workouts, and its days as a plan. The account stays as it is.

    Notes, races and other sports become days of the plan. Workouts that you sent from here are marked as yours. If you
    name the plan or the workouts that you sent, paces come back by their names, and you are told in which steps
    somebody changed them on the web.

    \b
    negsplit pull --days 2026-12-01..2026-12-14 -o december
    negsplit pull half.plan.yaml --days 2026-12-01..2026-12-14 -o december
    negsplit pull --account intervals --days 2026-12-01..2026-12-14 -o december
    """
    from negsplit.cli.account.connection import told
    from negsplit.cli.account.engines import engine_for
    from negsplit.desk.account_names import of_folder
    from negsplit.desk.compiler import Compiler
    from negsplit.desk.pulling import made_from
    from negsplit.foreign import of_calendar

    asked = _days(days)
    if any(outputs.is_file(out, suffix) for suffix in SUFFIXES):
        raise click.UsageError(f"-o takes a folder, and `{out}` names a file")
    if account is None:
        account, problems = of_folder()
        if account is None:
            console.report(problems)
            raise console.Failed
    report = Report()
    engine = engine_for(account)
    made = made_from(Compiler(engine.device, athlete, library, paths), paths, report)
    console.report(report.diagnostics, quiet=quiet)
    if report.failed:
        raise console.Failed
    with told():
        console.meanwhile("reading the calendar", quiet=quiet)
        pulled = engine.pull(asked)
    found, keys = engine.calendar(pulled, made, f"Calendar {asked.first} to {asked.last}")
    result = of_calendar(account, found)
    messages = [*result.diagnostics, *(said for one in result.workouts for said in one.messages)]
    console.report(messages, quiet=quiet)
    owned = dict(zip(result.paths, keys, strict=True))
    written = [_ours(one, owned) for one in documents([result], out)]
    faults = write_new(written, quiet=quiet)
    console.report(faults)
    if not quiet and not faults:
        verdicts = Counter(one.verdict for one in result.workouts)
        console.say(_summary(verdicts, sum(key is not None for key in keys)), *look(written))
    if faults or has_errors(messages):
        raise console.Failed


def _days(words: str) -> Days:
    from negsplit.account.pulled import MOST_DAYS
    from negsplit.cli.account.engines import Days

    first, _, last = words.partition("..")
    try:
        days = Days(dt.date.fromisoformat(first.strip()), dt.date.fromisoformat((last or first).strip()))
    except ValueError:
        message = f"`{words}` is not read as days; write them like `2026-12-01..2026-12-14`"
        raise click.BadParameter(message, param_hint="--days") from None
    count = (days.last - days.first).days + 1
    if not 1 <= count <= MOST_DAYS:
        wrong = "ends before it begins" if count < 1 else f"is {count} days, and {MOST_DAYS} is the most"
        message = f"`{words}` {wrong}"
        raise click.BadParameter(message, param_hint="--days")
    return days


def _ours(one: Document, owned: dict[str | None, Key | None]) -> Document:
    """A document, and behind what is said of it what it is known by, where it went to the account from here."""
    key = owned.get(one.path.name) if one.compiled is not None else None
    return one if key is None else one._replace(about=f"{one.about}, yours: {key}")


def _summary(verdicts: Counter[Verdict], ours: int) -> str:
    words = [f"{verdicts[name]} {said}" for name, said in SAID.items() if verdicts[name]]
    words += [f"{ours} from here"] if ours else []
    return ", ".join(words) or "nothing stands on these days"
