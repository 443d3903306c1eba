"""What a text forbids is kept out by data: the words "no running", "no heavy lifting" and their like, read out of every referral,
warning and reason of the packs that look after safety, each have the veto behind them in the plan of the rule's own case."""

import re
from collections.abc import Callable, Iterator

import pytest

from plans import built_in, built_in_packs, session
from runners import text
from stridewise.authoring.cases import Case, read_cases
from stridewise.language.exercise import Exercise
from stridewise.language.rule import Refer, Rule, Selector, Warn, texts_of
from stridewise.session import Session

PACKS = ("safety", "conditions")
RUNNING_STOPS = ("running", "impact", "weight_bearing", "lower_limb", "all_exercise")
DEMANDS_STOPPED = {
    "weight_bearing": ("weight_bearing", "impact"),
    "lower_limb": ("lower_limb", "weight_bearing", "impact"),
    "impact": ("impact",),
    "running": ("impact",),
    "nothing": (),
}
# Everything a gym and a strong, experienced runner could tempt a plan to.
KIT = sorted(built_in().vocabulary.terms["equipment_items"])
TEMPTING_WEEK = {"mon": "easy", "tue": "intervals", "thu": "tempo", "sat": "easy", "sun": "long"}
HEAVY = 2  # the heavy loads of the library: barbells, machines and the heaviest dumbbells


# --- reading the words ---------------------------------------------------------------------------------------------------

_NOT_ADDED = re.compile(r"\badd no\b[^.;:]*", re.I)  # what is not added may go on where it is familiar
_END = r"(?=\b(?:until|before|while|because|as long)\b|[.;:]|$)"
_NOT = re.compile(rf"\b(?:no|leave out|do not)\s+([^.;:]*?){_END}", re.I)
_WITHOUT = re.compile(r"\bwithout (?:an? )?([^.;:,]*?)(?=\band\b|[.;:,]|$)", re.I)
_WORDS = {
    "running": r"(?<!hard )(?<!downhill )(?<!uphill )(?<!fast )\brunning\b|\bto run\b|^run\b",
    "hard running": r"\bhard running\b",
    "jumping": r"\bjump(?:ing)?\b",
    "heavy lifting": r"\bheavy lifting\b",
    "leg exercise": r"\bleg exercises?\b",
    "heel raise": r"\bheel raises?\b",
    "stretching": r"(?<!hamstring )\bstretch(?:ing|es)?\b(?! across)",
    "stretching across the midline": r"\bstretch(?:ing|es) across the midline\b",
    "hamstring stretching": r"\bhamstring stretch(?:ing|es)?\b",
    "hop test": r"\bhop(?: test|ping)?\b",
    "all exercise": r"^exercise\b|^training\b",
}


def forbidden(said: str) -> set[str]:
    """What a text forbids. What is only put off where it is new is not forbidden."""
    found: set[str] = set()
    said = _NOT_ADDED.sub("", said)
    for clause in (*_NOT.findall(said), *_WITHOUT.findall(said)):
        if "increase" in clause:
            found.add("increase")
            continue
        plain = re.sub(r"\bnew \w+(?:(?:,| or| and) \w+)*", "", clause)
        found |= {word for word, pattern in _WORDS.items() if re.search(pattern, plain.strip(), re.I)}
    return found


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("No running, jumping or heavy lifting until then.", {"running", "jumping", "heavy lifting"}),
        ("Until then no running and no leg exercise; walking goes on.", {"running", "leg exercise"}),
        ("Examine it, without a hop test.", {"hop test"}),
        ("Please do not stretch the calf. Running goes on.", {"stretching"}),
        ("No heel raise and no stretching: it may tear.", {"heel raise", "stretching"}),
        ("Regular meals, and no increase in running.", {"increase"}),
        ("No exercise until then.", {"all exercise"}),
        ("Leave out jumping until it has come down.", {"jumping"}),
        ("No new jumping for two weeks.", set()),
        ("While this is sore we add no hard calf work and no jumping.", set()),
        ("No hard running sessions until it is over.", {"hard running"}),
        ("Leave out downhill running for now.", set()),
        ("Leave out hamstring stretches.", {"hamstring stretching"}),
        ("Walking without a limp and running without pain go on.", set()),
    ],
)
def test_the_words_are_read(said: str, expected: set[str]) -> None:
    """A sentence that forbids is told from one that allows."""
    assert forbidden(said) == expected


# --- the veto behind them ------------------------------------------------------------------------------------------------


def _kept_out(held: Session) -> set[str]:
    """The exercises that a referral stops or a contraindication rules out."""
    ruled_out = [one.what.avoid for one in held.recommendations.avoid if one.what.level == "contraindication"]
    stops = [one.stops for one in held.plan.referrals]
    return {
        exercise.id
        for exercise in held.situation.program.exercises.values()
        if "all_exercise" in stops
        or any(exercise.demand(name) for stop in stops for name in DEMANDS_STOPPED[stop])
        or any(_selects(avoided, exercise) for avoided in ruled_out)
    }


