"""Packs and overrides in, one checked, stratified program out. Everything wrong with the packs together is reported at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from stridewise.documents.located import line_of
from stridewise.documents.shape import record_like
from stridewise.documents.units import quantity, show
from stridewise.errors import PackError, Problems, did_you_mean, without_follow_ups
from stridewise.language.condition import Threshold
from stridewise.language.exercise import Exercise
from stridewise.language.pathway import Pathway
from stridewise.language.rule import Rule
from stridewise.language.vocabulary import Place, Term, Vocabulary, fold
from stridewise.packs.pack import Override, PackShape, Requirement, RulePack, Source, Written
from stridewise.packs.versions import satisfies
from stridewise.program.drawings import check_drawings
from stridewise.program.pathways import CompiledPathway, compile_pathways, stage_terms
from stridewise.program.program import Program
from stridewise.program.protection import check_absent_in_protected, check_overrides, protected_rules
from stridewise.program.rule_reader import RuleReader, earned_name
from stridewise.program.safety import unreferred_flags
from stridewise.program.strata import Suppliers, stratify
from stridewise.program.traits_reader import check_traits
from stridewise.program.vocabulary_reader import read_vocabulary


def build_program(packs: Iterable[RulePack], without_safety: bool = False) -> Program:
    """Join packs into one program. Raises PackError with every problem found. No plan is made of a program that refers nobody
    for a red flag, unless `without_safety` says that it is meant so: for trials on invented packs, never for a runner."""
    ordered = tuple(sorted(packs, key=lambda pack: pack.name))
    of_files, problems = _problems_of(ordered)
    _check_names(ordered, problems)
    if problems.found:
        _refuse(of_files, problems)
    ordered = _with_rules_of_today(ordered)
    by_age = _by_age(ordered)
    sources = _sources(by_age, problems)
    exercises = _exercises(by_age, problems)
    vocabulary = _vocabulary(by_age, exercises, problems, of_files)
    check_traits((document for pack in ordered for document in pack.vocabularies), vocabulary, sources, problems)
    _check_exercises(ordered, exercises, sources, vocabulary, problems)
    for pack in ordered:
        check_drawings(pack, problems)
    overrides = tuple((pack.name, override) for pack in ordered for override in pack.shape.overrides)
    thresholds = _thresholds(ordered)
    pathways = compile_pathways(ordered, vocabulary, thresholds, problems)
    written = _rules(ordered, vocabulary, thresholds, pathways, problems)
    _check_sources(ordered, sources, problems)
    protected = protected_rules(written)
    by_id = {one.pathway.id: one.pathway for one in pathways}
    check_overrides(ordered, written, by_id, thresholds, protected, _unread(ordered, written, by_id), problems)
    check_absent_in_protected(written, protected, problems)
    retuned = _retune(ordered, thresholds, problems)
    _refuse(of_files, problems)
    if retuned != thresholds:
        pathways = compile_pathways(ordered, vocabulary, retuned, problems)
        written = _rules(ordered, vocabulary, retuned, pathways, problems)
    in_force = _pathways_in_force(pathways, overrides)
    rules = _override_rules(written, pathways, in_force, overrides)
    problems.raise_if_any()
    strata = tuple(tuple(stratum) for stratum in stratify(rules))
    suppliers = Suppliers(rule for stratum in strata for rule in stratum)
    return Program(
        packs=ordered,
        vocabulary=vocabulary,
        exercises=exercises,
        sources=sources,
        thresholds=retuned,
        strata=strata,
        suppliers=suppliers,
        protected=frozenset(protected),
        overrides=overrides,
        unreferred_flags=unreferred_flags(vocabulary, rules, suppliers),
        pathways=in_force,
        without_safety=without_safety,
    )


def known_vocabulary(packs: Sequence[RulePack]) -> tuple[Vocabulary, Set[str]]:
    """What packs make of their words, as far as they can be read, and the names of what cannot."""
    of_files, problems = _problems_of(packs)
    by_age = _by_age(packs)
    return _vocabulary(by_age, _exercises(by_age, problems), problems, of_files), problems.failed


def _problems_of(packs: Iterable[RulePack]) -> tuple[Problems, Problems]:
    """What is wrong with the files of packs; where what is wrong with what they say is collected, none yet."""
    of_files = Problems("", PackError)
    for pack in packs:
        of_files.found += pack.problems
        of_files.failed |= pack.failed
    return of_files, Problems("", PackError, failed=of_files.failed)


def _by_age(packs: Iterable[RulePack]) -> list[RulePack]:
    """Of two packs that define one thing the later is told: the newcomer."""
    return sorted(packs, key=lambda pack: pack.age)


def _refuse(of_files: Problems, problems: Problems) -> None:
    """Raises PackError with what is wrong with the files of the packs, and with what they say; of that nothing that may come of
    the former alone."""
    told = [*of_files.found, *without_follow_ups(problems.found, problems.failed)]
    if told or problems.found:
        raise PackError(told or problems.found)


def _unread(packs: Sequence[RulePack], rules: Sequence[Rule], pathways: Mapping[str, Pathway]) -> set[str]:
    """The rules and pathways that are there and cannot be read."""
    there = {f"{pack.name}/{written.item.id}" for pack in packs for written in pack.rules}
    there |= {written.item.id for pack in packs for written in pack.pathways}
    return there - {rule.id for rule in rules} - pathways.keys()


def _check_names(packs: Sequence[RulePack], problems: Problems) -> None:
    by_name: dict[str, RulePack] = {}
    for pack in packs:
        here = problems.within(pack.document.path)
        if pack.name in by_name:
            here.add(pack.document.line("name"), f'a pack named "{pack.name}" is already loaded from {by_name[pack.name].path}')
        by_name.setdefault(pack.name, pack)
    for pack in packs:
        here = problems.within(pack.document.path)
        for number, required in enumerate(pack.shape.requires):
            with here.at(line_of(pack.document.root, "requires", number), "requires"):
                _check_there(required, by_name)


def _check_there(required: Requirement, by_name: Mapping[str, RulePack]) -> None:
    """Raises ValueError where a pack that another one requires is not loaded, or in another version."""
    found = by_name.get(required.pack)
    if found is None:
        hint = did_you_mean(required.pack, by_name)
        raise ValueError(f'the pack "{required.pack}" is not loaded.{hint} Install it or add --pack')
    version = found.shape.version
    if not satisfies(required.version, version):
        told = f'needs the pack "{required.pack}" {required.version}, found version {version} in {found.path}'
        raise ValueError(f"{told}. Use a version of {required.pack} that fits, or one of this pack that goes with it")


def _with_rules_of_today(packs: tuple[RulePack, ...]) -> tuple[RulePack, ...]:
    """The packs with overrides that name rules as they are called now."""
    named = {
        f"{one.name}/{old}": f"{one.name}/{rule.item.id}" for one in packs for rule in one.rules for old in rule.item.renamed_from
    }
    return tuple(replace(one, shape=_overriding(one.shape, named)) for one in packs) if named else packs


def _overriding(shape: PackShape, named: Mapping[str, str]) -> PackShape:
    return replace(shape, overrides=tuple(replace(one, rule=named.get(one.rule or "", one.rule)) for one in shape.overrides))


def _sources(packs: Sequence[RulePack], problems: Problems) -> dict[str, Source]:
    first: dict[str, Written] = {}
    for written in (written for pack in packs for written in pack.sources):
        known = first.setdefault(written.item.key, written)
        if known.item != written.item:
            message = f'the source "{written.item.key}" is already defined differently at {known.place}; choose another key'
            problems.within(written.place.path).add(written.place.line, message)
    return {key: written.item for key, written in first.items()}


def _exercises(packs: Sequence[RulePack], problems: Problems) -> dict[str, Exercise]:
    exercises: dict[str, Exercise] = {}
    first: dict[str, Written] = {}
    for pack in packs:
        for written in pack.exercises:
            name = written.item.id
            if (known := first.setdefault(name, written)) is not written:
                message = f'the exercise "{name}" is already defined at {known.place}; choose another id'
                problems.within(written.place.path).add(written.place.line, message)
                problems.failed.add(earned_name(name))
            exercises[name] = replace(written.item, pack=pack.name)
    _check_old_exercises(first, problems)
    _check_spoken_names(first.values(), problems)
    return dict(sorted(exercises.items()))


def _check_old_exercises(written: Mapping[str, Written], problems: Problems) -> None:
    """No exercise has the old name of another; the later of the two is told."""
    order = list(written)
    for one in written.values():
        for old in (written[name] for name in one.item.renamed_from if name in written):
            if order.index(old.item.id) > order.index(one.item.id):
                message = f'the exercise "{old.item.id}" has the old name of {one.item.id} ({one.place}); choose another id'
                problems.within(old.place.path).add(old.place.line, message)
            else:
                message = f'{one.item.id}: renamed_from: "{old.item.id}" is still an exercise ({old.place}); leave it out'
                problems.within(one.place.path).add(one.place.line, message)


def _check_spoken_names(written: Iterable[Written], problems: Problems) -> None:
    """What a runner does now is read by these words: each stands for one exercise, and the later of two is told."""
    owners: dict[str, Written] = {}
    for one in written:
        for word in (one.item.id, one.item.name, *one.item.aliases):
            if (other := owners.setdefault(fold(word), one)) is not one:
                message = f'{one.item.id}: its word "{word}" already stands for "{other.item.id}" ({other.place}); choose another'
                problems.within(one.place.path).add(one.place.line, message)


def _vocabulary(
    packs: Sequence[RulePack], exercises: Mapping[str, Exercise], problems: Problems, of_files: Problems
) -> Vocabulary:
    terms = {
        name: Term(name, _spoken(item.name), item.aliases, renamed_from=item.renamed_from) for name, item in exercises.items()
    }
    documents = sorted(
        ((pack.age, document) for pack in packs for document in pack.vocabularies), key=lambda one: (one[0], one[1].path)
    )
    return read_vocabulary([document for _, document in documents], terms, problems, stage_terms(packs, problems), of_files)


def _spoken(name: str) -> str:
    """A name inside a sentence: "Goblet squat" → "goblet squat"; "Super Dog", "T-bar row" and "RDL" stay."""
    is_proper = name[1:2].isupper() or name[1:2] == "-" or any(word[:1].isupper() for word in name.split()[1:])
    return name if is_proper else name[:1].lower() + name[1:]


def _check_exercises(
    packs: Sequence[RulePack],
    exercises: Mapping[str, Exercise],
    sources: Mapping[str, Source],
    vocabulary: Vocabulary,
    problems: Problems,
) -> None:
    measures = {name for name, kind in vocabulary.kinds.items() if kind.type.is_number}
    for written in (written for pack in packs for written in pack.exercises):
        here = problems.within(written.place.path)
        for what, listed, name in _named_by(written.item):
            if name not in vocabulary.terms.get(listed, {}):
                hint = vocabulary.suggestion(listed, name)
                here.add(written.place.line, f'{written.item.id}: unknown {what} "{name}".{hint}')
        tests = [written.item.from_test.test] if written.item.from_test is not None else []
        for what, names, known in (("source", written.item.sources, sources), ("test", tests, measures)):
            for name in (name for name in names if name not in known):
                here.add(written.place.line, f'{written.item.id}: unknown {what} "{name}".{did_you_mean(name, known)}')


def _named_by(item: Exercise) -> Iterator[tuple[str, str, str]]:
    """The terms that an exercise names: (what it is there, its list, the term)."""
    others = (*item.regression, *item.progression, *(swap["for"] for swap in item.swaps))
    easier = (item.from_test.otherwise,) if item.from_test is not None and item.from_test.otherwise else ()
    yield from (("exercise", "exercises", name) for name in others)
    yield from (("easier exercise", "exercises", name) for name in easier)
    yield from (("target", "targets", name) for name in (*item.targets.direct, *item.targets.indirect))
    yield from (("equipment", "equipment_items", name) for choice in item.equipment for name in choice)
    yield from (("need", "cannot_terms", name) for name in item.needs)


def _thresholds(packs: Sequence[RulePack]) -> dict[str, Threshold]:
    written = {f"{pack.name}/{name}": shape for pack in packs for name, shape in pack.shape.thresholds.items()}
    units = {key: "count" if shape.unit == "1" else shape.unit for key, shape in written.items()}
    return {key: record_like(shape, Threshold, name=key, unit=units[key]) for key, shape in written.items()}


def _rules(
    packs: Sequence[RulePack],
    vocabulary: Vocabulary,
    thresholds: Mapping[str, Threshold],
    pathways: Iterable[CompiledPathway],
    problems: Problems,
) -> list[Rule]:
    read: list[tuple[str, Place, Rule | None]] = []
    for pack in packs:
        reader = RuleReader(vocabulary, thresholds, pack.name, problems)
        read += [(f"{pack.name}/{one.item.id}", one.place, reader.rule(one)) for one in pack.rules]
        gated = (one for one in pack.exercises if one.item.gates)
        read += [(f"{pack.name}/{earned_name(one.item.id)}", one.place, reader.gate(one.item, one.place)) for one in gated]
        read += [(rule.id, rule.place, rule) for one in pathways if one.pathway.pack == pack.name for rule in one.rules]
    _check_ids(read, problems)
    rules = {name: rule for name, _, rule in read if rule is not None}
    for rule in rules.values():
        for old in (name for name in rule.renamed_from if f"{rule.pack}/{name}" in rules):
            message = f'{rule.id}: renamed_from: "{old}" is still a rule of this pack; leave it out'
            problems.within(rule.place.path).add(rule.place.line, message)
    return list(rules.values())


def _check_ids(read: Iterable[tuple[str, Place, Rule | None]], problems: Problems) -> None:
    """Each rule has an id of its own, one that cannot be read too; the later of two is told."""
    first: dict[str, Place] = {}
    for name, place, _ in read:
        if name in first:
            problems.within(place.path).add(place.line, f'the rule id "{name}" is already used at {first[name]}; choose another')
        first.setdefault(name, place)


def _check_sources(packs: Sequence[RulePack], sources: Mapping[str, Source], problems: Problems) -> None:
    """The sources that rules and pathways cite, as written; those of an exercise are looked at with it."""
    cited = [(f"{pack.name}/{one.item.id}", one.place, one.item.sources) for pack in packs for one in pack.rules]
    for one in (one for pack in packs for one in pack.pathways):
        of_stages = dict.fromkeys(name for stage in one.item.stages for name in stage.sources)
        cited.append((one.item.id, one.place, (*dict.fromkeys((*one.item.sources, *of_stages)),)))
    for name, place, keys in cited:
        for key in keys:
            if message := _wrong_source(key, sources):
                problems.within(place.path).add(place.line, f"{name}: {message}")


def _wrong_source(name: str, sources: Mapping[str, Source]) -> str:
    """What is wrong with a source as cited, or nothing."""
    key, _, claim = name.partition("#")
    if key not in sources:
        return f'unknown source "{key}".{did_you_mean(key, sources)}'
    claims = [item.id for item in sources[key].claims]
    return f'the source "{key}" has no claim "{claim}".{did_you_mean(claim, claims)}' if claim and claim not in claims else ""


def _retune(packs: Sequence[RulePack], thresholds: Mapping[str, Threshold], problems: Problems) -> dict[str, Threshold]:
    retuned = dict(thresholds)
    for pack in packs:
        for index, override in enumerate(pack.shape.overrides):
            if override.threshold is not None and override.threshold in thresholds:
                threshold = thresholds[override.threshold]
                here = problems.within(pack.document.path)
                with here.at(pack.document.line("overrides", index), f"overrides[{index}].to"):
                    value = quantity(override.to, threshold.unit)
                    if value * threshold.value < 0:
                        before = show(threshold.value, threshold.unit)
                        raise ValueError(f'expected a number on the same side of 0 as {before}, found "{override.to}"')
                    retuned[threshold.name] = replace(threshold, value=value, source="", verified=False)
    return retuned


def _pathways_in_force(pathways: Iterable[CompiledPathway], overrides: Iterable[tuple[str, Override]]) -> dict[str, Pathway]:
    gone = {override.pathway for _, override in overrides if override.pathway is not None}
    return {one.pathway.id: one.pathway for one in pathways if one.pathway.id not in gone}


def _override_rules(
    rules: Iterable[Rule],
    pathways: Iterable[CompiledPathway],
    in_force: Mapping[str, Pathway],
    overrides: Iterable[tuple[str, Override]],
) -> list[Rule]:
    gone = {override.rule for _, override in overrides if override.rule is not None}
    gone |= {name for one in pathways if one.pathway.id not in in_force for name in one.pathway.rules}
    return [rule for rule in rules if rule.id not in gone]
