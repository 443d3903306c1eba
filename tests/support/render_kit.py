"""Plans for the tests of the renderings: the example profiles, and an invented one whose every text is hostile."""

import os
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from stridewise.language.dosage import Dosage, Load
from stridewise.plan.model import (
    Because,
    ClinicalWarning,
    Conclusion,
    Conflict,
    FactUsed,
    LoadAdjustment,
    Missing,
    NotUsed,
    PackUsed,
    Plan,
    PlannedDay,
    PlannedExercise,
    PlannedSession,
    Prescription,
    Receipt,
    Referral,
    Review,
    SetAside,
    SourceUsed,
    SwapMade,
    WeekTotals,
)
from stridewise.profile.profile import load_profile
from stridewise.program.load import load_program
from stridewise.session import recommend

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parents[1] / "golden"
AS_OF = date(2026, 11, 21)
PROFILES = sorted(path.stem for path in (ROOT / "profiles").glob("*.yaml"))
EVIL = "<script>alert(1)</script> <img onerror=x> **bold** [a](b) | `c`\n# heading\n- item"


@cache
def example(name: str) -> Plan:
    """The plan of an example profile; made with the reference matcher, which every machine has."""
    return recommend(load_profile(ROOT / "profiles" / f"{name}.yaml"), load_program(), AS_OF, "reference")


def because(text: str = "It tested weak.", rule: str = "toy/rule", patient: str = "This may help.") -> tuple[Because, ...]:
    """One reason with a recorded fact, a concluded one and a source."""
    facts = (
        FactUsed({"weakness": "thumb"}, at="toy.yaml:3", text="weak thumb"),
        FactUsed({"suspected": "tiredness"}, derived_by="toy/other", text="suspected tiredness"),
    )
    return (Because(rule, text, facts, (SourceUsed("atlas", "5", False),), patient=patient),)


