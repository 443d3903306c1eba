"""The page of phrases and shorthand that are understood, made from the vocabulary."""

from collections.abc import Iterable, Iterator, Mapping

from stridewise.language.vocabulary import Vocabulary

INTRODUCTION = """\
# What may be typed

Generated from the vocabulary; do not edit. An entry of `findings`, `symptoms`, `history` or `diagnosis`, and an answer to
`recommend new`, may be a line of a clinician's own words instead of a fact. It is read only where every word of it is accounted
for: by what it is about, and by details beside it. `recommend plan --show-reading` says back what was understood; what is not
understood is an error at its line.

- A side may stand anywhere: “weak left glute med”, “L knee pain”, “HR L 22 / R 14”. Two numbers without a side are left and
  right. A score for each side, “knee pain L 4/10 R 2/10”, makes two entries.
- “L>R” means both sides, the left one more: its grade counts as the one that is emphasised.
- An entry may hold several, separated by semicolons, commas or “and”: “tight calves, hamstrings”. What may stand for one side or
  for both, and what follows a “no”, is asked for rather than guessed.
- `{n}` is a number, `{time}` a time (6 weeks, 6/52, 3/12, 2 days, 18 months), `{list}` a term of that list; `[words]` may be left
  out, one of `(these|those)` is needed. Case, hyphens and spaces do not matter.
- A pack adds its own phrases, details and synonyms the same way; see [writing rules](writing-rules.md).
"""


def phrase_page(vocabulary: Vocabulary) -> Iterator[str]:
    """The lines of the page."""
    yield INTRODUCTION
    yield "## Tests\n\nA name, then a number for each side, with its unit or without.\n"
    tests = [kind for kind in vocabulary.kinds.values() if kind.type.is_number and kind.traits.shorthand]
    yield from table(("Kind", "Short names", "Unit"), ((code(k.name), code(*k.traits.shorthand), k.type.unit) for k in tests))
    yield "\n## Words around a term\n\n`{value}` is a term of the list, under any of its names.\n"
    worded = [kind for kind in vocabulary.kinds.values() if not kind.type.is_number and kind.traits.shorthand]
    yield from table(("Kind", "List", "Forms"), ((code(k.name), code(k.type.terms), code(*k.traits.shorthand)) for k in worded))
    yield "\n## Details, wherever they stand\n"
    details = vocabulary.details.values()
    yield from table(("Words", "Say"), ((code(detail.phrase), _says(detail.says)) for detail in details))
    yield "\n## Phrases\n"
    phrases = sorted(vocabulary.aliases.values(), key=lambda alias: alias.phrase.casefold())
    yield from table(("Phrase", "Stands for"), ((code(one.phrase), code(*map(_fact, one.facts))) for one in phrases))
    yield "\n## Names of terms\n\nWithout the exercises; their names are in the catalogue.\n"
    named = ((name, term) for name, terms in sorted(vocabulary.terms.items()) if name != "exercises" for term in terms.values())
    rows = ((code(name), code(term.name), ", ".join((term.label, *term.aliases))) for name, term in named if term.aliases)
    yield from table(("List", "Term", "Also"), rows)
    yield "\n## What may mean several things\n"
    unclear = ((code(phrase), advice) for phrase, advice in sorted(vocabulary.unclear.values()))
    yield from table(("Typed", "Answer"), unclear)
    yield f"\n## Words that say nothing\n\n{code(*sorted(vocabulary.fillers.values()))}"
    yield f"\n## Words that deny\n\n{code(*sorted(vocabulary.negations.values()))}"


def _says(ways: Iterable[Mapping[str, object]]) -> str:
    return " or ".join(code(_fact(way)) for way in ways)


def _fact(entry: Mapping[str, object]) -> str:
    return ", ".join(f"{name}: {' and '.join(value) if isinstance(value, tuple) else value}" for name, value in entry.items())


def code(*names: str) -> str:
    """Names as code, separated by commas."""
    return ", ".join(f"`{name}`" for name in names)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The lines of a table in Markdown."""
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
