"""Read a rule as written against the vocabulary of all packs: conditions, consequents, texts."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from stridewise.documents.fitting import hints_of
from stridewise.documents.located import line_of, with_lines_of
from stridewise.documents.sentences import as_found
from stridewise.documents.shape import record_like, validate
from stridewise.documents.units import WITHOUT_NAME, show
from stridewise.errors import Problems, did_you_mean
from stridewise.language.condition import Conditions, Threshold, Variable
from stridewise.language.condition_reader import ConditionReader
from stridewise.language.exercise import DEMANDS, Exercise
from stridewise.language.fact import VALUE, value_type
from stridewise.language.rule import (
    METRIC_UNITS,
    SHAPES,
    Adjust,
    Avoid,
    Conclude,
    Consequent,
    Prescribe,
    Quantity,
    Refer,
    Rule,
    Selector,
    Template,
    Train,
    read_template,
    texts_of,
    used_variables,
    variable_type,
)
from stridewise.language.translation import PLACEHOLDER
from stridewise.language.vocabulary import CONSEQUENTS, Place, Value, ValueType, Vocabulary
from stridewise.packs.pack import RuleShape, Written


@dataclass(frozen=True, slots=True)
class _Written:
    """A rule as written, and where the problems of its parts are recorded."""

    shape: RuleShape
    node: Any
    here: Problems

    def line(self, *steps: str | int) -> int:
        return line_of(self.node, *steps)

    def where(self, part: str, *index: int) -> str:
        return f"{self.shape.id}: {part}{''.join(f'[{number}]' for number in index)}"

    def add(self, message: str, part: str, *index: int) -> None:
        self.here.add(self.line(part, *index), f"{self.where(part, *index)}: {message}")

    def at(self, part: str, *index: int) -> AbstractContextManager[None]:
        """Record a ValueError raised inside as a problem of this part."""
        return self.here.at(self.line(part, *index), self.where(part, *index))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A rule whose conditions and consequents are read."""

    written: _Written
    conditions: Conditions
    consequents: tuple[Consequent, ...]