def _selects(avoided: str | Selector, exercise: Exercise) -> bool:
    if isinstance(avoided, str):
        return avoided == exercise.id
    return not avoided.new and avoided.demand is not None and exercise.demand(avoided.demand) > avoided.above


def _none_left(held: Session, is_meant: Callable[[Exercise], bool]) -> bool:
    meant = {exercise.id for exercise in held.situation.program.exercises.values() if is_meant(exercise)}
    prescribed = {one.exercise for one in held.plan.prescriptions}
    return bool(meant) and meant <= _kept_out(held) and not meant & prescribed


def _no_runs(held: Session) -> bool:
    said = any(one.stops in RUNNING_STOPS for one in held.plan.referrals) or held.situation.memory.by_kind.get("running_waits")
    runs = [one.title for day in held.plan.schedule for one in day.sessions if one.kind == "run"]
    return bool(said) and not runs


def _no_increase(held: Session) -> bool:
    capped = {one.what.adjust for one in held.recommendations.adjust if one.what.at_most is not None or one.what.to is not None}
    running = [one for one in held.plan.load_adjustments if one.metric in ("weekly_distance", "longest_run")]
    raised = [one for one in running if one.from_ is not None and one.to is not None and one.to > one.from_]
    return {"weekly_distance", "longest_run"} <= capped and not raised


def _no_hard_runs(held: Session) -> bool:
    return any(one.metric == "hard_sessions" and one.to == 0 for one in held.plan.load_adjustments)


def _is_stretch(exercise: Exercise) -> bool:
    return bool(exercise.demand("achilles")) and ("stretch" in exercise.id or "mobilisation" in exercise.id)


HELD: dict[str, Callable[[Session], bool]] = {
    "running": _no_runs,
    "hard running": _no_hard_runs,
    "jumping": lambda held: _none_left(held, lambda exercise: exercise.demand("impact") > 0),
    "heavy lifting": lambda held: _none_left(held, lambda exercise: exercise.demand("heavy_load") >= HEAVY),
    "leg exercise": lambda held: _none_left(held, lambda exercise: exercise.demand("lower_limb") > 0),
    "heel raise": lambda held: _none_left(held, lambda exercise: "calf_raise" in exercise.id),
    "stretching": lambda held: _none_left(held, _is_stretch),
    "stretching across the midline": lambda held: _none_left(held, lambda exercise: exercise.demand("hip_adduction") > 1),
    "hamstring stretching": lambda held: _none_left(held, lambda exercise: exercise.id == "iron_cross"),
    "hop test": lambda held: _none_left(held, lambda exercise: exercise.demand("impact") > 0),
    "all exercise": lambda held: any(one.stops_all for one in held.plan.referrals) and not held.plan.prescriptions,
    "increase": _no_increase,
}

CASES = {
    name: case
    for pack in built_in_packs()
    for case in reversed(read_cases(pack))
    for name in case.shape.expect.fires
    if name.startswith(f"{pack.name}/")
}


def _texts(rule: Rule) -> Iterator[str]:
    """Every referral, warning, load text and reason of a rule."""
    yield rule.because.text
    if rule.patient is not None:
        yield rule.patient.text
    for item in rule.consequents:
        if isinstance(item, Refer | Warn) or hasattr(item, "adjust"):
            yield from texts_of(item)


WORDS = [
    (rule, word) for rule in built_in().rules if rule.pack in PACKS for word in sorted(set().union(*map(forbidden, _texts(rule))))
]


def _tempted(case: Case, rule: Rule) -> Session:
    """The rule's own case for a runner who could do all of it: a full gym, years of lifting, five runs a week."""
    runner = {"schema": 1, "runner": {"ref": "R-1"}} | dict(case.profile)
    runner["runner"] = {"ref": "R-1"} | dict(runner["runner"])
    runner["constraints"] = {"equipment": KIT, "minutes_per_session": 60, "sessions_per_week": 2} | dict(
        runner.get("constraints", {})
    )
    training = {
        "week": TEMPTING_WEEK,
        "strength": {"experience_months": 48, "sessions_per_week": 2},
        "weekly_distance_km": [50],
        "longest_run_km": 18,
        "planned_longest_run_km": 22,
    }
    runner["training"] = training | dict(runner.get("training") or {})
    held = session(text(runner), as_of=case.shape.as_of)
    if any(activation.rule.id == rule.id for activation in held.situation.memory.activations):
        return held
    return session(text({**runner, "training": dict(case.profile).get("training") or {}}), as_of=case.shape.as_of)


@pytest.mark.parametrize(("rule", "word"), [pytest.param(rule, word, id=f"{rule.id}: no {word}") for rule, word in WORDS])
def test_what_a_text_forbids_is_kept_out(rule: Rule, word: str) -> None:
    """In the plan of the rule's own firing case."""
    held = _tempted(CASES[rule.id], rule)
    assert rule.id in {activation.rule.id for activation in held.situation.memory.activations}
    assert HELD[word](held), f'{rule.place}: {rule.id} says "no {word}", and nothing holds it'


def test_texts_that_forbid_are_found_in_the_packs() -> None:
    """Were none found, none would be checked."""
    assert {word for _, word in WORDS} == set(HELD)
