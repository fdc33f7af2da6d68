"""Params, blocks and the workouts of other files put where they are used: tree to tree.

The result is what somebody would have written out by hand, with every text still knowing its place, so that
nothing behind this pass has to know of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from negsplit.diagnostics import Effect, Report, has_errors, meant
from negsplit.document.beginnings import plainly
from negsplit.document.library import Library, LibraryFile, Refusal, Texts
from negsplit.document.params import (
    Declared,
    Filling,
    Param,
    ParamScope,
    TooMuchError,
    given,
    report_missing,
    report_unknown,
)
from negsplit.document.reading import is_meant
from negsplit.document.shapes import WorkoutShape
from negsplit.tree.nodes import Fields, Gap, Items, Node, Text
from negsplit.tree.source import MAX_DEPTH
from negsplit.tree.source_lines import short

MAX_USES: Final = 20
"""Blocks and files that use one another, one inside the other."""
MAX_MADE: Final = 20_000
"""Values, steps and uses that one document may come to."""

_LINE: Final = re.compile(r"[^\n]+")
_CLAIM: Final = "adds_up_to"
"""The one key beside the steps in which params are filled."""


class PlainWorkout(NamedTuple):
    """A workout without params and uses.

    ``files`` are the workouts of other files that it uses, ``idle`` the blocks that nothing uses, filled in.
    """

    node: Fields
    files: tuple[Fields, ...] = ()
    idle: tuple[Fields, ...] = ()


def written_out(
    node: Fields,
    report: Report,
    library: Library | None = None,
    values: Mapping[str, Text] | None = None,
    around: Mapping[str, Param] | None = None,
) -> PlainWorkout:
    """A workout document with everything it uses in place; ``values`` are for its params.

    Params ``around`` it may be named and need not be. Its blocks are then those of a plan, which checks them.
    A text or a use at fault is reported, and a gap stands in the place of its step.
    """
    named = map(_is_plain, (node.value("steps"), node.value(_CLAIM)))
    if not values and "params" not in node and "blocks" not in node and all(named):
        return PlainWorkout(node)
    return _Reuse(report, library or Texts({})).document(node, values or {}, around)


def _is_plain(node: Node | None) -> bool:
    if isinstance(node, Text):
        return "$" not in node
    if isinstance(node, Items):
        return all(map(_is_plain, node))
    if isinstance(node, Fields):
        return "use" not in node and plainly(node) is node and all(map(_is_plain, node.values()))
    return True


class _Body(NamedTuple):
    """What the steps of a document or block are written out with: its params, and the blocks it may use."""

    scope: ParamScope
    blocks: Fields | None


class _Reuse:
    """The work on one document."""

    def __init__(self, report: Report, library: Library) -> None:
        self.report, self.library = report, library
        self.filling = Filling(report)
        self.stack: list[tuple[Fields, Text]] = []
        self.made = self.depth = 0
        self.outside: set[str] = set()
        """The params of the document, once its blocks are looked at."""
        self.files: list[Fields] = []
        self.used: set[int] = set()
        self._known: dict[int, Declared] = {}
        self._opened: dict[tuple[int, str], LibraryFile | Refusal] = {}

    def document(self, node: Fields, values: Mapping[str, Text], around: Mapping[str, Param] | None) -> PlainWorkout:
        """A whole document."""
        key, steps = next(((key, value) for key, value in node.items() if key == "steps"), (None, None))
        if key is None or steps is None:
            return PlainWorkout(node)
        declared, blocks = self._declared(node), blocks_of(node)
        body = _Body(self._scope(declared, {name: given(text) for name, text in values.items()}, None), blocks)
        self.outside = set(map(str, declared.params))
        body.scope.params.update({name: one for name, one in (around or {}).items() if name not in body.scope.params})
        try:
            written = {key: self._steps(steps, body), **self._claim(node, body)}
            self._report_unused(declared, body.scope)
            idle = tuple(self._idle(blocks)) if around is None else ()
        except TooMuchError as error:
            span = self.stack[0][1].span if self.stack else key.span
            message = f"with everything it uses, this workout has more than {error}"
            self.report.error("too-much", message, span, "use fewer blocks, or shorter ones", effect=Effect.GIVES_UP)
            written, idle = {key: Gap.of(steps.span)}, ()
        return PlainWorkout(node.but(written), tuple(self.files), idle)

    def _claim(self, node: Fields, body: _Body) -> dict[Text, Node]:
        """What a document says it adds up to; one at fault is left as it is, for that is reported."""
        texts = {key: value for key, value in node.items() if key == _CLAIM and isinstance(value, Text)}
        return {key: self._text(text, body) or Gap.of(text.span) for key, text in texts.items()}

    def _idle(self, blocks: Fields | None) -> Iterator[Fields]:
        """The blocks that nothing has used, with the defaults of their params."""
        for name, block in (blocks or {}).items():
            if not isinstance(block, Fields) or id(block) in self.used:
                continue
            declared = self._declared(block)
            if None in declared.params.values():
                continue
            key, steps = next(((key, value) for key, value in block.items() if key == "steps"), (None, None))
            if key is not None and steps is not None and (not isinstance(steps, Text) or steps.strip()):
                body = _Body(self._scope(declared, {}, None), blocks)
                self.stack.append((block, name))
                written = self._steps(steps, body)
                self.stack.pop()
                self._report_unused(declared, body.scope)
                yield block.but({key: written})

    # Params.

    def _declared(self, node: Fields) -> Declared:
        if id(node) not in self._known:
            declared = self.filling.declared(node.value("params"))
            self._known[id(node)] = declared._replace(readable=False) if _misspells_params(node) else declared
        return self._known[id(node)]

    def _scope(self, declared: Declared, values: Mapping[str, Param], use: Text | None) -> ParamScope:
        """What a body sees; ``use`` is the place that gives values, None for a document by itself."""
        found: dict[str, Param] = {}
        for key, default in declared.params.items():
            param = values.get(key, default)
            found[key] = param or Param()
            if param is not None:
                continue
            if use is None:
                message = f"`{key}` has no default, and nothing here gives it a value"
                self.report.error("missing-param", message, key.span, f"write a default: `{key}: 4`")
            else:
                report_missing(use, key, self.report)
        scope = ParamScope(found, readable=declared.readable)
        scope.outside = self.outside
        return scope

    def _report_unused(self, declared: Declared, scope: ParamScope) -> None:
        if scope.astray or Param() in declared.params.values():
            return  # what is at fault may have been meant to name it
        for key in declared.params:
            if key not in scope.named and key.isidentifier():
                help = f"write `${key}` in a step, or leave it out"
                self.report.error("unused-param", f"`{key}` is not used by any step", key.span, help)

    # Steps.

    def _steps(self, node: Node, body: _Body) -> Node:
        """What stands behind ``steps:``; anything but a line or a list is left to its shape."""
        if isinstance(node, Text):
            return self._text(node, body) or self._lines(node, body) or Gap.of(node.span)
        if not isinstance(node, Items):
            self._filled(node, body)
            return node
        result = Items(node.span, flow=node.flow)
        self._go_down()
        for item in map(plainly, node):
            self._count(1)
            if isinstance(item, Fields) and next(iter(item), None) == "use":
                result += self._use(item, body)
            elif not self.stack and _is_plain(item):
                result.append(item)
            else:
                found = self._filled(item, body)
                result.append(Gap.of(item.span) if found is None else found)
        self.depth -= 1
        return result

    def _filled(self, node: Node, body: _Body) -> Node | None:
        """A node with its params filled in; None where a text in it is at fault."""
        if isinstance(node, Text):
            return self._text(node, body)
        self._count(len(node))
        self._go_down()
        result: Fields | Items
        if isinstance(node, Items):
            values = [self._filled(value, body) for value in node]
            result = Items(node.span, flow=node.flow)
            result += [value for value in values if value is not None]
            faulty = len(result) < len(values)
        else:
            result = Fields(node.span, flow=node.flow)
            fill = {True: self._steps, False: self._filled}
            pairs = [(key, fill[key == "steps"](value, body)) for key, value in node.items()]
            result.update((key, value) for key, value in pairs if value is not None)
            faulty = len(result) < len(pairs) and not _can_stand(node, result)
        self.depth -= 1
        return None if faulty else result

    def _lines(self, text: Text, body: _Body) -> Node | None:
        """Of a block of lines in which a param is at fault, which was reported, the lines without one."""
        lines = [line for line in _LINE.finditer(text) if line.group().strip()]
        if len(lines) < 2 or any(line.group().count("(") != line.group().count(")") for line in lines):
            return None
        filling, found = Filling(Report()), Items(text.span, flow=False)
        for line in lines:
            alone = Text(line.group(), text.at(*line.span()))
            found.append(filling.text(alone, body.scope) or Gap.of(alone.span))
        return found

    def _text(self, text: Text, body: _Body) -> Text | None:
        if self.stack and "$" not in text:
            self.filling.count(len(text))
        return self.filling.text(text, body.scope)

    def _count(self, nodes: int) -> None:
        self.made += nodes
        if self.made > MAX_MADE:
            raise TooMuchError(f"{MAX_MADE} pieces")

    def _go_down(self) -> None:
        self.depth += 1
        if self.depth >= MAX_DEPTH:
            raise TooMuchError(f"{MAX_DEPTH} levels inside one another")

    # Uses.

    def _use(self, item: Fields, body: _Body) -> list[Node]:
        """The steps that a use stands for; the use itself where its form is at fault, which its shape says."""
        values, wanted = item.value("with"), item.value("use")
        name = self._text(wanted, body) if isinstance(wanted, Text) else None
        texts = values.items() if isinstance(values, Fields) else ()
        with_ = {key: self._text(one, body) if isinstance(one, Text) else None for key, one in texts}
        if not _has_form(item):
            self._filled(item, body)
            return [item]
        found = self._found(name, body) if name and name.strip() else None
        if name is None or found is None or not self._enter(found[0], name):
            return [Gap.of(item.span)]
        target, blocks = found
        declared = self._declared(target)
        self._report_given(declared, with_, name)
        known = {
            str(key): given(text) if text is not None and not text.empty else Param() for key, text in with_.items()
        }
        inner = _Body(self._scope(declared, known, name), blocks)
        steps = target.value("steps")
        result: list[Node] = [Gap.of(item.span)]
        if isinstance(steps, Text | Items) and steps:
            self.used.add(id(target))
            written = self._steps(steps, inner)
            self._report_unused(declared, inner.scope)
            result = list(written) if isinstance(written, Items) else [written]
        self.stack.pop()
        return result

    def _found(self, name: Text, body: _Body) -> tuple[Fields, Fields | None] | None:
        """The block or the workout of a file that a use names, with the blocks that it may use in its turn."""
        if body.blocks is not None and name in body.blocks:
            block = body.blocks[name]
            return (block, body.blocks) if isinstance(block, Fields) else None
        place = (id(name.span.source), str(name))
        if place not in self._opened:
            self._opened[place] = self.library.open(name.span.source, str(name))
        file = self._opened[place]
        if isinstance(file, Refusal):
            near = meant(name, body.blocks, name.span) if body.blocks else None
            self.report.error("unknown-block", file.message, name.span, *((near,) if near else file.help))
            return None
        node = self._workout(file, name)
        return (node, blocks_of(node)) if node is not None else None

    def _workout(self, file: LibraryFile, name: Text) -> Fields | None:
        if any(node is one for one in self.files for node in file.nodes[:1]):
            return self.files[[one is file.nodes[0] for one in self.files].index(True)]
        self.report.extend(file.diagnostics)
        if len(file.nodes) != 1:
            if not has_errors(file.diagnostics):
                message = f"`{short(name)}` holds {len(file.nodes)} documents, and one can be used"
                self.report.error("not-a-workout", message, name.span, "put each in its own file")
            return None
        node = file.nodes[0]
        if not isinstance(node, Fields) or next(iter(node), None) != "workout":
            help = "a file that is used begins with `workout:`"
            self.report.error("not-a-workout", f"`{short(name)}` is not a workout", name.span, help)
            return None
        for key in node:
            if key in ("tolerance", "last_recovery"):
                help = f"write `{key}` on its steps, or in the workout that uses it"
                self.report.warning("no-effect", f"`{key}` of a file that is used does not count", key.span, help)
        self.files.append(node)
        return node

    def _enter(self, target: Fields, name: Text) -> bool:
        """Whether a block or file may be used here: not inside itself, and not too deep."""
        names = [str(known) for _, known in self.stack]
        for at, (inside, _) in enumerate(self.stack):
            if inside is target:
                chain = " -> ".join((*names[at:], name))
                help = "take this `use` out, or write out the steps that are meant"
                self.report.error("cycle", f"`{short(name)}` uses itself: {short(chain)}", name.span, help)
                return False
        if len(self.stack) >= MAX_USES:
            message = f"blocks and files use one another at most {MAX_USES} deep"
            self.report.error("too-deep", message, name.span, "write some of the steps out")
            return False
        self.stack.append((target, name))
        return True

    def _report_given(self, declared: Declared, with_: Mapping[Text, Text | None], name: Text) -> None:
        for key, value in with_.items():
            if key not in declared.params and declared.readable:
                report_unknown(name, key, declared.params, with_, key.span, self.report)
            elif value is not None and value.empty:
                help = f'write a value after `{key}:`, or leave it out for its default; `""` is an empty text'
                self.report.error("empty", f"`{key}` has no value", key.span, help)


def _misspells_params(node: Fields) -> bool:
    """Whether the params of a document or block stand under another key, which is reported."""
    return is_meant(node, "params", WorkoutShape)


def blocks_of(node: Fields) -> Fields | None:
    """The blocks of a document, if it has any in their form."""
    blocks = node.value("blocks")
    return blocks if isinstance(blocks, Fields) else None


def _has_form(item: Fields) -> bool:
    """Whether a use is written as one: a name, and values that are texts."""
    wanted, values = item.value("use"), item.value("with")
    if not isinstance(wanted, Text) or not wanted.strip() or not set(item) <= {"use", "with"}:
        return False
    if values is None:
        return True
    return isinstance(values, Fields) and all(isinstance(one, Text) for one in values.values())


def _can_stand(written: Fields, filled: Fields) -> bool:
    """Whether a repeat goes on without what is at fault, so that its steps are still checked."""
    if next(iter(written), None) != "repeat" or "steps" not in filled:
        return False
    if "repeat" not in filled:
        key = next(iter(written))
        steps = dict(filled)
        filled.clear()
        filled.update({key: Text.made("2", written[key].span)} | steps)
    return True
