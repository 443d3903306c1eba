"""Write the reference that the code itself knows best: pages of docs/ and the JSON Schemas. Same packs in, same bytes out.

Run `python -m stridewise.authoring.reference_docs docs`; with --check nothing is written, and what is out of date is named."""

import json
from collections.abc import Iterable, Mapping
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import Any

import click
import yaml

from stridewise.authoring.generated import code, page, row, write_generated
from stridewise.authoring.key_docs import key_tables
from stridewise.authoring.schemas import SHAPES, schema_of
from stridewise.documents.units import show
from stridewise.language.own_words import READ
from stridewise.language.vocabulary import Kind, Term, ValueType, Vocabulary
from stridewise.packs.plugins import load_packs, plugin_manager
from stridewise.profile.facts import LISTS, SINGLE, WORKED_OUT
from stridewise.profile.logs.words import table
from stridewise.program.builder import build_program
from stridewise.program.program import Program

COMMAND = "python -m stridewise.authoring.reference_docs"


def reference_pages(program: Program) -> dict[str, str]:
    """Every generated file by its path below docs/."""
    pages = {"profile.md": _profile_page(program), "phrases.md": _phrase_page(program.vocabulary), "keys.md": key_page()}
    pages["logs.md"] = page("logs", COMMAND, table(), {"flat": _flat})
    pages |= {f"{name}.md": page(name, COMMAND, safety(), {"tests": _tests}) for name in ("safety-trace", "hazards")}
    for document in SHAPES:
        pages[f"schemas/{document}.schema.json"] = json.dumps(schema_of(document), indent=2, ensure_ascii=False) + "\n"
    return pages


# --- from the profile to facts ------------------------------------------------------------------------------------------


def _profile_page(program: Program) -> str:
    kinds = program.vocabulary.kinds
    paths = [*((path, (kind,)) for path, kind in (SINGLE | LISTS).items()), *WORKED_OUT.items()]
    told = {
        "paths": [(path, kinds[name]) for path, names in paths for name in names if name in kinds],
        "kinds": sorted(kinds.values(), key=attrgetter("name")),
        "owners": {document.path: pack.name for pack in program.packs for document in pack.vocabularies},
        "read": sorted(READ),
        "vocabulary": program.vocabulary,
    }
    return page("profile", COMMAND, told, {"value": _value, "attributes": _attributes, "term": _term})


def _value(type_: ValueType) -> str:
    if not type_.is_number:
        return f"term of {code(type_.terms)}" if type_.terms else type_.describe()
    low, high = ("" if limit is None else show(limit) for limit in (type_.minimum, type_.maximum))
    limits = f", {low} to {high}" if low and high else f", from {low}" if low else f", up to {high}" if high else ""
    return f"{type_.unit if type_.unit in ('count', 'score') else f'number in {type_.unit}'}{limits}"


def _attributes(kind: Kind) -> str:
    given = kind.attributes.values()
    return "; ".join(f"{code(a.name)}: {_value(a.type)}" + ("" if a.default is None else f" ({a.default})") for a in given)


def _term(term: Term) -> str:
    return term.name + "°" * term.negative


# --- the others ---------------------------------------------------------------------------------------------------------


def _phrase_page(vocabulary: Vocabulary) -> str:
    short = [kind for kind in vocabulary.kinds.values() if kind.traits.shorthand]
    told = {"vocabulary": vocabulary, "short": short, "row": partial(row, bar=r"\|")}
    return page("phrases", COMMAND, told, {"fact": _fact})


def _fact(entry: Mapping[str, object]) -> str:
    return ", ".join(f"{name}: {' and '.join(value) if isinstance(value, tuple) else value}" for name, value in entry.items())


def key_page() -> str:
    """Every key of a pack's documents."""
    return page("keys", COMMAND, {"documents": key_tables()})


def _flat(words: Any) -> list[str]:
    return [words] if isinstance(words, str) else [word for item in words for word in _flat(item)]


@cache
def safety() -> dict[str, Any]:
    """The promises and rules of safety with the tests that hold them, and the hazards, as written beside this file."""
    told: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("safety.yaml").read_text(encoding="utf-8"))
    return told


def _tests(tests: Iterable[str]) -> str:
    return code([test.removeprefix("tests/") for test in tests])


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a file is out of date.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def main(check: bool, folder: Path) -> None:
    """Write the generated reference into DIR."""
    pages = reference_pages(build_program(load_packs(plugin_manager(choice=""))))
    write_generated(pages, folder, check, COMMAND, own="")


if __name__ == "__main__":
    main()