class RuleReader:
    """Reads the rules of one pack. Every problem is recorded at its line; a rule with one is left out of the result."""

    def __init__(self, vocabulary: Vocabulary, thresholds: Mapping[str, Threshold], pack: str, problems: Problems) -> None:
        self.vocabulary = vocabulary
        self.conditions = ConditionReader(vocabulary, thresholds, pack)
        self.thresholds = thresholds
        self.pack = pack
        self.problems = problems

    def rule(self, written: Written) -> Rule | None:
        """The rule, or None with its problems recorded."""
        shape: RuleShape = written.item
        here = self.problems.within(written.place.path)
        before = len(here.found)
        as_written = _Written(shape, written.node, here)
        conditions, consequents = self._when(as_written), self._then(as_written)
        if conditions is None:
            return None
        draft = _Draft(as_written, conditions, consequents)
        self._check_variables(draft)
        because, patient, texts = self._texts(draft)
        if len(here.found) > before:
            return None
        return record_like(
            shape,
            Rule,
            id=f"{self.pack}/{shape.id}",
            conditions=conditions,
            consequents=draft.consequents,
            because=because,
            patient=patient,
            texts=texts,
            place=written.place,
            named_thresholds=tuple(sorted(self._named(draft))),
        )

    def gate(self, exercise: Exercise, place: Place) -> Rule | None:
        """The rule that concludes an exercise is earned: all its gates hold."""
        here = self.problems.within(place.path)
        name = earned_name(exercise.id)
        with here.at(place.line, f"{exercise.id}: gates"):
            conditions = self.conditions.read_all([entry for gate in exercise.gates for entry in _as_list(gate.needs, "needs")])
            earned = Conclude(kind="earned", values=((VALUE, exercise.id),))
            because = Template("; ".join(gate.earn.rstrip(".") for gate in exercise.gates) + ": met.")
            return Rule(
                id=f"{self.pack}/{name}",
                conditions=conditions,
                consequents=(earned,),
                because=because,
                patient=None,
                texts=(),
                sources=exercise.sources,
                strength="expert_opinion",
                certainty="low",
                place=place,
                title=because.text,
            )
        return None

    def _when(self, written: _Written) -> Conditions | None:
        entries = written.shape.when
        if isinstance(entries, list):
            return self.conditions.read_or_tell(entries, written.here, partial(written.at, "when"))
        written.add(f"expected a list of conditions, [] for a rule about every runner, found {as_found(entries)}", "when")
        return None

    def _then(self, written: _Written) -> tuple[Consequent, ...]:
        entries = written.shape.then if isinstance(written.shape.then, list) else []
        if not entries:
            written.add(f"expected a list of consequents, each behind a dash, found {as_found(written.shape.then)}", "then")
        consequents = []
        for index, entry in enumerate(entries):
            with written.at("then", index):
                if (consequent := self._consequent(entry, written, index)) is not None:
                    consequents.append(consequent)
        return tuple(consequents)

    def _consequent(self, entry: Any, written: _Written, index: int) -> Consequent | None:
        actions = [key for key in CONSEQUENTS if isinstance(entry, dict) and key in entry]
        if actions == ["target", "prescribe"]:  # a prescription may name the target it serves
            actions = ["prescribe"]
        if len(actions) != 1:
            raise ValueError(
                f"expected one of {', '.join(CONSEQUENTS)}, found {', '.join(actions) or _as_found_with_hint(entry)}"
            )
        if actions[0] == "conclude":
            return self._conclude(entry)
        if slip := _slip(entry, actions[0]):
            raise ValueError(slip)
        place = (written.here, written.line("then", index), written.where("then", index))
        values = dict(entry)
        for name in (name for name in ("avoid", "wherever_planned") if isinstance(values.get(name), dict)):
            values[name] = validate(Selector, entry[name], *place)
            if values[name] is None:
                return None
        consequent: Consequent | None = validate(SHAPES[actions[0]], with_lines_of(entry, values), *place)
        return None if consequent is None else self._check_terms(consequent)

    def _conclude(self, entry: Mapping[str, Any]) -> Conclude:
        if len(entry) != 1 or not isinstance(entry["conclude"], dict):
            found = as_found(entry["conclude"] if len(entry) == 1 else entry)
            raise ValueError(f"conclude: expected one fact such as {{high_mileage: yes}}, found {found}")
        fact = entry["conclude"]
        kind = self.vocabulary.kind_of(fact)
        if kind.name in ("earned", "reached", "stage"):
            raise ValueError(f'conclude: "{kind.name}" follows from exercises and pathways; no rule concludes it')
        if kind.mode != "derived":
            raise ValueError(f'conclude: "{kind.name}" is {kind.mode}; rules conclude derived kinds only')
        values: dict[str, Value | Variable] = {}
        for name, written in fact.items():
            if name != kind.name and name not in kind.attributes:
                raise ValueError(f'"{kind.name}" has no attribute "{name}".{did_you_mean(name, kind.attributes)}')
            type_ = kind.type if name == kind.name else kind.attributes[name].type
            field = VALUE if name == kind.name else name
            values[field] = self._concluded_value(type_, written, name)
        return Conclude(kind=kind.name, values=tuple(sorted(values.items())))

    def _concluded_value(self, type_: ValueType, written: Any, name: str) -> Value | Variable:
        """A variable, a threshold by its name where a number is expected, or the value itself."""
        if isinstance(written, str) and written.startswith("$"):
            return Variable(written[1:])
        threshold = self.conditions.threshold(written, type_) if type_.is_number and isinstance(written, str) else None
        return self.vocabulary.read(type_, written if threshold is None else threshold.value, name)

    def _check_terms(self, consequent: Consequent) -> Consequent:
        """Every name a consequent uses must exist."""
        match consequent:
            case Train(target=target, options=options):
                self._known("targets", target)
                for exercise in options:
                    self._known("exercises", exercise)
            case Prescribe(prescribe=exercise, target=optional_target, wherever_planned=with_what):
                self._known("exercises", exercise)
                if optional_target:
                    self._known("targets", optional_target)
                self._check_selected(with_what or ())
            case Avoid(avoid=what, instead=instead):
                self._check_selected((what,) if isinstance(what, str) else what)
                self._check_selected(instead)
            case Adjust(adjust=metric):
                self._known("load_metrics", metric)
                self._check_quantities(consequent)
            case Refer(refer=who):
                self._known("professionals", who)
        if empty := [name for name in ("warn", "text") if getattr(consequent, name, "said").strip() == ""]:
            raise ValueError(f"{empty[0]}: expected a text, found nothing")
        side = getattr(consequent, "side", None)
        if side is not None and not side.startswith("$") and side not in ("left", "right", "both"):
            raise ValueError(f'side: expected left, right, both or a variable such as "$side", found "{side}"')
        return consequent

    def _check_selected(self, what: tuple[str, ...] | Selector) -> None:
        """Exercises by name, or by a demand, that exist."""
        for exercise in what if isinstance(what, tuple) else ():
            self._known("exercises", exercise)
        if isinstance(what, Selector) and what.demand is not None and what.demand not in DEMANDS:
            raise ValueError(f'unknown demand "{what.demand}".{did_you_mean(what.demand, DEMANDS)}')

    def _check_quantities(self, adjust: Adjust) -> None:
        """Amounts in a unit of the metric; percentages of kinds that exist."""
        if adjust.adjust == "strength_sets" and (adjust.by is None or not adjust.by.is_percentage):
            raise ValueError('strength_sets: expected a share that is taken away, as by: "-50%"; no amount fits every exercise')
        for quantity in filter(None, (adjust.to, adjust.by, adjust.at_most)):
            if not quantity.is_percentage:
                _check_unit(quantity, METRIC_UNITS.get(adjust.adjust, ""))
            if quantity.base and quantity.base not in self.vocabulary.kinds:
                raise ValueError(f'unknown kind "{quantity.base}".{did_you_mean(quantity.base, self.vocabulary.kinds)}')

    def _known(self, list_name: str, term: str) -> None:
        if term not in self.vocabulary.terms.get(list_name, {}):
            hint = self.vocabulary.suggestion(list_name, term)
            raise ValueError(f'unknown {list_name[:-1].replace("_", " ")} "{term}".{hint}')

    def _check_variables(self, draft: _Draft) -> None:
        for index, consequent in enumerate(draft.consequents):
            for name in sorted(set(used_variables(consequent)) - draft.conditions.bound):
                message = f"${name} is bound by no condition that always holds; bind it in `when`"
                draft.written.add(message, "then", index)
            if isinstance(consequent, Conclude):
                with draft.written.at("then", index):
                    self._check_types(draft.conditions, consequent)

    def _check_types(self, conditions: Conditions, consequent: Conclude) -> None:
        """A concluded variable has the type of the field it goes into."""
        for field, value in consequent.values:
            if isinstance(value, Variable) and value.name in conditions.bound:
                wanted = value_type(self.vocabulary.kinds[consequent.kind], field)
                given = variable_type(self.vocabulary, conditions, value.name)
                if (given.terms, given.unit, given.text) != (wanted.terms, wanted.unit, wanted.text):
                    raise ValueError(
                        f"${value.name} is a {given.describe()}, but {field or consequent.kind} takes a {wanted.describe()}"
                    )

    def _with_thresholds(self, text: str) -> str:
        """A text with the pack's own thresholds in numbers, as they are now: "{heel_raises_before_speed}"."""
        for name in PLACEHOLDER.findall(text):
            threshold = self.thresholds.get(f"{self.pack}/{name}")
            if threshold is not None:
                text = text.replace(f"{{{name}}}", show(threshold.value, threshold.unit))
        return text

    def _named(self, draft: _Draft) -> set[str]:
        """The thresholds that texts and conclusions name."""
        shape, entries = draft.written.shape, draft.written.shape.then
        texts = [shape.because, shape.patient, *(text for item in draft.consequents for text in texts_of(item))]
        names = {f"{self.pack}/{name}" for text in texts for name in PLACEHOLDER.findall(text)}
        facts = [entry["conclude"] for entry in entries if isinstance(entry.get("conclude"), dict)]
        written = [value for fact in facts for value in fact.values() if isinstance(value, str)]
        return (names | {value if "/" in value else f"{self.pack}/{value}" for value in written}) & set(self.thresholds)

    def _texts(self, draft: _Draft) -> tuple[Template, Template | None, tuple[tuple[str, Template], ...]]:
        shape = draft.written.shape
        templates: dict[str, Template] = {}
        own = [("because", shape.because), ("patient", shape.patient)]
        for part, text in [*own, *(("then", text) for item in draft.consequents for text in texts_of(item))]:
            with draft.written.at(part):
                template = read_template(self.vocabulary, draft.conditions, self._with_thresholds(text))
                templates[text] = template if template.text == text else replace(template, written=text)
        patient = templates.get(shape.patient) if shape.patient else None
        return templates.get(shape.because, Template("")), patient, tuple(sorted(templates.items(), key=lambda item: item[0]))


