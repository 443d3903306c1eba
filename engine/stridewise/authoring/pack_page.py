"""What a pack holds besides rules and pathways, for its page of the catalogue: what it changes in other packs, its exercises, and
its words."""

from collections.abc import Iterator, Mapping

from stridewise.authoring.generated import markdown_table
from stridewise.language.dosage_words import spoken_work
from stridewise.language.exercise import Exercise
from stridewise.language.vocabulary import Kind, Term, Vocabulary
from stridewise.packs.pack import Override, RulePack
from stridewise.program.program import Program


def override_lines(pack: RulePack) -> Iterator[str]:
    """What the pack changes in others, until when, and who decided so."""
    if pack.shape.overrides:
        yield from ("", "## What it changes in other packs", "")
        rows = ((f"`{one.target}`", _change(one), one.reason, one.by, f"until {one.expires}") for one in pack.shape.overrides)
        yield from markdown_table(("What", "Change", "Reason", "Decided by", "Holds"), rows)


def _change(override: Override) -> str:
    if override.action == "retune":
        return f"set to {override.to}"
    stand_in = override.with_rule or override.with_pathway
    return f"replaced by `{stand_in}`" if stand_in else "switched off"


def exercise_lines(program: Program, pack: RulePack) -> Iterator[str]:
    """The pack's exercises: what each trains, its doses, what it asks of the body, and what must be shown first."""
    if pack.exercises:
        yield from ("", "## Exercises", "")
        rows = (_exercise(program.vocabulary, written.item) for written in pack.exercises)
        yield from markdown_table(("Exercise", "Trains", "Doses", "Asks of the body", "First"), rows)


def _exercise(vocabulary: Vocabulary, exercise: Exercise) -> tuple[str, ...]:
    targets = vocabulary.terms.get("targets", {})
    trains = ", ".join(targets[name].label if name in targets else name for name in exercise.targets.direct)
    doses = "; ".join(f"{goal}: {spoken_work(dosage)}" for goal, dosage in exercise.dosage.items())
    demands = _listed(exercise.demands) if isinstance(exercise.demands, dict) else exercise.demands or "not said"
    first = " ".join(gate.earn for gate in exercise.gates)
    return f"{exercise.name} (`{exercise.id}`)", trains, doses, demands, first


def word_lines(program: Program, pack: RulePack) -> Iterator[str]:
    """The kinds of facts and the terms that the pack brings."""
    own = {document.path for document in pack.vocabularies}
    if kinds := [kind for kind in program.vocabulary.kinds.values() if kind.place.path in own]:
        yield from ("", "## Kinds of facts", "")
        yield from markdown_table(("Kind", "Value", "Reads as", "Asked as"), map(_kind, kinds))
    if terms := list(_terms(program.vocabulary, pack)):
        yield from ("", "## Terms", "")
        yield from markdown_table(("List", "Term", "Reads as", "Also"), terms)


def _kind(kind: Kind) -> tuple[str, ...]:
    value = f"{kind.type.describe()}; {kind.mode}"
    return f"`{kind.name}`", value, kind.label.replace("{value}", "…"), kind.question


def _terms(vocabulary: Vocabulary, pack: RulePack) -> Iterator[tuple[str, ...]]:
    for root in (document.root for document in pack.vocabularies if isinstance(document.root, dict)):
        for list_name, written in (root.get("terms") or {}).items():
            known = vocabulary.terms.get(list_name, {})
            yield from ((f"`{list_name}`", *_term(known[name])) for name in written if name in known)


def _term(term: Term) -> tuple[str, ...]:
    return f"`{term.name}`", f"{term.label}{' (tested and normal)' if term.negative else ''}", ", ".join(term.aliases)


def _listed(demands: Mapping[str, int]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in demands.items()) or "nothing"
