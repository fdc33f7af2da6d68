"""Options that the commands which read workouts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from negsplit.cli import console
from negsplit.codes import CODES
from negsplit.desk.forms import ELSEWHERE, FIT, FIT_READ_BACK, OutputForm
from negsplit.desk.inputs import SUFFIXES
from negsplit.diagnostics import Diagnostic, Severity
from negsplit.document.choices import ACCOUNTS as ACCOUNT_NAMES
from negsplit.model import AccountName
from negsplit.program.device import Device, devices
from negsplit.program.watch_models import UnknownDeviceError, choose

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_ANY_WATCH: Final = "generic"


def complete_yaml(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """YAML files, for a shell to complete; ``completion.py`` finds them."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file", suffixes=SUFFIXES)]


def complete_for_the_watch(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """YAML and FIT files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file", suffixes=(*SUFFIXES, ".fit"))]


def complete_device(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of device profiles, and of watches where something is typed that no profile begins with."""
    from click.shell_completion import CompletionItem

    known = devices().values()
    found = [CompletionItem(one.name, help=one.about) for one in known if one.name.startswith(incomplete)]
    if found or not incomplete:
        return found
    from negsplit.program.watch_models import beginning_with

    return [CompletionItem(name) for name in beginning_with(incomplete)]


line_option = click.option(
    "-e",
    "line",
    metavar="TEXT",
    help='A workout typed here, in the one-line form: "20 min @ easy, 4x(20 s @ RPE 8, 40 s)".',
)


def complete_code(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes of messages and rules, typed in capitals or not."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(code) for code in CODES if code.casefold().startswith(incomplete.casefold())]


athlete_option = click.option(
    "--athlete",
    metavar="FILE_OR_TEXT",
    shell_complete=complete_yaml,
    help='An athlete file, or words: "5 km in 22:30", "threshold 4:40/km". Else the nearest athlete.yaml.',
)
athletes_option = click.option(
    "--athlete",
    "athletes",
    multiple=True,
    metavar="FILE_OR_TEXT",
    shell_complete=complete_yaml,
    help='An athlete file, or words: "5 km in 22:30", "threshold 4:40/km". Else the nearest athlete.yaml. '
    "Several, or a folder of athlete files, for a group.",
)
device_option = click.option(
    "--device",
    default=_ANY_WATCH,
    show_default=True,
    metavar="NAME",
    shell_complete=complete_device,
    help="The watch to compile for.",
)
library_option = click.option(
    "--library",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another folder with workouts that `use` may name, beside the file's own folder or repository.",
)


def _help_without_athlete(problem: Diagnostic) -> list[str]:
    """What helps where there is no `--athlete` to name one by."""
    return [words for words in problem.help if "--athlete" not in words]


def _nearest_account(
    context: click.Context, _param: click.Parameter, account: AccountName | None
) -> AccountName | None:
    """The account that was named, else that of the athlete found here; ends the command where nobody can tell."""
    if account is not None or context.resilient_parsing:
        return account
    from negsplit.desk.account_names import of_folder

    found, problems = of_folder()
    if found is None:
        named = f"name the account yourself: `{context.command_path} garmin` or `{context.command_path} intervals`"
        at_fault = [one for one in problems if one.severity is Severity.ERROR]
        console.report([replace(one, help=(*_help_without_athlete(one), named)) for one in at_fault])
        raise console.Failed
    return found


_ACCOUNT: Final[dict[str, Any]] = {
    "type": click.Choice(list(ACCOUNT_NAMES)),
    "envvar": "NEGSPLIT_ACCOUNT",
}
account_option = click.option(
    "--account",
    **_ACCOUNT,
    help="Your account: Garmin or intervals.icu.  [default: NEGSPLIT_ACCOUNT, else what `account:` in the "
    "athlete file says, else garmin]",
)
account_argument = click.argument("account", **_ACCOUNT, required=False, callback=_nearest_account)
draft_option = click.option("--draft", is_flag=True, help="Take drafts too, with the questions that are left in them.")
for_runner_option = click.option(
    "--for-runner",
    is_flag=True,
    help="Speak to whoever runs it: how the paces feel, no codes, nothing that only a coach weighs.",
)
paper_option = click.option(
    "--paper",
    type=click.Choice(["a4", "letter"]),
    help="The paper of a PDF or a page.  [default: a4 for a PDF; a page takes what is in the printer]",
)
live_option = click.option(
    "--live", is_flag=True, help="Show it in your browser, and again after each save, until Ctrl-C; folders too."
)
weeks_option = click.option("--weeks", metavar="WEEKS", help="Only some weeks of a plan: `3-4`, or `2, 5, 9-11`.")


format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["fit", *ELSEWHERE]),
    help="FIT files for a watch, JSON for a Garmin Connect account, text for intervals.icu, or ZWO for a treadmill."
    "  [default: as --device takes, else fit]",
)
verify_option = click.option(
    "--verify", is_flag=True, help="Read each FIT file back with another library and compare every step."
)


def files_or_line(paths: Sequence[Path], line: str | None, to_do: str, *, otherwise: str = "") -> None:
    """Ends the command where files are named and a workout is typed too, or neither."""
    if line is not None and paths:
        raise click.UsageError(
            f"-e is followed by a workout, and `{paths[0]}` names a file; put text with spaces in quotes"
        )
    if line is None and not paths:
        raise click.UsageError(f"name {to_do}, or type a workout with -e{otherwise}")


def chosen_form(name: str | None, device: str, *, verify: bool) -> tuple[OutputForm, Device]:
    """The form asked for and the device to compile for; wrong usage where they do not agree."""
    profile = chosen_device(device)
    form = name or profile.name
    if form not in ELSEWHERE:
        if (mine := profile.name) in ELSEWHERE:
            raise click.UsageError(f"`--device {mine}` takes no FIT files: `--format {mine}`")
        return FIT_READ_BACK if verify else FIT, profile
    if profile.name != form and device != _ANY_WATCH:
        raise click.UsageError(f"`--format {form}` is not for `{device}`: leave --device out")
    if verify:
        raise click.UsageError(f"`--verify` reads FIT files back, and `--format {form}` writes none")
    return ELSEWHERE[form], chosen_device(form)


def chosen_device(name: str = _ANY_WATCH) -> Device:
    """The profile named, with a line where it is not the watch's own; wrong usage where there is none."""
    context = click.get_current_context()
    try:
        found = choose(name)
    except UnknownDeviceError as error:
        raise click.BadParameter(str(error), context, param_hint="--device") from None
    if found.remark:
        remark = Diagnostic("device", found.remark, severity=Severity.NOTE)
        console.report([remark], quiet=context.params.get("quiet", False))
    return found.device


def on_paper(extension: str, text: str, paper: str | None) -> str:
    """What a file with that ending is made of, with the paper that was asked for; wrong usage where nothing has any."""
    if extension not in (".html", ".pdf"):
        if paper:
            raise click.UsageError(f"--paper is for PDF files and pages, and this makes {extension}")
        return text
    from negsplit.preview.page import on_paper

    if extension == ".html" and paper is None:
        return text
    return on_paper(text, "letter" if paper == "letter" else "A4")


def in_a_file(extension: str) -> None:
    """Wrong usage where what is no text would go to a terminal."""
    if extension in (".png", ".pdf"):
        raise click.UsageError(f"a {extension.removeprefix('.').upper()} goes into a file: name it with -o")