def earned_name(exercise: str) -> str:
    """What the rule of an exercise with gates is called."""
    return f"{exercise.replace('_', '-')}-is-earned"


def _check_unit(quantity: Quantity, unit: str) -> None:
    """Raises ValueError where an amount is not in the unit of its metric, or in any where the metric has none."""
    if quantity.unit and not unit:
        raise ValueError(f'expected a percentage or a number without a unit, found "{quantity.unit}"')
    if unit not in ("", *WITHOUT_NAME) and not quantity.unit:
        raise ValueError(
            f'expected an amount with its unit, as "{quantity.amount} {unit}", or "{quantity.amount}%", found neither'
        )
    quantity.in_unit(unit)  # raises where the unit does not fit


def _as_found_with_hint(entry: Any) -> str:
    """What stands there in place of a consequent, with the nearest word for one."""
    hints = [did_you_mean(str(key), CONSEQUENTS) for key in entry] if isinstance(entry, dict) else []
    hint = next(filter(None, hints), "")
    return f"{as_found(entry)}{'.' if hint else ''}{hint}"


def _slip(entry: Mapping[str, Any], action: str) -> str:
    """A misspelt consequent beside another one, as a prescription that names its target; nothing where there is none."""
    unknown = [str(key) for key in entry if key not in hints_of(SHAPES[action])]
    return next((f'unknown key "{key}".{hint}' for key in unknown if (hint := did_you_mean(key, CONSEQUENTS))), "")


def _as_list(needs: Any, name: str) -> list[Any]:
    if not isinstance(needs, list) or not needs:
        raise ValueError(f"{name}: expected a list of conditions, found {as_found(needs)}")
    return needs
