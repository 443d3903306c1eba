"""Build one vocabulary from the vocabulary files of all packs. Redefining a kind is an error that names both files;
adding terms is allowed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from stridewise.documents.located import Document, LocatedDict, line_of
from stridewise.documents.shape import Count, Flag, Number, fitting_part, record_like, validate
from stridewise.errors import Problems, did_you_mean
from stridewise.language.exercise import check_demands
from stridewise.language.fact import UNKNOWN, read_attributes, read_facts
from stridewise.language.traits import Direction, KindTraits, MeasurementError, TermTraits
from stridewise.language.vocabulary import (
    KEYWORDS,
    MODES,
    NUMBER_HERE,
    TIME_HERE,
    Alias,
    Attribute,
    Detail,
    Kind,
    Place,
    Term,
    ValueType,
    Vocabulary,
    fold,
    slots_of,
)
from stridewise.packs.files import names_in
from stridewise.program.codings_reader import Codings, read_codings
from stridewise.program.traits_reader import kind_traits

# Lists that are made of what packs hold elsewhere.
MADE_LISTS = {"exercises": "exercises are written in exercises/", "pathway_stages": "stages are written in pathways/"}
NO_TERMS: Mapping[str, Term] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueShape:
    """`{terms: LIST or [inline]}`, `{number: UNIT, min, max}`, `{yes_no: true}` or `{text: true}`."""

    terms: str | tuple[str, ...] | None = None
    number: str | None = None
    min: Number | None = None
    max: Number | None = None
    yes_no: Flag = False
    text: Flag = False
    default: Any = None

    def __post_init__(self) -> None:
        if sum([self.terms is not None, self.number is not None, self.yes_no, self.text]) != 1:
            raise ValueError("give exactly one of terms, number, yes_no, text")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is larger than max {self.max}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeShape(ValueShape):
    """A value, with what it is called, how one asks for it, which of its values says that a skill is owned, and of a number
    which way it gets better and how far it can be wrong."""

    label: str = ""
    question: str = ""
    mastered: Any = None
    better: Direction | None = None
    error: MeasurementError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindShape(KindTraits):
    """One entry of `kinds:`."""

    value: ValueShape
    label: str = ""
    attributes: dict[str, AttributeShape] = field(default_factory=dict)
    question: str = ""
    demands: dict[str, Count] = field(default_factory=dict)
    open: Flag = False
    closed: Flag = False
    computed: Flag = False
    derived: Flag = False

    def __post_init__(self) -> None:
        if sum([self.open, self.closed, self.computed, self.derived]) != 1:
            raise ValueError("say exactly one of open: true, closed: true, computed: true, derived: true")
        check_demands(self.demands)

    @property
    def mode(self) -> str:
        return next(mode for mode in MODES if getattr(self, mode))


@dataclass(frozen=True, slots=True, kw_only=True)
class TermShape(TermTraits):
    """One entry of a term list."""

    label: str = ""
    aliases: tuple[str, ...] = ()
    negative: Flag = False
    emphasis: Flag = False
    demands: tuple[str, ...] = ()
    note: str = ""
    renamed_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyShape:
    """One vocabulary file."""

    kinds: dict[str, KindShape] = field(default_factory=dict)
    terms: dict[str, dict[str, TermShape | None] | None] = field(default_factory=dict)
    closed_lists: tuple[str, ...] = ()
    synonyms: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    aliases: dict[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    details: dict[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    unclear: dict[str, str] = field(default_factory=dict)
    fillers: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    codings: Codings = field(default_factory=dict)


DEPTHS = {"kinds": 2, "terms": 3, "synonyms": 3}  # how deep an entry lies that others call by its name
Read = tuple[Document, VocabularyShape]  # a file, and what it says


def read_vocabulary(
    documents: Iterable[Document],
    exercises: Mapping[str, Term],
    problems: Problems,
    stages: Mapping[str, Term] = NO_TERMS,
    of_files: Problems | None = None,
) -> Vocabulary:
    """All kinds, terms and aliases of these files, of which the later is told where two clash; what exercises and pathways bring
    is made here: the lists `exercises` and `pathway_stages`, the kinds `earned`, `reached` and `stage`. What does not have the
    shape of a vocabulary is told to `of_files` (default: `problems`), and the rest is read."""
    vocabulary = Vocabulary(terms={"exercises": dict(exercises), "pathway_stages": dict(stages)})
    sided = {"side": Attribute("side", ValueType(terms="sides"))}
    _made_here(vocabulary, "earned", "{value} is earned", "exercises", {})
    _made_here(vocabulary, "reached", "reached: {value}", "pathway_stages", sided)
    _made_here(vocabulary, "stage", "{value}", "pathway_stages", sided)
    shapes = ((document, _shape_of(document, (of_files or problems).within(document.path))) for document in documents)
    read: list[Read] = [(document, shape) for document, shape in shapes if shape is not None]
    places: dict[tuple[str, str], Place] = {}
    readers = [(_Reader(vocabulary, document, problems.within(document.path), places), shape) for document, shape in read]
    for reader, shape in readers:
        reader.add(shape)
    for reader, shape in readers:
        reader.add_synonyms(shape)
    for document, shape in read:
        read_codings(vocabulary, document, shape.codings, problems.within(document.path))
    _check_closed(read, problems)
    _check_words(exercises, read, problems)
    if "sides" not in vocabulary.terms:  # no pack of this program knows sides
        vocabulary.terms["sides"] = {}
    _check(vocabulary, problems)
    return vocabulary


def _shape_of(document: Document, problems: Problems) -> VocabularyShape | None:
    """What fits of a file."""
    root = document.root or LocatedDict()
    shape = validate(VocabularyShape, root, problems)
    if shape is not None:
        return shape
    if (shape := fitting_part(VocabularyShape, root, DEPTHS, problems.failed)) is None:
        problems.failed.update(names_in(document.content, document.path))
    return shape


def _made_here(vocabulary: Vocabulary, name: str, label: str, terms: str, attributes: dict[str, Attribute]) -> None:
    type_ = ValueType(terms=terms)
    traits = kind_traits(KindTraits(), type_)
    vocabulary.kinds[name] = Kind(name, label, type_, attributes, "derived", "", Place("stridewise", 0), traits)


def _check_closed(read: Sequence[Read], problems: Problems) -> None:
    """A closed list gets its terms from the pack that closes it; what exercises and pathways bring, from no vocabulary. Nobody
    closes a list that another pack began."""
    begun: dict[str, str] = {}
    for document, shape in read:
        for name in shape.terms:
            begun.setdefault(name, _pack_of(document))
    closed = {}
    for document, shape in read:
        for number, name in enumerate(shape.closed_lists):
            if begun.get(name, _pack_of(document)) == _pack_of(document):
                closed[name] = _pack_of(document)
            else:
                message = f'closed_lists: "{name}" is a list of {begun[name]}, to which others may add; leave it out'
                problems.within(document.path).add(line_of(document.root, "closed_lists", number), message)
    for document, shape in read:
        for name in shape.terms:
            line = document.line("terms", name)
            if name in MADE_LISTS:
                problems.within(document.path).add(line, f"terms.{name}: {MADE_LISTS[name]}; leave the list out")
            elif closed.get(name, _pack_of(document)) != _pack_of(document):
                message = f"terms.{name}: this list is closed, as the engine counts on all its terms; use one of them"
                problems.within(document.path).add(line, message)


def _pack_of(document: Document) -> str:
    return document.path.rpartition("/vocabulary/")[0]


def _check_words(exercises: Mapping[str, Term], read: Sequence[Read], problems: Problems) -> None:
    """In one list a word stands for one term; whoever says it second is told."""
    owners = {
        ("exercises", fold(word)): (term.name, "")
        for term in exercises.values()
        for word in (term.name, term.label, *term.aliases)
    }
    for document, shape in read:
        for section, name, term, words in _words_of(shape):
            place = Place(document.path, document.line(section, name, term))
            for word in dict.fromkeys(map(fold, words)):
                other, at = owners.setdefault((name, word), (term, f" ({place})"))
                if other != term:
                    message = f'{section}.{name}.{term}: its word "{word}" already stands for "{other}"{at}; choose another'
                    problems.within(place.path).add(place.line, message)


def _words_of(shape: VocabularyShape) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """(section, list, term, its words there)."""
    for name, terms in shape.terms.items():
        for term, written in (terms or {}).items():
            label, aliases = (written.label, written.aliases) if written else ("", ())
            yield "terms", name, term, (term, label or term.replace("_", " "), *aliases)
    for name, synonyms in shape.synonyms.items():
        yield from (("synonyms", name, term, ways) for term, ways in synonyms.items())


class _Reader:
    """Adds one file to the vocabulary; `places` are those of the terms so far, by list and name."""

    def __init__(
        self, vocabulary: Vocabulary, document: Document, problems: Problems, places: dict[tuple[str, str], Place]
    ) -> None:
        self.vocabulary = vocabulary
        self.document = document
        self.problems = problems
        self.places = places

    def add(self, shape: VocabularyShape) -> None:
        for list_name, terms in shape.terms.items():
            for name, term in (terms or {}).items():
                self._term(list_name, name, term or TermShape())
        for name, kind in shape.kinds.items():
            self._kind(name, kind)
        for phrase, facts in shape.aliases.items():
            self._alias(phrase, facts)
        for phrase, says in shape.details.items():
            self._detail(phrase, says)
        self.vocabulary.unclear |= {fold(phrase): (phrase, advice) for phrase, advice in shape.unclear.items()}
        self.vocabulary.fillers |= {word.casefold(): word for word in shape.fillers}
        self.vocabulary.negations |= {word.casefold(): word for word in shape.negations}

    def add_synonyms(self, shape: VocabularyShape) -> None:
        """Further ways to say terms, of this pack or another."""
        for list_name, terms in shape.synonyms.items():
            known = self.vocabulary.terms.get(list_name, {})
            for name, ways in terms.items():
                if name in known:
                    known[name] = replace(known[name], aliases=(*known[name].aliases, *ways))
                else:
                    line = self.document.line("synonyms", list_name, name)
                    self.problems.add(line, f'synonyms.{list_name}: unknown term "{name}".{did_you_mean(name, known)}')

    def _term(self, list_name: str, name: str, term: TermShape) -> None:
        terms = self.vocabulary.terms.setdefault(list_name, {})
        place = Place(self.document.path, self.document.line("terms", list_name, name))
        first = self.places.setdefault((list_name, name), place)
        if name in terms:
            at = f" ({first})" if first is not place else ""
            self.problems.add(place.line, f'terms.{list_name}: "{name}" is already a term of this list{at}; leave it out')
            return
        if clash := next((old for old in term.renamed_from if old in terms), None):
            line = self.document.line("terms", list_name, name, "renamed_from")
            self.problems.add(line, f'terms.{list_name}.{name}: renamed_from: "{clash}" is still a term; leave it out')
        if other := next((one.name for one in terms.values() if name in one.renamed_from), None):
            self.problems.add(place.line, f'terms.{list_name}: "{name}" is the old name of "{other}"; choose another')
        label = term.label or name.replace("_", " ")
        terms[name] = record_like(term, Term, name=name, label=label, traits=record_like(term, TermTraits))

    def _kind(self, name: str, shape: KindShape) -> None:
        place = Place(self.document.path, self.document.line("kinds", name))
        if name in self.vocabulary.kinds:
            self.problems.add(place.line, f'kinds: "{name}" is already defined at {self.vocabulary.kinds[name].place}; rename it')
            return
        slots = set(slots_of(shape.label))
        if slots - {"value"} or (shape.label and not slots and not shape.value.yes_no):
            line = self.document.line("kinds", name, "label")
            self.problems.add(line, f'kinds.{name}.label: expected "{{value}}" where the value stands, found "{shape.label}"')
        attributes = {item: self._attribute(name, item, value) for item, value in shape.attributes.items()}
        label = shape.label or f"{name.replace('_', ' ')}: {{value}}"
        type_ = self._type(name, shape.value)
        known = {"name": name, "label": label, "type": type_, "attributes": attributes, "place": place}
        self.vocabulary.kinds[name] = record_like(shape, Kind, **known, traits=kind_traits(shape, type_))

    def _attribute(self, kind: str, name: str, shape: AttributeShape) -> Attribute:
        """The default stays as written until all term lists are known."""
        return record_like(shape, Attribute, name=name, type=self._type(f"{kind} {name}", shape))

    def _type(self, name: str, shape: ValueShape) -> ValueType:
        if isinstance(shape.terms, tuple):  # an inline list is a list named after its owner
            inline = self.vocabulary.terms.setdefault(f"{name}_values", {})
            inline |= {term: Term(term, term.replace("_", " ")) for term in shape.terms}
            return ValueType(terms=f"{name}_values")
        return ValueType(shape.terms or "", shape.number or "", shape.min, shape.max, shape.text)

    def _alias(self, phrase: str, facts: tuple[dict[str, Any], ...]) -> None:
        place = Place(self.document.path, line_of(self.document.root, "aliases", phrase))
        key = fold(phrase)
        if key in self.vocabulary.aliases:
            self.problems.add(place.line, f'aliases: "{phrase}" is already defined at {self.vocabulary.aliases[key].place}')
            return
        self.vocabulary.aliases[key] = Alias(phrase, facts, place)

    def _detail(self, phrase: str, says: tuple[dict[str, Any], ...]) -> None:
        """How one and the same detail is read may not depend on the order of packs."""
        place = Place(self.document.path, line_of(self.document.root, "details", phrase))
        says = tuple({key: tuple(one) if isinstance(one, list) else one for key, one in way.items()} for way in says)
        known = self.vocabulary.details.setdefault(phrase.casefold(), Detail(phrase, says, place))
        if known.place != place:
            self.problems.add(place.line, f'details: "{phrase}" is already defined at {known.place}')


def _with_defaults(vocabulary: Vocabulary, kind: Kind, problems: Problems) -> dict[str, Attribute]:
    """The attributes with their defaults, and what says that a skill is owned, read as values."""
    attributes = dict(kind.attributes)
    for name, attribute in kind.attributes.items():
        said = {part: written for part in ("default", "mastered") if (written := getattr(attribute, part)) is not None}
        with problems.at(kind.place.line, f"kinds.{kind.name}.{name}"):
            read: dict[str, Any] = {part: vocabulary.read(attribute.type, said[part], part) for part in said}
            attributes[name] = replace(attribute, **read)
    return attributes


def _check(vocabulary: Vocabulary, problems: Problems) -> None:
    _check_kind_names(vocabulary, problems)
    unlisted = set()
    for kind in list(vocabulary.kinds.values()):
        here = problems.within(kind.place.path)
        for name in sorted(set(kind.attributes) & KEYWORDS):
            here.add(kind.place.line, f'kinds.{kind.name}: the attribute "{name}" is a keyword; rename it')
        for type_ in [kind.type, *(attribute.type for attribute in kind.attributes.values())]:
            if type_.terms and type_.terms not in vocabulary.terms:
                hint = did_you_mean(type_.terms, vocabulary.terms)
                here.add(kind.place.line, f'kinds.{kind.name}: unknown term list "{type_.terms}".{hint}')
                unlisted.add(kind.name)
        vocabulary.kinds[kind.name] = replace(kind, attributes=_with_defaults(vocabulary, kind, here))
    for name in unlisted:
        del vocabulary.kinds[name]  # no value of it can be judged
    problems.failed |= unlisted
    _check_phrases(vocabulary, problems)
    for alias in vocabulary.aliases.values():
        for entry in alias.facts:
            with problems.within(alias.place.path).at(alias.place.line, f'aliases "{alias.phrase}"'):
                kind = vocabulary.kind_of(entry)
                if kind.mode == "derived":
                    raise ValueError("stands for a derived fact; an alias expands to facts that can be recorded")
                _check_stated(vocabulary, kind, entry)


def _check_stated(vocabulary: Vocabulary, kind: Kind, entry: Mapping[str, Any]) -> None:
    """What an alias states can be recorded: its author is told, not the clinician who says the phrase. Slots are filled later."""
    fixed = {name: UNKNOWN if "{" in str(written) else written for name, written in entry.items()}
    read_attributes(vocabulary, kind, fixed)
    read_facts(vocabulary, fixed, kind.place)


def _check_kind_names(vocabulary: Vocabulary, problems: Problems) -> None:
    """A kind has no name that is a keyword, or an attribute of another; of the two the later is told."""
    before: set[str] = set()
    first: dict[str, Kind] = {}  # attributes, with the kind that has them
    for kind in vocabulary.kinds.values():
        here = problems.within(kind.place.path)
        if kind.name in KEYWORDS:
            here.add(kind.place.line, f'kinds: "{kind.name}" is also a keyword; rename the kind')
        elif holder := first.get(kind.name):
            message = f'kinds: "{kind.name}" is also an attribute of "{holder.name}" ({holder.place}); rename the kind'
            here.add(kind.place.line, message)
        before.add(kind.name)
        for name in sorted((before & set(kind.attributes)) - first.keys() - KEYWORDS):
            other = vocabulary.kinds[name].place
            here.add(kind.place.line, f'kinds.{kind.name}: the attribute "{name}" is also a kind ({other}); rename the attribute')
        first = dict.fromkeys(kind.attributes, kind) | first


def _check_phrases(vocabulary: Vocabulary, problems: Problems) -> None:
    """What a detail says are attributes, and slots are for numbers, times and terms."""
    attributes = {name for kind in vocabulary.kinds.values() for name in kind.attributes}
    for detail in vocabulary.details.values():
        for name in sorted({name for way in detail.says for name in way} - attributes):
            message = f'details "{detail.phrase}": unknown attribute "{name}".{did_you_mean(name, attributes)}'
            problems.within(detail.place.path).add(detail.place.line, message)
    said = [(alias.phrase, alias.place) for alias in vocabulary.aliases.values()]
    for phrase, place in (*said, *((detail.phrase, detail.place) for detail in vocabulary.details.values())):
        if any(phrase.count(opened) != phrase.count(closed) for opened, closed in ("[]", "()", "{}")):
            message = f'"{phrase[:60]}": a bracket is opened and not closed, or the other way round; nobody could say it'
            problems.within(place.path).add(place.line, message)
        for slot in slots_of(phrase):
            if slot not in (NUMBER_HERE, TIME_HERE) and slot not in vocabulary.terms:
                here = problems.within(place.path)
                here.add(place.line, f'"{phrase}": expected {{n}}, {{time}} or a list of terms, found {{{slot}}}')
