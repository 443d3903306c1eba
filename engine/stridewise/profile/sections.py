"""The sections of a profile, one function each: what was recorded, taken in as it stands."""

from collections.abc import Sequence
from decimal import Decimal

from stridewise.documents.signatures import names_somebody
from stridewise.errors import did_you_mean
from stridewise.language.fact import UNKNOWN, Fact
from stridewise.profile.entries import Release
from stridewise.profile.lapsed import par_q_counts, screen_counts
from stridewise.profile.paths import LISTS, SINGLE
from stridewise.profile.reader import Reader

OTHER_DIAGNOSIS = "other_diagnosis"  # outside the list: its region is spared
BONE_STRESS, RELEASED = "bone_stress_injury", "bone_stress_released"


def read_sections(reader: Reader) -> None:
    """Take in every section but those that are worked out."""
    _recorded(reader)
    _single(reader)
    _findings(reader)
    _diagnosis(reader)
    _surgery(reader)
    _screen(reader)
    for path, kind in LISTS.items():
        _list(reader, path, kind)
    _par_q(reader)
    _clinician(reader)
    _week(reader)
    _blackout(reader)


def _recorded(reader: Reader) -> None:
    recorded = reader.result.recorded = reader.sections.recorded
    if recorded is not None and recorded > reader.as_of:
        message = f"recorded: {recorded} lies after the day of the plan, {reader.as_of}; check the date, or plan with --as-of"
        reader.problems.add(reader.line("recorded"), message)


def _single(reader: Reader) -> None:
    for path, kind in SINGLE.items():
        value, written_at = reader.given(path)
        if value is None:
            continue
        line = reader.line(written_at)
        with reader.problems.at(line, path):
            number = isinstance(value, Decimal)
            reader.add({kind: reader.in_unit_of(kind, value, written_at) if number else value}, line, path)
    for kind in ("pregnancy", "postpartum"):
        if reader.at(f"safety.{kind}") is not None:
            reader.add({"condition": kind}, reader.line("safety", kind), f"safety.{kind}")


def _findings(reader: Reader) -> None:
    for section in ("findings", "symptoms", "history", "scores"):
        for entry, line, where in reader.entries(section):
            if isinstance(entry, str):
                reader.jotting(entry, section, line, where)
            else:
                reader.entry(entry, line, where)


def _diagnosis(reader: Reader) -> None:
    for entry, line, where in reader.entries("diagnosis"):
        before = len(reader.facts)
        if isinstance(entry, str):
            reader.jotting(entry, "diagnosis", line, where)
        else:
            kind, name = ("diagnosis", "condition") if "condition" in entry else (OTHER_DIAGNOSIS, "other")
            rest = {key: value for key, value in entry.items() if key not in (name, "released")}
            reader.add({kind: entry[name], **rest}, line, where)
        taken = reader.facts[before:]
        injuries = [fact for fact in taken if (fact.kind, fact.value) == ("diagnosis", BONE_STRESS)]
        if injuries:  # without a release on record there is none
            reader.result.answered |= {RELEASED}
        if isinstance(entry, dict) and (release := entry.get("released")) is not None and taken:
            _released(reader, release, injuries, line, f"{where}.released")


def _released(reader: Reader, release: Release, injuries: Sequence[Fact], line: int, where: str) -> None:
    """A physician's release for running, on the sides of the bone stress injury that it belongs to."""
    reader.not_tomorrow(release.date, line, f"{where}.date")
    if not injuries:
        reader.problems.add(line, f"{where}: is a release after a bone stress injury; leave it out of this diagnosis")
    for side in {fact.side: None for fact in injuries}:
        on_side = {"side": side} if side is not None else {}
        reader.add({RELEASED: "yes", "name": release.by, "on": str(release.date), **on_side}, line, where)


