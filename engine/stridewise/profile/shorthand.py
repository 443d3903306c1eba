"""Read what clinicians jot down: "HR L 22 / R 14", "KTW 7/10 cm", "MMT soleus 4-/5", "valgus knee L", "weak glutes".

How a test or a finding is called in short, the vocabulary says (`shorthand:`). The result is in the notation of profiles; what
is not understood is said with an example, never guessed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

from stridewise.documents.frozen import frozen
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError, did_you_mean
from stridewise.language.fact import read_facts
from stridewise.language.vocabulary import Kind, Place, Vocabulary, fold

Entry = str | dict[str, Any]

EXAMPLES = '"weak glutes", "valgus knee L", "HR L 22 / R 14", "KTW 7/10 cm", "MMT soleus L 4-/5", "weakness: soleus"'
HERE = "{value}"  # in a kind's shorthand: where the term stands
BEST_GRADE = 5  # of manual strength
MOST_PARTS = 6  # commas inside one entry
_SIDES = {"l": "left", "lt": "left", "left": "left", "r": "right", "rt": "right", "right": "right",
          "both": "both", "bilat": "both", "bilateral": "both"}  # fmt: skip
_SIDE = rf"(?<![a-z])(?:{'|'.join(sorted(_SIDES, key=len, reverse=True))})(?![a-z])"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_UNIT = rf"(?:\s*(?!(?:{_SIDE}|and(?![a-z])))[a-z%]+)?"
_GRADE = r"[0-5](?:\.5|[+-])?(?![0-9])"
_AMOUNT = re.compile(
    rf"(?P<before>{_SIDE})\s*[:=]?\s*(?P<one>{_NUMBER})(?P<of>{_UNIT})|(?P<two>{_NUMBER})(?P<with>{_UNIT})(?:\s*\(?(?P<after>{_SIDE})\)?)?"
)
_MRC = re.compile(
    rf"(?P<before>{_SIDE})\s*[:=]?\s*(?P<one>{_GRADE})(?:\s*/\s*5)?|(?P<two>{_GRADE})(?:\s*/\s*5)?(?:\s*(?P<after>{_SIDE}))?"
)
_NOISE = {"score": r"/\s*10(?![0-9])", "count": r"(?<![a-z])(?:reps?|times|x)(?![a-z])"}  # what may stand there and says nothing
_UNITS = {"sec": "s", "secs": "s", "seconds": "s", "second": "s", "mins": "min"}


@frozen
class _Part:
    """A word group that says an attribute, and how."""

    pattern: re.Pattern[str]
    name: str
    value: Callable[[str], Any]


def _part(pattern: str, name: str, value: Callable[[str], Any] = lambda text: text) -> _Part:
    return _Part(re.compile(rf"(?<![\w/.-])(?:{pattern})(?![\w/.-])"), name, value)


_PARTS = (
    _part(rf"next morning ({_NUMBER})(?:\s*/\s*10)?", "next_morning", Decimal),
    _part(rf"({_NUMBER})\s*/\s*10", "intensity", Decimal),
    _part(rf"(?:for )?({_NUMBER}) (?:weeks?|wks?|/52)", "weeks", Decimal),
    _part(rf"({_NUMBER}) (?:months?|mths?) ago", "months_ago", Decimal),
    _part(r"(low|moderate|high) irritability|irritability (?:is )?(low|moderate|high)", "irritability"),
    _part(r"(?:at )?(night)", "night", lambda _: "yes"),
    _part(r"(focal)", "focal", lambda _: "yes"),
    _part(r"(mild|slight|marked|severe|normal|owned|mastered|learning)", "grade"),
    _part(r"(gradual|sudden)(?: onset)?", "onset"),
    _part(rf"\(?({_SIDE})\)?", "side", lambda text: _SIDES[text]),
)
_TASK = _part(r"(?:during|on|with|when|in) (?:an? |the )?([a-z][a-z _-]*)$", "during")


def read_entries(text: str, vocabulary: Vocabulary, kinds: Iterable[str] = ()) -> list[Entry]:
    """The entries of a line: one, or several separated by semicolons or commas. Raises ValueError."""
    return [entry for part in text.split(";") if part.strip() for entry in _by_commas(part.strip(), vocabulary, tuple(kinds))]


def _by_commas(text: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> Iterator[Entry]:
    """The longest beginning that is an entry, then the rest: "HR L 22, R 14, weak glutes" holds two."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    while parts:
        for count in range(min(len(parts), MOST_PARTS), 0, -1):
            try:
                yield read_entry(", ".join(parts[:count]), vocabulary, kinds)
            except ValueError:
                if count == 1:
                    raise
            else:
                parts = parts[count:]
                break


def read_entry(text: str, vocabulary: Vocabulary, kinds: Iterable[str] = ()) -> Entry:
    """One entry. `kinds` are those whose terms may stand alone, the likeliest first. Raises ValueError with an example."""
    if is_phrase(text, vocabulary):
        return text
    for read in (_notation, _graded, _measure):
        entry = read(text, vocabulary)
        if entry is not None:
            return _checked(entry, vocabulary)
    return _words(text, vocabulary, tuple(kinds))


