"""Why a command line is refused, in our own words: click's differ from version to version, and with the locale."""

from __future__ import annotations

import os
from typing import Any

import click

from negsplit.diagnostics import did_you_mean, listed


def words(error: click.ClickException) -> str:
    """What is wrong: what a command of ours says as it stands, what click says by the kind of the fault."""
    if not _is_said_by_click(error):
        hint = getattr(error, "param_hint", None)
        return f"{hint}: {error.message}" if isinstance(hint, str) else error.message
    match error:
        case click.NoSuchOption():
            return _no_such_option(error)
        case click.BadOptionUsage():
            return f"{error.option_name} {_value_wanted(error.message)}"
        case click.MissingParameter():
            choices = f"; choose {choices}" if (choices := _choices(error.param)) else ""
            return f"{_name(error.param)} is missing{choices}"
        case click.BadParameter():
            return f"{_from_environment(error) or _name(error.param)} takes {_taken(error.param)}"
        case click.UsageError():
            return _too_much(error.ctx)
    return "this command cannot be read"


def _is_said_by_click(error: click.ClickException) -> bool:
    """Whether the error was raised in click itself: that is where its traceback ends."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    module = trace.tb_frame.f_globals.get("__name__", "") if trace else ""
    return str(module).partition(".")[0] == "click"


def _no_such_option(error: click.NoSuchOption) -> str:
    command = error.ctx.command if error.ctx else None
    known = [name for one in command.get_params(error.ctx) for name in one.opts] if command and error.ctx else []
    # Dashes are common to all of them, and make none more like another.
    near = did_you_mean(error.option_name.lstrip("-"), [name[2:] for name in known if name.startswith("--")])
    return f"there is no option `{error.option_name}`" + (f"; did you mean `--{near}`?" if near else "")


def _value_wanted(said: str) -> str:
    """Only click's words tell the one from the other; they are not repeated, and need not be known."""
    if "does not take" in said:
        return "takes no value"
    return "needs a value" if "requires" in said else "is given a value and takes none, or has none and needs one"


def _name(param: click.Parameter | None) -> str:
    """``--week``, ``PATH``: what stands in the help."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return (param.metavar or (param.name or "").upper()).strip("[].") if param else "something"


def _from_environment(error: click.BadParameter) -> str:
    """``NEGSPLIT_ACCOUNT is `x`: it``; empty where the value was typed."""
    name, ctx = error.param.envvar if error.param else None, error.ctx
    if not isinstance(name, str) or not error.param or not error.param.name or not ctx:
        return ""
    if ctx.get_parameter_source(error.param.name) is not click.core.ParameterSource.ENVIRONMENT:
        return ""
    return f"{name} is `{os.environ.get(name)}`: it"


def _choices(param: click.Parameter | None) -> str:
    """``text, json or svg``, empty where anything may be written."""
    of: Any = param.type if param else None
    return listed(map(str, of.choices), "or") if isinstance(of, click.Choice) else ""


def _taken(param: click.Parameter | None) -> str:
    """What a parameter takes."""
    if choices := _choices(param):
        return choices
    match param.type if param else None:
        case click.IntRange(min=least, max=most):
            ends = f" from {least}" * (least is not None) + f" up to {most}" * (most is not None)
            return f"a whole number{ends}"
        case click.DateTime():
            return "a date such as 2027-01-04"
        case click.Path(exists=True, file_okay=False):
            return "a folder that is there"
        case click.Path(exists=True):
            return "a file that is there"
    return "another value"


def _too_much(ctx: click.Context | None) -> str:
    """More words than the command has names for."""
    names = [_name(one) for one in ctx.command.get_params(ctx) if isinstance(one, click.Argument)] if ctx else []
    path = ctx.command_path if ctx else "this command"
    return f"too many arguments: `{path}` takes {' and '.join(names) or 'options alone'}"
