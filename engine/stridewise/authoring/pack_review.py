"""What clinicians changed in the plans of a folder, counted for the review of the packs: for each rule and exercise of how many
plans it stood in, how often it was overridden, and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from stridewise.authoring.overrides import Override, Visit
from stridewise.program.program import Program


@dataclass(frozen=True, slots=True)
class OverrideReason:
    """Edits of one kind for one reason, quoted: how many, who signed them, from when to when, of which runners."""

    kind: str
    reason: str
    times: int
    by: tuple[str, ...]
    first: date
    last: date
    refs: tuple[str, ...] = field(default=(), metadata={"json": False})


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A rule or an exercise. `plans` it stood in before any edit, `overridden` in how many of them, the others `accepted` it,
    some of them by an acknowledgement; `elsewhere` it was edited in plans that were without it."""

    subject: str
    name: str
    pack: str
    plans: int
    accepted: int
    overridden: int
    acknowledged: int
    elsewhere: int
    kinds: dict[str, int]
    reasons: tuple[OverrideReason, ...]


@dataclass(frozen=True, slots=True)
class PackReview:
    """A folder of profiles: how many, in how many a clinician changed something, from when to when, and all that was overridden.
    `agreeing` edits asked for what was planned anyway, `acknowledged` ones accepted it by name; `left_out` profiles could not be
    planned for."""

    profiles: int
    left_out: int
    changed: int
    agreeing: int
    acknowledged: int
    first: date | None
    last: date | None
    rules: tuple[Reviewed, ...]
    exercises: tuple[Reviewed, ...]


def review(visits: Sequence[Visit], program: Program, left_out: int = 0) -> PackReview:
    """The sum of all visits, what was overridden most often first."""
    subjects = sorted({subject for visit in visits for one in visit.edits for subject in one.subjects})
    summed = [_reviewed(subject, visits, program) for subject in subjects]
    ordered = sorted(summed, key=lambda one: (-one.overridden, -one.elsewhere, one.subject))
    days = sorted(visit.day for visit in visits)
    return PackReview(
        profiles=len(visits),
        left_out=left_out,
        changed=sum(bool(visit.overrides) for visit in visits),
        agreeing=sum(visit.agreeing for visit in visits),
        acknowledged=sum(len(visit.acknowledged) for visit in visits),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        rules=tuple(one for one in ordered if "/" in one.subject),
        exercises=tuple(one for one in ordered if "/" not in one.subject),
    )


def _reviewed(subject: str, visits: Sequence[Visit], program: Program) -> Reviewed:
    against = [(visit, [one for one in visit.overrides if subject in one.subjects]) for visit in visits]
    stood = sum(subject in visit.stood for visit in visits)
    known = [(visit, [one for one in visit.acknowledged if subject in one.subjects]) for visit in visits]
    overridden = sum(bool(made) and subject in visit.stood for visit, made in against)
    name, pack = _named(subject, program)
    return Reviewed(
        subject=subject,
        name=name,
        pack=pack,
        plans=stood,
        accepted=stood - overridden,
        overridden=overridden,
        acknowledged=sum(bool(made) and subject in visit.stood for visit, made in known),
        elsewhere=sum(bool(made) and subject not in visit.stood for visit, made in (*against, *known)),
        kinds=dict(sorted(Counter(one.kind for _, made in against for one in made).items())),
        reasons=_reasons((visit, one) for visit, made in (*against, *known) for one in made),
    )


def _named(subject: str, program: Program) -> tuple[str, str]:
    """Its title or name, and its pack."""
    if "/" in subject:
        rule = program.rule(subject)
        return (rule.title if rule else ""), subject.partition("/")[0]
    exercise = program.exercises.get(subject)
    return (exercise.name, exercise.pack) if exercise else ("", "")


def _reasons(overrides: Iterable[tuple[Visit, Override]]) -> tuple[OverrideReason, ...]:
    """Those of one kind for one reason together, the commonest first."""
    groups: dict[tuple[str, str], list[tuple[Visit, Override]]] = {}
    for visit, one in overrides:
        groups.setdefault((one.kind, one.reason), []).append((visit, one))
    summed = [_reason(kind, reason, group) for (kind, reason), group in groups.items()]
    return tuple(sorted(summed, key=lambda one: (-one.times, one.kind, one.reason)))


def _reason(kind: str, reason: str, group: Sequence[tuple[Visit, Override]]) -> OverrideReason:
    days = sorted(one.day for _, one in group)
    signed = sorted({one.by for _, one in group if one.by})
    refs = sorted({visit.ref for visit, _ in group})
    return OverrideReason(kind, reason, len(group), tuple(signed), days[0], days[-1], tuple(refs))
