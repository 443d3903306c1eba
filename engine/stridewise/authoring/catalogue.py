"""Write the rule catalogue: one page per pack, rule by rule what it says, when, why, how sure, and the cases that show it.

Run `python -m stridewise.authoring.catalogue docs/rules`; with --check nothing is written, and what is out of date is named."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from stridewise.authoring.cases import Case, read_cases
from stridewise.authoring.generated import page, write_generated
from stridewise.authoring.rule_words import RuleWords, amount_of
from stridewise.errors import StridewiseError
from stridewise.language.dosage_words import spoken_amount, spoken_work
from stridewise.language.exercise import Exercise
from stridewise.language.rule import Rule
from stridewise.language.vocabulary import Term
from stridewise.packs.pack import Override, RulePack
from stridewise.packs.plugins import load_packs, plugin_manager
from stridewise.program.builder import build_program
from stridewise.program.program import Program

COMMAND = "python -m stridewise.authoring.catalogue"
OWN = "*.md"  # what of the folder is written here


def catalogue_pages(program: Program) -> dict[str, str]:
    """Every page by its name below docs/rules/: an index, and one page for each pack."""
    packs = sorted(program.packs, key=lambda pack: pack.name)
    cases = {pack.name: read_cases(pack) for pack in packs}
    words = RuleWords(program)
    index = {"packs": [(pack, len(cases[pack.name])) for pack in packs]}
    pages = {"README.md": page("README", COMMAND, index, finalize=_plain)}
    return pages | {f"{pack.name}.md": _pack_page(words, pack, cases[pack.name]) for pack in packs}


def _plain(told: Any) -> str:
    """Without a tag or a link that a pack's text would bring into the page."""
    return str(told).replace("<", "&lt;").replace("](", "]\\(")


def _pack_page(words: RuleWords, pack: RulePack, cases: Sequence[Case]) -> str:
    """Its rules in the order of its files, and what it holds besides."""
    program, own = words.program, {document.path for document in pack.vocabularies}
    told = {
        "pack": pack,
        "cases": cases,
        "files": list(_by_file(program, pack)),
        "pathways": [one for one in program.pathways.values() if one.pack == pack.name],
        "exercises": [_exercise(words, written.item) for written in pack.exercises],
        "kinds": [kind for kind in program.vocabulary.kinds.values() if kind.place.path in own],
        "terms": list(_terms(program, pack)),
        "shown": {name for case in cases for name in (*case.shape.expect.fires, *case.shape.expect.silent)},
    }
    filters: dict[str, Callable[..., Any]] = {
        "when": words.when,
        "then": words.then,
        "source": words.source,
        "words": lambda name: name.replace("_", " "),
        "weeks": spoken_amount,
        "amount": lambda threshold: amount_of(threshold.value, threshold.unit),
        "change": _change,
        "content": lambda stage: rule.consequents if (rule := program.rule(stage.rules[2])) is not None else (),
        "stage": lambda concluded: concluded.get("stage"),
        "spoken": lambda test: program.vocabulary.kinds[test].spoken,
    }
    return page("pack", COMMAND, told, filters, _plain)


def _by_file(program: Program, pack: RulePack) -> Iterator[tuple[str, list[Rule]]]:
    by_file: dict[str, list[Rule]] = {}
    for rule in sorted(program.rules, key=lambda rule: (rule.place.path, rule.place.line)):
        if rule.pack == pack.name and "/rules/" in rule.place.path:
            by_file.setdefault(rule.place.path.rpartition("/rules/")[2], []).append(rule)
    for path, rules in by_file.items():
        yield path.removesuffix(".yaml").removesuffix(".yml").replace("_", " "), rules


def _change(override: Override) -> str:
    if override.action == "retune":
        return f"set to {override.to}"
    stand_in = override.with_rule or override.with_pathway
    return f"replaced by `{stand_in}`" if stand_in else "switched off"


def _exercise(words: RuleWords, exercise: Exercise) -> tuple[str, ...]:
    """What it trains, its doses, what it asks of the body, and what must be shown first."""
    trains = ", ".join(words.label("targets", name) for name in exercise.targets.direct)
    doses = "; ".join(f"{goal}: {spoken_work(dosage)}" for goal, dosage in exercise.dosage.items())
    first = " ".join(gate.earn for gate in exercise.gates)
    return f"{exercise.name} (`{exercise.id}`)", trains, doses, _asked(exercise), first


def _asked(exercise: Exercise) -> str:
    """Of the body."""
    if not isinstance(exercise.demands, dict):
        return exercise.demands or "not said"
    return ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in exercise.demands.items()) or "nothing"


def _terms(program: Program, pack: RulePack) -> Iterator[tuple[str, Term]]:
    """The terms that the pack writes, with their lists."""
    for root in (document.root for document in pack.vocabularies if isinstance(document.root, dict)):
        for list_name, written in (root.get("terms") or {}).items():
            known = program.vocabulary.terms.get(list_name, {})
            yield from ((list_name, known[name]) for name in written if name in known)


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a page is out of date.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def main(check: bool, folder: Path) -> None:
    """Write the catalogue of the built-in packs into DIR."""
    try:
        pages = catalogue_pages(build_program(load_packs(plugin_manager(choice=""))))
    except StridewiseError as error:
        raise click.ClickException(str(error)) from error
    write_generated(pages, folder, check, COMMAND, OWN)


if __name__ == "__main__":
    main()
