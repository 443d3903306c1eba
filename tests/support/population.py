"""Runners as they might walk into a clinic, drawn from a seed: no Hypothesis, so that 200,000 of them are quickly made.

The distributions are round guesses about a running clinic, not measured ones; what matters is that everything occurs, and that
rare things occur together.

age: normal(38, 12), cut to 14–80; unknown in 1 of 20
weekly distance: log-normal around 35 km, three to five weeks, each within ±15% of the last, a spike of +40% in 1 of 8
longest run: 25–45% of the week · strength sessions: 0–3, half of all none · months of strength: log-normal around 6
race: 1 of 2, evenly over the distances, 0–30 weeks away · goal: evenly
findings: 0–4, weaknesses twice as often as faults, tightness, asymmetries · skills: owned 40%, learning 20%, not tested 40%
tests: heel raises normal(22, 7) a side, in 1 of 3
pain: 0 (45%), 1 (40%), 2 (15%); intensity 1–9, mostly low; night, focal, rising each in 1 of 10
diagnosis: 1 of 4 · history: 1 of 3 · screened: 9 of 10; a red flag in 1 of 20 of them, two in 1 of 100
PAR-Q yes: 1 of 12, of those cleared 1 of 2 · pregnant 1 of 50 · after birth 1 of 40
equipment: 0–6 items · minutes: 10–60 in 1 of 2 · cannot: 1 of 8 · pins and bans: 1 of 8"""

import random
from functools import cache
from typing import Any

from plans import DAY, built_in

SKILLS = ("hip_hinge", "goblet_squat", "single_leg_squat", "landing")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SIDES = ("left", "right", "both")
Runner = dict[str, Any]


@cache
def terms(name: str) -> list[str]:
    """The term ids of a vocabulary list, negative ones left out."""
    return sorted(key for key, term in built_in().vocabulary.terms[name].items() if not term.negative)


@cache
def exercises() -> list[str]:
    """Every exercise of the library."""
    return sorted(built_in().exercises)


def profile_of(seed: int) -> Runner:
    """The runner of this seed, always the same one for the same vocabulary."""
    return _Draw(random.Random(seed)).runner(seed)  # noqa: S311


