"""``negsplit completion``: how a shell completes commands, options and files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

from negsplit.cli import COMPLETE, console

_TAKE_YAML: Final = ("compile", "show", "check", "upload")
_TAKE_FIT: Final = ("inspect", "show")


@click.command(
    "completion", cls=console.Command, short_help="Print the script that lets your shell complete commands and files."
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@console.quiet_option
@console.color_option
def command(shell: Literal["bash", "zsh", "fish"], quiet: bool) -> None:  # noqa: ARG001
    """Print the script by which a shell completes commands, options and files.

    To have it in every new shell, put one line into the shell's own file:

    \b
    bash  in ~/.bashrc:  eval "$(negsplit completion bash)"
    zsh   in ~/.zshrc, below compinit:  eval "$(negsplit completion zsh)"
    fish  once:  negsplit completion fish > ~/.config/fish/completions/negsplit.fish
    """
    from negsplit.cli import program

    click.echo(_SHELLS[shell](program, {}, "negsplit", COMPLETE).source(), nl=False)


# --- What there is to complete -----------------------------------------------------------------


class _FileNames(click.Path):
    """A path whose completion is files of some endings, and folders."""

    def __init__(self, suffixes: tuple[str, ...]) -> None:
        super().__init__(readable=False, path_type=Path)
        self.suffixes = suffixes

    def shell_complete(self, _ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return [CompletionItem(incomplete, type="file", suffixes=self.suffixes)]


class _Files(ShellComplete):
    """Completes files by their endings, as each shell does it best."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        if named := next((word for word in args if word in (*_TAKE_YAML, *_TAKE_FIT)), None):
            self._say_what_it_takes(named)
        found = super().get_completions(args, incomplete)
        return [one for item in found for one in (self._beginning_like(item) if item.suffixes else [item])]

    def _beginning_like(self, item: CompletionItem) -> Iterator[CompletionItem]:
        """Files; what comes with negsplit where ``preset:`` is typed, or begun."""
        from negsplit.words import PRESET

        typed = str(item.value)
        if typed and ".yaml" in item.suffixes and (typed.startswith(PRESET) or PRESET.startswith(typed)):
            from negsplit.desk.presets import presets

            names = (f"{PRESET}{name}" for name in presets())
            yield from (CompletionItem(name) for name in names if name.startswith(typed))
        yield from self.files(item)

    def _say_what_it_takes(self, named: str) -> None:
        from negsplit.desk.inputs import SUFFIXES

        assert isinstance(self.cli, click.Group)
        command = self.cli.get_command(click.Context(self.cli), named)
        for parameter in command.params if command else ():
            if isinstance(parameter, click.Argument):
                yaml, fit = SUFFIXES if named in _TAKE_YAML else (), (".fit",) if named in _TAKE_FIT else ()
                parameter.type = _FileNames((*yaml, *fit))

    def files(self, item: CompletionItem) -> Iterator[CompletionItem]:
        """What to tell the shell of the files that begin like an item: by itself, that they are files."""
        yield item


def _paths(incomplete: str, suffixes: tuple[str, ...]) -> list[tuple[str, bool]]:
    """Files with one of the endings, and folders, that begin as typed, with whether each is a folder."""
    folder, start = os.path.split(incomplete)
    try:
        with os.scandir(os.path.expanduser(folder) or ".") as entries:
            there = [(entry.name, entry.is_dir()) for entry in entries if entry.name.startswith(start)]
    except OSError:
        return []
    return [
        (os.path.join(folder, name), is_folder)
        for name, is_folder in sorted(there)
        if (is_folder or name.lower().endswith(suffixes))
        and (start.startswith(".") or not name.startswith("."))
        and name.isprintable()
    ]


# --- The shells --------------------------------------------------------------------------------


class _Bash(_Files, BashComplete):
    """Names are given whole, and marked as files: bash quotes them, and goes on in a folder."""

    source_template = """\
%(complete_func)s() {
    local IFS=$'\\n' response type value
    response=$(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete $1)

    while IFS=',' read -r type value; do
        case $type in
            path) COMPREPLY+=("$value"); compopt -o filenames ;;
            plain) COMPREPLY+=("$value") ;;
            dir) COMPREPLY=(); compopt -o dirnames ;;
            file) COMPREPLY=(); compopt -o default ;;
        esac
    done <<< "$response"

    return 0
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""

    def files(self, item: CompletionItem) -> Iterator[CompletionItem]:
        for path, _ in _paths(item.value, item.suffixes):
            yield CompletionItem(path, type="path")

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words that were typed: bash ends a word at a colon, which is one by itself."""
        args, incomplete = super().get_completion_args()
        if incomplete == ":":
            args, incomplete = [*args, ":"], ""
        if args[-1:] == [":"] and len(args) > 1:
            *args, word, _colon = args
            incomplete = f"{word}:{incomplete}"
        return args, incomplete

    def format_completion(self, item: CompletionItem) -> str:
        """What is chosen takes the place of what stands behind the last colon."""
        before, colon, _ = self.get_completion_args()[1].rpartition(":")
        return f"{item.type},{str(item.value).removeprefix(before + colon)}"


class _Zsh(_Files, ZshComplete):
    """Zsh finds files itself, by patterns."""

    source_template = ZshComplete.source_template.replace(
        '        elif [[ "$type" == "file" ]]; then\n',
        '        elif [[ "$type" == "glob" ]]; then\n'
        '            _files -g "$key"\n'
        '        elif [[ "$type" == "file" ]]; then\n',
    )

    def files(self, item: CompletionItem) -> Iterator[CompletionItem]:
        yield CompletionItem(" ".join(f"(#i)*{suffix}" for suffix in item.suffixes), type="glob")


class _Fish(_Files, FishComplete):
    """Fish puts no space behind a name that ends in a slash; a name keeps its commas."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')

    def files(self, item: CompletionItem) -> Iterator[CompletionItem]:
        for path, is_folder in _paths(item.value, item.suffixes):
            yield CompletionItem(f"{path}/" if is_folder else path)


_SHELLS: Final[dict[str, type[_Files]]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}
for _shell in _SHELLS.values():
    add_completion_class(_shell)