def is_phrase(text: str, vocabulary: Vocabulary) -> bool:
    """Is this, case and spaces apart, a phrase of the vocabulary, {n} a number?"""
    if "{" in text:
        return False
    written = [text, *(f"{text[: m.start()]}{{n}}{text[m.end() :]}" for m in re.finditer(_NUMBER, text))]
    return any(fold(one) in vocabulary.aliases for one in written)


def _checked(entry: dict[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """The entry, if a profile may hold it. Raises ValueError where not."""
    read_facts(vocabulary, entry, Place("", 0))
    return entry


def _notation(text: str, vocabulary: Vocabulary) -> dict[str, Any] | None:
    """`weakness: soleus, side: left`, with or without braces, as it would stand in a profile."""
    name = re.match(r"\{?\s*([a-z_0-9]+)\s*:", text)
    if name is None or (name[1] not in vocabulary.kinds and name[1] != "alias"):
        return None
    flow = text if text.startswith("{") else f"{{{text}}}"
    try:
        root = parse_document(flow.encode("utf-8", "replace"), "", ProfileError).root
    except ProfileError as error:
        raise ValueError(f'"{text}" is not in the notation of profiles; write it as weakness: soleus, side: left') from error
    return dict(root) if isinstance(root, dict) else None


# --- tests with numbers -------------------------------------------------------------------------------------------


def _measure(text: str, vocabulary: Vocabulary) -> dict[str, Any] | None:
    """`HR L 22 / R 14`: the name of a test, then a number for both sides or one for each."""
    for name, kind in _test_names(vocabulary):
        match = re.match(rf"{re.escape(name)}(?![a-z])\s*[:=]?\s*(?P<rest>.*[0-9].*)", text.casefold())
        if match:
            rest = re.sub(_NOISE.get(kind.type.unit, "$^"), " ", match["rest"])
            return _entry(kind, text, list(_amounts(rest, text, kind)))
    return None


def _test_names(vocabulary: Vocabulary) -> list[tuple[str, Kind]]:
    """Every way to name a measure, the longest first."""
    measures = {name: kind for name, kind in vocabulary.kinds.items() if kind.type.is_number and kind.mode == "open"}
    names = {name: kind for kind in measures.values() for name in kind.traits.shorthand}
    for name, kind in measures.items():
        names |= {name: kind, name.replace("_", " "): kind}
    return sorted(names.items(), key=lambda item: (-len(item[0]), item[0]))


def _amounts(text: str, written: str, kind: Kind) -> Iterator[tuple[str, str]]:
    """(side or nothing, amount with its unit) of each number. Raises ValueError where anything else is written."""
    found = list(_AMOUNT.finditer(text))
    if not found or re.sub(r"[\s/,;&]|and", "", _AMOUNT.sub(" ", text)):
        raise ValueError(f'"{written}": expected {_how(kind)}')
    units = [_unit(one["of"] or one["with"]) for one in found]
    for one, unit in zip(found, units, strict=True):
        yield _SIDES.get(one["before"] or one["after"] or "", ""), f"{one['one'] or one['two']} {unit or units[-1]}".strip()


def _unit(written: str | None) -> str:
    unit = (written or "").strip()
    return _UNITS.get(unit, unit)


def _how(kind: Kind) -> str:
    """What to write for a measure, with its usual short name."""
    name = kind.traits.shorthand[0].upper() if kind.traits.shorthand else kind.name
    unit = "" if kind.type.unit in ("count", "score") else f" {kind.type.unit}"
    sides = f' or "{name} L 8 / R 10{unit}"' if "side" in kind.attributes else ""
    return f'a number{" of" if unit else ""}{unit}, such as "{name} 8{unit}"{sides}'


def _entry(kind: Kind, written: str, amounts: list[tuple[str, str]], **more: Any) -> dict[str, Any]:
    """One entry for one number, a side map for two; two numbers without sides are left and right."""
    sides = [side for side, _ in amounts]
    values = [_plain(amount) for _, amount in amounts]
    if len(amounts) == 1:
        return {kind.name: values[0], **({"side": sides[0]} if sides[0] else {}), **more}
    sides = ["left", "right"] if sides == ["", ""] else sides
    if sorted(sides) != ["left", "right"] or "side" not in kind.attributes:
        raise ValueError(f'"{written}": expected {_how(kind)}')
    return {kind.name: dict(sorted(zip(sides, values, strict=True))), **more}


def _plain(amount: str) -> Any:
    return Decimal(amount) if re.fullmatch(_NUMBER, amount) and len(amount) <= 20 else amount


def _graded(text: str, vocabulary: Vocabulary) -> dict[str, Any] | None:
    """`MMT soleus L 4-/5`: a grade from 0 to 5 of a muscle; + and - are half a grade."""
    for kind, part in _grades(vocabulary):
        names = "|".join(map(re.escape, kind.traits.shorthand))
        rest, count = re.subn(rf"(?<![a-z])(?:{names})(?![a-z])[:=]?", " ", text.casefold())
        if count:
            return _graded_part(text, rest, kind, part, vocabulary)
    return None


def _grades(vocabulary: Vocabulary) -> Iterator[tuple[Kind, str]]:
    """The kinds that grade a part from 0 to 5 and have a short name, with the attribute that names the part."""
    for kind in vocabulary.kinds.values():
        parts = [name for name, attribute in kind.attributes.items() if attribute.type.terms and name != "side"]
        if kind.type.unit == "score" and kind.type.maximum == BEST_GRADE and kind.traits.shorthand and parts:
            yield kind, parts[0]


def _graded_part(text: str, rest: str, kind: Kind, part: str, vocabulary: Vocabulary) -> dict[str, Any]:
    matches = list(_MRC.finditer(rest))
    words = re.sub(r"[\s/,;:&]+", " ", _MRC.sub(" ", rest)).strip()
    if not matches or re.search("[0-9]", words):
        raise ValueError(f'"{text}": expected a {part} and a grade from 0 to 5, such as "MMT soleus L 4-/5" or "MMT quads 4/5"')
    grades = [(_SIDES.get(match["before"] or match["after"] or "", ""), _half(match["one"] or match["two"])) for match in matches]
    named = {part: vocabulary.read(kind.attributes[part].type, words, part)} if words else {}
    return _entry(kind, text, grades, **named)


def _half(grade: str) -> str:
    """
    >>> _half("4-"), _half("4+"), _half("3")
    ('3.5', '4.5', '3')
    """
    step = {"+": Decimal("0.5"), "-": Decimal("-0.5")}.get(grade[-1], Decimal(0))
    return str(Decimal(grade.rstrip("+-")) + step)


# --- words --------------------------------------------------------------------------------------------------------


def _words(text: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> Entry:
    """A phrase or a term with attributes around it: "valgus knee L", "tight soleus R marked", "outer knee pain L 3/10"."""
    core, attributes = _attributes(text.casefold(), _PARTS)
    if not is_phrase(core, vocabulary):  # "rounded back in squat" is one, "valgus knee in a squat" holds one
        core, task = _attributes(core, (_TASK,))
        attributes |= task
    if is_phrase(core, vocabulary):
        return {"alias": core, **attributes}
    for kind, words in _guesses(core, vocabulary, kinds):
        if (term := _term(vocabulary, kind, words)) is not None:
            return _checked({kind.name: term, **_of(kind, attributes)}, vocabulary)
    raise ValueError(f'"{text}" is not understood.{_hint(core, vocabulary, kinds)}')


def _attributes(text: str, parts: Iterable[_Part]) -> tuple[str, dict[str, Any]]:
    """The words without those that say an attribute, and the attributes."""
    found: dict[str, Any] = {}
    for part in parts:
        match = part.pattern.search(text)
        if match and (rest := f"{text[: match.start()]} {text[match.end() :]}").strip(" ,"):
            text = rest
            found[part.name] = part.value(next(filter(None, match.groups())))
    return " ".join(text.replace(",", " ").split()), found


def _guesses(core: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> Iterator[tuple[Kind, str]]:
    """Which kind the words may name, and the words that are its term: by the words beside it, then where it may stand alone."""
    written = [(kind, form) for kind in vocabulary.kinds.values() for form in kind.traits.shorthand if HERE in form]
    for kind, form in written:
        before, _, after = form.partition(HERE)
        if form != HERE and core.startswith(before) and core.endswith(after) and len(core) > len(form) - len(HERE):
            yield kind, core[len(before) : len(core) - len(after)]
    alone = [vocabulary.kinds[name] for name in kinds if name in vocabulary.kinds]
    yield from ((kind, core) for kind in [*alone, *(kind for kind, form in written if form == HERE)])


def _term(vocabulary: Vocabulary, kind: Kind, words: str) -> str | None:
    """The term that the words name, in the singular or plural."""
    if not kind.type.terms:
        return None
    for form in (words, words.removesuffix("s"), f"{words}s"):
        with suppress(ValueError):
            return str(vocabulary.read(kind.type, form, kind.name))
    return None


def _of(kind: Kind, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes; weeks are months for what lies in the past. Raises ValueError where the kind has no such thing."""
    for name in attributes:
        if name not in kind.attributes:
            known = ", ".join(kind.attributes) or "nothing more"
            raise ValueError(f'"{kind.name}" takes no {name.replace("_", " ")}; it takes {known}')
    return dict(attributes)


def _hint(core: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> str:
    test = next((kind for name, kind in _test_names(vocabulary) if core.partition(" ")[0] == name), None)
    if test is not None:
        return f" Expected {_how(test)}"
    phrases = [alias.phrase for alias in vocabulary.aliases.values()]
    lists = [vocabulary.kinds[kind].type.terms for kind in kinds if kind in vocabulary.kinds]
    terms = [term.label for name in lists for term in vocabulary.terms.get(name, {}).values()]
    return did_you_mean(core, [*phrases, *terms]) or f" Write, for example, {EXAMPLES}"