class _Draw:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def once_in(self, number: int) -> bool:
        return self.rng.randrange(number) == 0

    def of(self, name: str) -> str:
        return self.rng.choice(terms(name))

    def some(self, items: list[str], most: int) -> list[str]:
        return self.rng.sample(items, min(len(items), self.rng.randint(0, most)))

    def side(self) -> str:
        return self.rng.choice(SIDES)

    def runner(self, seed: int) -> Runner:
        parts: Runner = {
            "schema": 1,
            "recorded": str(DAY),
            "runner": self.person(seed),
            "goal": {"kind": self.of("goals")},
            "training": self.training(),
            "findings": self.findings(),
            "symptoms": self.symptoms(),
            "constraints": self.constraints(),
        }
        if not self.once_in(10):
            parts["safety"] = self.safety()
        if self.once_in(2):
            weeks = self.rng.randint(0, 30)
            parts["race"] = {"distance": self.of("distances"), "in_weeks": weeks, "priority": self.of("priorities")}
        if self.once_in(4):
            parts["diagnosis"] = [self.diagnosis()]
        if self.once_in(3):
            parts["history"] = [self.history()]
        if self.once_in(8):
            pin, ban = self.rng.sample(exercises(), 2)
            parts["clinician"] = {"pin": [pin], "ban": [{"exercise": ban, "reason": "dislikes it"}]}
        return parts

    def person(self, seed: int) -> Runner:
        person: Runner = {"ref": f"R-{seed}", "sex": self.of("sexes")}
        if not self.once_in(20):
            person["age"] = min(80, max(14, round(self.rng.gauss(38, 12))))
        return person

    def training(self) -> Runner:
        weeks = [self.rng.lognormvariate(3.55, 0.6)]
        for _ in range(self.rng.randint(2, 4)):
            weeks.append(weeks[-1] * self.rng.uniform(0.85, 1.15))
        if self.once_in(8):
            weeks[-1] *= 1.4
        weekly = [round(min(200.0, max(3.0, week)), 1) for week in weeks]
        training: Runner = {
            "weekly_distance_km": weekly,
            "longest_run_km": round(weekly[-1] * self.rng.uniform(0.25, 0.45), 1),
            "strength": {"sessions_per_week": max(0, self.rng.randint(-3, 3))},
            "current_exercises": self.some(exercises(), 4),
            "surface": self.of("surfaces"),
        }
        if not self.once_in(4):
            training["strength"]["experience_months"] = min(120, round(self.rng.lognormvariate(1.8, 1)))
        if self.once_in(2):
            training["week"] = {day: self.of("day_sessions") for day in DAYS}
        return training

    def findings(self) -> list[Runner]:
        kinds = [self.weakness, self.weakness, self.fault, self.tightness, self.asymmetry]
        drawn = [self.rng.choice(kinds)() for _ in range(self.rng.randint(0, 4))]
        found: dict[tuple[Any, ...], Runner] = {tuple(item.items())[0]: item for item in drawn}  # noqa: RUF015
        listed = list(found.values())
        for skill in SKILLS:
            if (grade := self.rng.choice(["owned", "owned", "learning", None, None])) is not None:
                listed.append({"skill": skill, "grade": grade})
        if self.once_in(3):
            reps = {side: min(60, max(0, round(self.rng.gauss(22, 7)))) for side in ("left", "right")}
            listed.append({"heel_raise_reps": reps})
        return listed

    def weakness(self) -> Runner:
        return {"weakness": self.of("muscles"), "side": self.side(), "grade": self.rng.choice(["mild", "mild", "marked"])}

    def fault(self) -> Runner:
        return {"movement_fault": self.of("movement_faults"), "side": self.side(), "grade": self.rng.choice(["mild", "marked"])}

    def tightness(self) -> Runner:
        return {"tightness": self.of("muscles"), "side": self.side()}

    def asymmetry(self) -> Runner:
        return {"asymmetry": self.of("capacities"), "side": self.rng.choice(["left", "right"])}

    def symptoms(self) -> list[Runner]:
        number = self.rng.choices([0, 1, 2], [45, 40, 15])[0]
        return [self.pain(region) for region in self.rng.sample(terms("pain_regions"), number)]

    def pain(self, region: str) -> Runner:
        return {
            "pain": region,
            "side": self.side(),
            "intensity": min(9, 1 + int(self.rng.expovariate(0.5))),
            "next_morning": self.rng.randint(0, 3),
            "tissue": self.rng.choice(["tendon", "muscle", "joint", "unknown"]),
            "onset": self.rng.choice(["gradual", "gradual", "sudden"]),
            "focal": self.once_in(10),
            "night": self.once_in(10),
            "rising": self.once_in(10),
            "weeks": self.rng.randint(1, 30),
        }

    def diagnosis(self) -> Runner:
        conditions = [name for name in terms("conditions") if name not in ("pregnancy", "postpartum")]
        return {
            "condition": self.rng.choice(conditions),
            "side": self.side(),
            "irritability": self.of("irritabilities"),
            "certainty": self.of("certainties"),
        }

    def history(self) -> Runner:
        if self.once_in(4):
            return {"condition": self.rng.choice(["osteoporosis", "hypermobility"])}
        past = ["hamstring_strain", "calf_strain", "ankle_sprain", "bone_stress_injury", "itb_pain"]
        return {
            "injury": self.rng.choice(past),
            "side": self.rng.choice(["left", "right"]),
            "months_ago": self.rng.randint(1, 40),
        }

    def safety(self) -> Runner:
        flags = self.rng.sample(terms("red_flags"), 2 if self.once_in(100) else 1 if self.once_in(20) else 0)
        safety: Runner = {"screened": str(DAY), "red_flags": flags, "par_q": {"any_yes": False}}
        if self.once_in(12):
            cleared = {"follow_up": "cleared", "by": "Dr A. Example", "date": "2026-11-01"}
            safety["par_q"] = {"any_yes": True, **(cleared if self.once_in(2) else {"follow_up": "not_done"})}
        if self.once_in(50):
            safety["pregnancy"] = {"weeks": self.rng.randint(4, 40)}
        elif self.once_in(40):
            safety["postpartum"] = {"weeks": self.rng.randint(1, 40), "symptoms": self.some(terms("postpartum_symptoms"), 2)}
        return safety

    def constraints(self) -> Runner:
        constraints: Runner = {"equipment": self.some(terms("equipment_items"), 6)}
        if self.once_in(2):
            constraints["minutes_per_session"] = self.rng.randint(10, 60)
        if self.once_in(2):
            constraints["sessions_per_week"] = self.rng.randint(1, 4)
        if self.once_in(8):
            constraints["cannot"] = self.some(terms("cannot_terms"), 2)
        return constraints
