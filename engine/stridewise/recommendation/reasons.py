"""Why: derivations as reasons a reader can check, down to profile lines. Data, not text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from stridewise.inference.memory import Activation, WorkingMemory
from stridewise.language.fact import Fact, is_sideless, show_fact
from stridewise.language.rule import Quote, Rule, Template
from stridewise.language.translation import ENGLISH, NO_SIDE, PLACEHOLDER, Said, either, fill, language_in_force, speaking
from stridewise.language.vocabulary import BOTH, SIDES, Value
from stridewise.plan.model import Because, FactUsed
from stridewise.program.program import Program
from stridewise.recommendation.both_sides import told_of_both, told_without_a_side
from stridewise.recommendation.grounds import grounds_of


@dataclass(frozen=True, slots=True)
class Firing:
    """One rule that fired: a single activation, or the left and the right one read as both sides."""

    rule: Rule
    activations: tuple[Activation, ...]

    @property
    def binding(self) -> dict[str, Value]:
        """Variables to values; a variable that is left in one activation and right in the other is both."""
        first = dict(self.activations[0].binding)
        return {
            name: BOTH if len({dict(a.binding)[name] for a in self.activations}) > 1 else value for name, value in first.items()
        }

    @property
    def premises(self) -> tuple[Fact, ...]:
        if len(self.activations) == 1:
            return self.activations[0].premises
        unique = {fact: fact for activation in self.activations for fact in activation.premises}
        return tuple(sorted(unique.values(), key=lambda fact: fact.sort_key))


def firings(activations: Iterable[Activation]) -> list[Firing]:
    """The rules that fired, equal results for left and right merged, in the order of what they say."""
    given = list(activations)
    if len(given) == 1:
        return [Firing(given[0].rule, tuple(given))]
    unique: dict[tuple[object, ...], Activation] = {}
    for activation in sorted(given, key=lambda a: a.sort_key):
        unique.setdefault((activation.rule.id, activation.binding, frozenset(activation.premises)), activation)
    groups: dict[tuple[object, ...], list[Activation]] = {}
    for activation in unique.values():
        groups.setdefault(_side_free(activation), []).append(activation)
    told = []
    for group in groups.values():
        sides = {value for activation in group for _, value in activation.binding if value in SIDES}
        sides |= {fact.side for activation in group for fact in activation.premises if fact.side in SIDES}
        if len(group) == 2 and sides == SIDES and _one_side_variable(group):
            told.append(Firing(group[0].rule, tuple(group)))
        else:
            told += [Firing(activation.rule, (activation,)) for activation in group]
    return told


def _side_free(activation: Activation) -> tuple[object, ...]:
    binding = tuple((name, "side" if value in SIDES else value) for name, value in activation.binding)
    facts = tuple(
        (f.kind, f.value, tuple((n, "side" if v in SIDES else v) for n, v in f.attributes)) for f in activation.premises
    )
    return (activation.rule.id, activation.branch, binding, facts)


def _one_side_variable(group: Iterable[Activation]) -> bool:
    """With two side variables, left–right and right–left pairs must not be read as "both"."""
    return all(len({value for _, value in activation.binding if value in SIDES}) <= 1 for activation in group)


class Explainer:
    """Turns firings into reasons, with labels from the vocabulary and levels from the sources."""

    def __init__(self, program: Program, memory: WorkingMemory) -> None:
        self.program = program
        self.vocabulary = program.vocabulary
        self.memory = memory
        self.told: dict[tuple[int, ...], tuple[Firing, Because]] = {}  # known by its activations, kept so that they stay
        # Many reasons rest on the same fact: by the very fact, which is kept so that it stays.
        self.shown: dict[int, tuple[Fact, FactUsed]] = {}

    def because(self, firing: Firing) -> Because:
        """The reason a firing gives."""
        key = tuple(map(id, firing.activations))
        if key not in self.told:
            self.told[key] = firing, self._because(firing)
        return self.told[key][1]

    def reasons(self, facts: Iterable[Fact]) -> tuple[Because, ...]:
        """Why these facts were concluded, in the order of what fired."""
        derivations = [one for fact in facts for one in self.memory.derivations.get(fact, ())]
        return tuple([self.because(firing) for firing in firings(derivations)])

    def _because(self, firing: Firing) -> Because:
        rule = firing.rule
        grounds = grounds_of(self.program, rule)
        return Because(
            rule=rule.id,
            text=self.text(rule.because, firing),
            facts=self.facts(firing.premises),
            sources=grounds.sources,
            strength=grounds.strength,
            certainty=grounds.certainty,
            patient=self.text(rule.patient, firing) if rule.patient else "",
            english="" if language_in_force().is_english else self._in_english(rule.because, firing),
            for_everybody=rule.conditions.are_none,
        )

    def facts(self, facts: Iterable[Fact]) -> tuple[FactUsed, ...]:
        """The facts as evidence, left and right read as both where all else is equal."""
        return tuple(self._used(fact) for fact in merge_sides(facts, self._origin))

    def _origin(self, fact: Fact) -> object:
        """What must be equal for two sides to read as one: what is assumed of them, or the rules that concluded them."""
        known = self.memory.facts.get(fact, fact)
        if known.places:
            return sorted(known.assumed)
        return sorted({derivation.rule.id for derivation in self.memory.derivations.get(fact, ())})

    def _used(self, fact: Fact) -> FactUsed:
        if id(fact) not in self.shown:
            self.shown[id(fact)] = fact, self._as_evidence(fact)
        return self.shown[id(fact)][1]

    def _as_evidence(self, fact: Fact) -> FactUsed:
        text = show_fact(self.vocabulary, fact)
        mapping = fact.as_mapping()
        if fact.places:
            at = ", ".join(dict.fromkeys(map(str, fact.places)))
            assumed = sorted(fact.assumed - ({"side"} if is_sideless(self.vocabulary, fact) else set()))
            return FactUsed(mapping, at=at, assumed=tuple(assumed), text=text)
        one_sided = fact if fact.side != BOTH else _on_side(fact, "left")
        rules = sorted({derivation.rule.id for derivation in self.memory.derivations.get(one_sided, ())})
        return FactUsed(mapping, derived_by=rules[0] if rules else "", text=text)

    def text(self, template: Template, firing: Firing) -> str:
        """A template filled from the facts that fired it."""
        language = language_in_force()
        if language.is_english:
            return self._as_written(template, firing)
        said = language.of(template.written or template.text)
        return self._in_english(template, firing) if said is None else self._in_another_language(said, template, firing)

    def _in_english(self, template: Template, firing: Firing) -> str:
        with speaking(ENGLISH):
            return self._as_written(template, firing)

    def _as_written(self, template: Template, firing: Firing) -> str:
        """The sentence as the pack has it, told of both sides or of none where the facts are."""
        if not template.quotes:
            return template.text
        both = [name for name, quote in template.quotes if self._is_both(quote, firing)]
        say = told_without_a_side if both and self._has_no_side(firing) else told_of_both
        told = replace(template, text=reduce(say, both, template.text)) if both else template
        return told.fill({name: self._quoted(quote, firing) for name, quote in template.quotes})

    def _in_another_language(self, said: Said, template: Template, firing: Firing) -> str:
        """A translation of a template, filled; of a sentence for each side the one that these facts are about."""
        values = {name: self._quoted(quote, firing) for name, quote in template.quotes}
        both = [name for name, quote in template.quotes if self._is_both(quote, firing)]
        if not isinstance(said, str):
            side = self._side_of(template, firing)
            said = said.get(NO_SIDE if self._has_no_side(firing) else side) or said.get(side) or said[BOTH]
        values |= dict.fromkeys(both, self.vocabulary.label("sides", BOTH))
        return fill(said, self.program.numbers(firing.rule.pack, PLACEHOLDER.findall(said)) | values)

    def _side_of(self, template: Template, firing: Firing) -> str:
        """The side that a sentence is about; both where it is about either."""
        sides = {str(value) for _, quote in template.quotes for value in self._values(quote, firing) if value in SIDES}
        return sides.pop() if len(sides) == 1 else BOTH

    def rendered(self, text: str, firing: Firing) -> str:
        """One of the rule's other texts, filled."""
        return self.text(dict(firing.rule.texts)[text], firing) if text else ""

    def _has_no_side(self, firing: Firing) -> bool:
        """Is it about what has no left and right alone, as the low back?"""
        sided = [fact for fact in firing.premises if fact.side]
        return bool(sided) and all(is_sideless(self.vocabulary, fact) for fact in sided)

    def _quoted(self, quote: Quote, firing: Firing) -> str:
        values = self._values(quote, firing)
        shown = dict.fromkeys(self.vocabulary.show_value(quote.type, value) for value in values)
        return either(shown)

    def _is_both(self, quote: Quote, firing: Firing) -> bool:
        values = self._values(quote, firing)
        return set(values) == SIDES or values == [BOTH]

    @staticmethod
    def _values(quote: Quote, firing: Firing) -> list[Value]:
        if quote.variable:
            return [firing.binding[quote.variable]]
        return [v for a in firing.activations if (v := a.facts[quote.condition].get(quote.field)) is not None]


def merge_sides(facts: Iterable[Fact], origin: Callable[[Fact], object] | None = None) -> list[Fact]:
    """Left and right facts that are equal but for the side (and for what `origin` gives) as one fact of both sides."""
    groups: dict[object, dict[str, Fact]] = {}
    result: list[Fact] = []
    for fact in facts:
        if fact.side not in SIDES:
            result.append(fact)
            continue
        rest = tuple([part for part in fact.attributes if part[0] != "side"])
        key = (fact.kind, fact.value, rest, str(origin(fact)) if origin else "")
        groups.setdefault(key, {})[fact.side or ""] = fact
    for sides in groups.values():
        if set(sides) == SIDES:
            places = sorted({place for fact in sides.values() for place in fact.places}, key=str)
            result.append(_on_side(sides["left"], BOTH, places=tuple(places)))
        else:
            result += sides.values()
    return sorted(result, key=lambda fact: fact.sort_key)


def _on_side(fact: Fact, side: str, **origin: Any) -> Fact:
    attributes = tuple([(name, side if name == "side" else value) for name, value in fact.attributes])
    return replace(fact, attributes=attributes, **origin)
