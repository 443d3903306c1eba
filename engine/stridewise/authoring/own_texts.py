"""The English texts that the program itself tells people: what stands in `say`, `say_number` and `fixed` in its modules and
templates. Read from the sources, so that no list has to be kept."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

SOURCES = Path(__file__).parents[1]
TELLING = ("say", "say_number", "fixed")


@cache
def own_texts() -> tuple[str, ...]:
    """Every text once, in the order of the files. A plural is known by its form for many."""
    python = (text for path in sorted(SOURCES.rglob("*.py")) for text in _of_module(path.read_text("utf-8")))
    pages = (text for path in sorted(SOURCES.rglob("*.j2")) for text in _of_template(path.read_text("utf-8")))
    return tuple(dict.fromkeys((*python, *pages)))


def _of_module(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in TELLING and node.args:
            yield from _literals(node.args[1] if name == "say_number" and len(node.args) > 1 else node.args[0])


def _name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def _literals(text: ast.expr) -> Iterator[str]:
    """The text, or those of a choice between two."""
    if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value:
        yield text.value
    elif isinstance(text, ast.IfExp):
        yield from (*_literals(text.body), *_literals(text.orelse))


def _of_template(source: str) -> Iterator[str]:
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in TELLING:
            at = 1 if call.node.name == "say_number" else 0
            yield from (text for argument in call.args[at : at + 1] for text in _constants(argument))


def _constants(text: nodes.Expr) -> Iterator[str]:
    """The same of a template."""
    if isinstance(text, nodes.Const):
        yield text.value
    elif isinstance(text, nodes.CondExpr):
        yield from (part for side in (text.expr1, text.expr2) if side is not None for part in _constants(side))
