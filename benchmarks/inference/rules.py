"""The rules, made from a seed: ten general ones, and ten for each topic.

A *topic* is one clinical idea: a muscle, a fault, a region, an injury and a skill that belong together. Every topic has the same
chain of six rules and four of seven others, with numbers and lists of its own."""

from collections.abc import Callable
from random import Random

from benchmarks.inference.form import Bind, Range, Rule, condition, whole

RULES_A_TOPIC = 10
S = Bind("s")


def general_rules() -> list[Rule]:
    """Rules that read the load, the race and the runner, and two that join over all topics."""
    m, p = Bind("m"), Bind("p")
    return [
        Rule("load-high", (condition("weekly_distance", Range(64, None)),), then=whole("load_state", "high")),
        Rule(
            "load-peak",
            (condition("load_state", "high"), condition("longest_run", Range(30, None))),
            then=whole("load_state", "peak"),
        ),
        Rule("race-taper", (condition("weeks_to_race", Range(None, 3)),), then=whole("race_phase", "taper")),
        Rule("race-build", (condition("weeks_to_race", Range(4, 12)),), then=whole("race_phase", "build")),
        Rule(
            "train-through",
            (condition("load_state", "high"),),
            absent=(whole("race_phase", "taper"),),
            then=whole("load_state", "train_through"),
        ),
        Rule("masters", (condition("age", Range(50, None)),), then=whole("group", "masters")),
        Rule("novice", (condition("experience_months", Range(None, 6)),), then=whole("group", "novice")),
        Rule(
            "heavy-allowed",
            (condition("equipment", "barbell"),),
            absent=(whole("group", "novice"),),
            then=whole("option", "heavy"),
        ),
        Rule(
            "weak-on-both-sides",
            (condition("weakness", m, side="left"), condition("weakness", m, side="right")),
            then=whole("both_sides", m),
        ),
        Rule("irritable-region", (condition("pain", p, side=S, intensity=Range(5, None)),), then=whole("irritable", p, S)),
    ]


def topic_rules(topic: int, seed: int) -> list[Rule]:
    """The chain that every topic has, and four of the other rules, all with numbers and lists of the topic's own."""
    random = Random(f"{seed}/rules/{topic}")  # noqa: S311  # a fixed knowledge base, no secret
    others = sorted(random.sample(range(len(_OTHERS)), RULES_A_TOPIC - len(_CHAIN)))
    return [make(topic, random) for make in [*_CHAIN, *(_OTHERS[index] for index in others)]]


def _weak(t: int, random: Random) -> Rule:
    grades = random.choice([("marked",), ("mild", "marked")])
    return Rule(
        f"weak-{t}", (condition("weakness", f"muscle_{t}", side=S, grade=grades),), then=whole("deficit", f"strength_{t}", S)
    )


def _short_or_few(t: int, random: Random) -> Rule:
    either = (
        condition("tightness", f"muscle_{t}", side=S, grade=["mild", "marked"]),
        condition("reps", f"test_{t}", side=S, number=Range(None, random.randint(10, 25))),
    )
    return Rule(
        f"short-or-few-{t}",
        (condition("movement_fault", f"fault_{t}", side=S),),
        either=either,
        then=whole("deficit", f"control_{t}", S),
    )


def _pattern(t: int, random: Random) -> Rule:
    when = (
        condition("movement_fault", f"fault_{t}", side=S, grade=["mild", "marked"]),
        condition("deficit", [f"strength_{t}", f"control_{t}"], side=S),
    )
    return Rule(f"pattern-{t}", when, then=whole("pattern", f"pattern_{t}", S))


def _ready(t: int, random: Random) -> Rule:
    return Rule(
        f"ready-{t}",
        (condition("pattern", f"pattern_{t}", side=S),),
        absent=(whole("irritable", f"region_{t}", S),),
        then=whole("ready", f"pattern_{t}", S),
    )


def _focus(t: int, random: Random) -> Rule:
    when = (condition("ready", f"pattern_{t}", side=S), condition("skill", f"skill_{t}", grade="owned"))
    return Rule(f"focus-{t}", when, then=whole("focus", f"pattern_{t}", S))


def _drill(t: int, random: Random) -> Rule:
    return Rule(
        f"drill-{t}",
        (condition("ready", f"pattern_{t}", side=S),),
        absent=(whole("focus", f"pattern_{t}", S),),
        then=whole("drill", f"pattern_{t}", S),
    )


def _vulnerable(t: int, random: Random) -> Rule:
    months = Range(None, random.choice([6, 12, 24]))
    return Rule(
        f"vulnerable-{t}",
        (condition("injury", f"injury_{t}", side=S, months_ago=months),),
        then=whole("vulnerable", f"region_{t}", S),
    )


def _caution(t: int, random: Random) -> Rule:
    load = random.choice([("high",), ("high", "peak")])
    when = (condition("vulnerable", f"region_{t}", side=S), condition("load_state", load))
    return Rule(f"caution-{t}", when, then=whole("caution", f"region_{t}", S))


def _cautious_before_race(t: int, random: Random) -> Rule:
    weeks = Range(None, random.randint(2, 8))
    return Rule(f"race-near-{t}", (condition("weeks_to_race", weeks), condition("caution", f"region_{t}", side=S)))


def _linked(t: int, random: Random) -> Rule:
    when = (
        condition("pain", f"region_{t}", side=S, intensity=Range(random.randint(1, 3), 10)),
        condition("movement_fault", f"fault_{t}", side=S),
    )
    return Rule(f"linked-{t}", when, then=whole("linked", f"region_{t}", S))


def _distance_and_weakness(t: int, random: Random) -> Rule:
    when = (
        condition("weekly_distance", Range(random.randrange(40, 90, 5), None)),
        condition("weakness", f"muscle_{t}", side=S, grade="marked"),
    )
    return Rule(f"distance-and-weakness-{t}", when, then=whole("caution", f"region_{t}", S))


def _no_equipment(t: int, random: Random) -> Rule:
    item = random.choice(["dumbbell", "barbell", "mini_band", "step"])
    return Rule(
        f"no-{item}-{t}".replace("_", "-"), (condition("pattern", f"pattern_{t}", side=S),), absent=(whole("equipment", item),)
    )


def _everything_on_the_sore_side(t: int, random: Random) -> Rule:
    return Rule(f"sore-side-{t}", (condition("linked", f"region_{t}", side=S), condition("deficit", Bind("d"), side=S)))


_Make = Callable[[int, Random], Rule]
_CHAIN: list[_Make] = [_weak, _pattern, _ready, _focus, _vulnerable, _caution]
_OTHERS: list[_Make] = [
    _short_or_few,
    _drill,
    _cautious_before_race,
    _linked,
    _distance_and_weakness,
    _no_equipment,
    _everything_on_the_sore_side,
]