def _surgery(reader: Reader) -> None:
    for operation, line, where in reader.entries("surgery"):
        reader.not_tomorrow(operation.date, line, where)
        recorded = reader.sections.recorded or reader.as_of
        months = operation.months_ago
        if operation.date is not None:
            months = Decimal(max(0, (recorded - operation.date).days * 12 // 365))
        said = {"side": operation.side, "procedure": operation.procedure, "months_ago": months, "limits": operation.limits}
        reader.add({"surgery": operation.part, **said}, line, where)


def _list(reader: Reader, path: str, kind: str) -> None:
    """A closed list: it answers its question where every entry is known; red flags only where the screen was done."""
    entries = reader.at(path)
    if entries is None:
        return
    facts = [entry if isinstance(entry, dict) else {kind: entry} for entry in entries]
    screened = any(fact.kind == "safety_screen" for fact in reader.facts)
    if all(fact.get(kind, "") not in (None, UNKNOWN) for fact in facts) and (kind != "red_flag" or screened):
        reader.result.answered |= {kind}
    for index, fact in enumerate(facts):
        reader.add(fact, reader.line(path, index), f"{path}[{index}]")


def _screen(reader: Reader) -> None:
    screened = reader.at("safety.screened")
    if screened is not None:
        line, where = reader.line("safety.screened"), "safety.screened"
        reader.not_tomorrow(screened, line, where)
        if screen_counts(reader, screened):
            reader.add({"safety_screen": "yes"}, line, where)


def _par_q(reader: Reader) -> None:
    """A yes counts for ever; a no, and a clearance, for a year."""
    par_q = reader.at("safety.par_q")
    if par_q is None or par_q.any_yes is None:
        return
    reader.not_tomorrow(par_q.date, reader.line("safety.par_q.date"), "safety.par_q.date")
    entry = {"par_q": par_q.any_yes}
    if par_q_counts(reader, par_q.date):
        entry |= {"follow_up": par_q.follow_up, "name": par_q.by, "on": par_q.date and str(par_q.date)}
    elif not par_q.any_yes:
        return
    reader.add(entry, reader.line("safety.par_q"), "safety.par_q")
    reader.result.answered |= {"par_q"}


def _week(reader: Reader) -> None:
    for day, session in (reader.at("training.week") or {}).items():
        where = f"training.week.{day}"
        reader.add({"training_day": day, "session": session}, reader.line(where), where)


def _blackout(reader: Reader) -> None:
    for day, line, where in reader.entries("constraints.blackout"):
        reader.add({"blackout": str(day)}, line, where)


# --- what the clinician decides ------------------------------------------------------------------------------------------


def _clinician(reader: Reader) -> None:
    for path, kind in (("clinician.pin", "pinned_exercise"), ("clinician.ban", "banned_exercise")):
        for choice, line, where in reader.entries(path):
            because = {"reason": choice.reason} if choice.reason is not None else {}
            reader.add({kind: choice.exercise, **because}, line, where)
    _retunes(reader)
    _acknowledgements(reader)
    _refuse_pinned_and_banned(reader)


def _retunes(reader: Reader) -> None:
    known, seen = reader.vocabulary.terms.get("exercises", {}), set()
    for retune, line, where in reader.entries("clinician.retune"):
        if retune.exercise not in known:
            hint = did_you_mean(retune.exercise, known)
            reader.problems.add(line, f'{where}: unknown exercise "{retune.exercise}".{hint}')
        if retune.exercise in seen:
            reader.problems.add(line, f'{where}: "{retune.exercise}" is retuned twice; keep one')
        seen.add(retune.exercise)
    reader.result.retunes = reader.at("clinician.retune") or ()


def _acknowledgements(reader: Reader) -> None:
    """By whom, why, and when: after what they are about was recorded, and not tomorrow."""
    seen: set[frozenset[str]] = set()
    for one, line, where in reader.entries("clinician.acknowledge"):
        reader.not_tomorrow(one.date, line, where)
        if not (names_somebody(one.by) and one.because.strip()):
            reader.problems.add(line, f"{where}: an acknowledgement needs a name and a reason")
        if reader.sections.recorded is None:
            message = (
                "say on which day the findings were recorded (recorded: 2026-11-21); an older acknowledgement does not count"
            )
            reader.problems.add(line, f"{where}: {message}")
        if frozenset(one.rules) in seen:
            reader.problems.add(line, f"{where}: the same is acknowledged twice; keep one")
        seen.add(frozenset(one.rules))
    reader.result.acknowledgements = reader.at("clinician.acknowledge") or ()


def _refuse_pinned_and_banned(reader: Reader) -> None:
    pinned = {fact.value for fact in reader.facts if fact.kind == "pinned_exercise"}
    for fact in reader.facts:
        if fact.kind == "banned_exercise" and fact.value in pinned:
            reader.problems.add(fact.places[0].line, f'clinician: "{fact.value}" is pinned and banned; keep one')