def prescription(name: str = "Thumb-press on a half-open door", limit: str = "up to 2 of 10", **changes: object) -> Prescription:
    """An invented exercise."""
    made = Prescription(
        exercise="thumb_press",
        name=name,
        block="strength",
        targets=("thumb",),
        side="left",
        dosage=Dosage(sets=Decimal(3), reps=Decimal(8), load=(Load(kind="body_weight"),)),
        pain_limit=limit,
        stop_if="Pain.",
        progression="A heavier door.",
        regression="An open door.",
        assumes=("age not recorded",),
        because=because(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields of a prescription


def plan(**changes: object) -> Plan:
    """An invented plan with something in every list."""
    made = Plan(
        runner="R-1",
        as_of="2026-11-21",
        status="ready",
        notices=("Screen not recorded.",),
        warnings=(ClinicalWarning(id="toy/w", level="critical", text="Mind the step.", because=because()),),
        swaps=(SwapMade(avoid="thumb_twist", instead=None, level="precaution", keeps="Grip.", loses="Spin.", because=because()),),
        load_adjustments=(
            LoadAdjustment(
                id="toy/l",
                metric="longest_run",
                from_=Decimal(20),
                to=Decimal(15),
                change="-25%",
                unit="km",
                text="Shorter.",
                because=because(),
            ),
        ),
        prescriptions=(prescription(), prescription("Ring-pull")),
        set_aside=(
            SetAside(exercise="thumb_jump", reason="held back as a precaution"),
            SetAside(exercise="thumb_lift", reason="held back as a precaution"),
            SetAside(target="grip", reason="No time."),
        ),
        conflicts=(Conflict(between=("toy/a", "toy/b"), settled_by="safety", text="The cautious one holds."),),
        conclusions=(
            Conclusion(
                fact={"suspected": "tiredness"},
                because=(Because("toy/other", "Tired.", (FactUsed({"sleep_h": 4}, at="toy.yaml:9", text="sleep 4 h"),)),),
            ),
        ),
        missing=(Missing(fact={"age": "any"}, question="How old is the runner?", could_change=("dose",)),),
        not_used=(NotUsed(fact={"notes": "x"}, at="toy.yaml:12", text="notes: likes cake"),),
        schedule=schedule(),
        review=Review(date="2026-12-19", retest=("thumb press",)),
        receipt=Receipt(
            engine="reference",
            packs=(PackUsed(name="toy", version="1", sha256="0", reviewed=None),),
            profile_sha256="a" * 64,
            plan_sha256="b" * 64,
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields of a plan


def schedule(weeks: int = 4) -> tuple[PlannedDay, ...]:
    """Two weeks by day, then a line a week; a race in the last one."""
    lift = PlannedSession(
        kind="strength",
        title="Strength",
        minutes=Decimal(20),
        note="Run first.",
        exercises=(PlannedExercise(exercise="thumb_press", name="Thumb-press", block="strength", sets=Decimal(3)),),
    )
    run = PlannedSession(kind="run", title="easy run")
    days = [
        PlannedDay(
            date=str(AS_OF + timedelta(day)),
            week=day // 7 + 1,
            phase="build",
            sessions=(run, lift) if day % 3 == 1 else (),
            totals=_totals(day // 7) if day % 7 == 0 else None,
        )
        for day in range(14)
    ]
    race = (PlannedSession(kind="race", title="Race"),)
    return (
        *days,
        *(
            PlannedDay(
                date=str(AS_OF + timedelta(7 * week)),
                week=week + 1,
                phase="taper",
                outline=True,
                totals=_totals(week),
                sessions=race if week == weeks - 1 else (),
            )
            for week in range(2, weeks)
        ),
    )


def _totals(week: int) -> WeekTotals:
    km = Decimal(40 - 7 * week % 30)
    return WeekTotals(running_km=km, longest_run_km=km / 2, strength_sessions=2, sets=Decimal(6), contacts=Decimal(0))


def refer_first(**changes: object) -> Plan:
    """The invented plan where two others come first and a third is planned."""
    sent = (
        referral("emergency_department", "emergency", "all_exercise", "Go now."),
        referral("family_doctor", "urgent", "running", "Ask within three days."),
        referral("physiotherapist", "routine", "nothing", "Plan a visit."),
    )
    return plan(**{"status": "refer_first", "referrals": sent, **changes})


def referral(to: str, urgency: str, stops: str, text: str) -> Referral:
    """An invented referral."""
    return Referral(id=f"toy/{to}", to=to, urgency=urgency, stops=stops, text=text, because=because(f"Reason for {to}."))


def hostile() -> Plan:
    """A plan to refer first where every free text tries to break out."""
    reasons = because(EVIL, EVIL, EVIL)
    return refer_first(
        runner=EVIL,
        notices=(EVIL,),
        warnings=(ClinicalWarning(id="toy/w", level="critical", text=EVIL, because=reasons),),
        prescriptions=(prescription(EVIL, EVIL, stop_if=EVIL, progression=EVIL, assumes=(EVIL,), because=reasons),),
        set_aside=(SetAside(exercise=EVIL, reason=EVIL),),
        review=Review(date=None, retest=(EVIL,)),
        not_used=(NotUsed(fact={"notes": EVIL}, at=EVIL, text=EVIL),),
        missing=(Missing(fact={}, question=EVIL, could_change=()),),
    )


def everything_said(one: Plan) -> list[str]:
    """What no rendering may leave out: referrals, warnings and notices."""
    return [*(item.text for item in one.referrals), *(item.text for item in one.warnings), *one.notices]


def check_golden(name: str, text: str) -> None:
    """Compare with the file of that name; STRIDEWISE_UPDATE_GOLDEN=1 writes it anew."""
    path = GOLDEN / name
    if os.environ.get("STRIDEWISE_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text, f"{name} differs; STRIDEWISE_UPDATE_GOLDEN=1 writes it anew: read the diff"
