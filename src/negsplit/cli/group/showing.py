"""``negsplit plan show`` for a group: side by side."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from negsplit.cli import console
from negsplit.cli.group.telling import report_for_whom
from negsplit.cli.plan import forms
from negsplit.desk.compiler import Compiler
from negsplit.desk.group import members
from negsplit.desk.inputs import Input
from negsplit.diagnostics import has_errors

if TYPE_CHECKING:
    from negsplit.cli.plan.forms import Form
    from negsplit.preview.group_data import GroupRemark, RunnerRow


def show_group(
    compiler: Compiler,
    path: Path,
    athletes: Sequence[str],
    weeks: str | None,
    form: Form | None,
    out: Path | None,
    paper: str | None,
    *,
    notes: bool,
    quiet: bool,
) -> None:
    """Shows or writes a plan for everybody, then says what is wrong and what a coach would say, and for whom."""
    from negsplit.desk.group_show import remarks, show_for

    shown_as, places = forms.chosen(form, out), forms.places(form, out, pictured=False)
    forms.refuse_picture(shown_as, "a group")
    found, problems = members(athletes)
    console.report(problems, quiet=quiet)
    if has_errors(problems):
        raise console.Failed
    each = [show_for(compiler, one, path, weeks) for one in console.progress(found, quiet=quiet)]
    title = next((one.plan for one in each if one.plan), "")
    if title or out is None:
        said = [(one.name, one.found if notes else console.without_notes(one.found)) for one in each]
        text = _text(shown_as, title or Input(path).stem, [one.row for one in each], remarks(said), console.width(out))
        if out is not None:
            forms.write(Input(path), text, places, title, paper, quiet=quiet)
        else:
            forms.say(text, places, paper)
    report_for_whom([(one.name, one.found) for one in each], quiet=not notes or quiet)
    if any(has_errors(one.found) for one in each):
        raise console.Failed


def _text(form: Form, title: str, rows: Sequence[RunnerRow], found: Sequence[GroupRemark], width: int) -> str:
    if form == "json":
        from negsplit.preview.group_data import group_data

        return json.dumps(group_data(title, rows, found), indent=2) + "\n"
    if form in ("html", "pdf", "png"):
        from negsplit.preview.group_html import page

        return page(title, rows, found)
    from negsplit.preview.group_text import summary, week_by_week

    return "".join(f"{line}\n" for line in (title, "", *summary(rows, width), *week_by_week(rows, width)))
