"""What `pack check` says: each check has a pack that fails it and the nearest pack that passes it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from check_kit import RED, WARN, avoid, case, cases, check, exercise, library, of, one, size, source, target, vocabulary
from kit import SOURCES, rule, write_pack
from stridewise.authoring.checks.checking import CHECKS
from stridewise.cli.main import recommend

OF_STAGES = {"unreachable-stage", "no-exit", "vetoed-exercise", "missing-question"}  # in test_stage_checks.py
TALL = {"tall": {"value": 40, "unit": "cm", "source": "atlas"}}
LADDER = library(exercise("hop", progression=["leap"]), exercise("leap", regression=["hop"]))
RED_OR_SHADE = [{"any_of": [{"colour": "red"}, {"shape": "star"}]}]
OF_AUTHORS = {
    "self-contradiction",
    "closed-gate",
    "name",
    "said-twice",
    "old-number",
    "translation",
}  # test_slips, test_overrides, test_translated
LEFT, THERE = {"side": "left"}, {"side": "$s"}
LARGE, LARGE_THERE = {"size": ">= 40", **LEFT}, {"size": ">= 40", **THERE}
AT_TALL = one({"size": ">= tall"}, then=WARN) | {"thresholds": TALL}
THREE = [
    case(size(number), f"Size {number}.", fires=["one"] if number >= 40 else [], silent=["one"] if number < 40 else [])
    for number in (39, 40, 41)
]

# What is checked, the level, a pack that fails, and the nearest that passes.
MINT = vocabulary(
    kinds={"smell": {"open": True, "value": {"terms": "smells"}}}, terms={"smells": {"mint": {"renamed_from": ["fresh"]}}}
)


def drawn(*poses: dict[str, Any]) -> dict[str, Any]:
    """A pack of one exercise drawn in these poses."""
    return {"files": library(exercise("hop", drawing={"poses": list(poses)}))}


def everybody(*then: dict[str, Any]) -> dict[str, Any]:
    """A pack of one rule about every runner."""
    return {"rules": [rule("one", [], list(then) or WARN)]}


EVERYBODY = everybody()
WITH_IMPACT = rule("one", [], [{"prescribe": "hop", "wherever_planned": {"demand": "impact"}}])
WITH_LEAP = rule("one", [], [{"prescribe": "hop", "wherever_planned": "leap"}])
ASKS_FOR_LEAP = rule("two", [RED], [{"prescribe": "leap"}])
GYM = library(exercise("hop"), exercise("leap"))
UNSAID = {key: value for key, value in exercise("hop").items() if key != "demands"}
TABLE: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    (
        "duplicate",
        "warning",
        {"files": cases(case(size(1)), case(size(2)))},
        {"files": cases(case(size(1)), case(size(2), "B."))},
    ),
    ("duplicate", "warning", {"files": {"sources.yaml": SOURCES + SOURCES}}, {"files": {"sources.yaml": SOURCES}}),
    (
        "unused",
        "info",
        {"files": vocabulary(kinds={"smell": {"open": True, "value": {"yes_no": True}}})},
        one({"smell": "yes"}) | {"files": vocabulary(kinds={"smell": {"open": True, "value": {"yes_no": True}}})},
    ),
    (
        "unused-term",
        "info",
        one({"smell": "mint"})
        | {
            "files": vocabulary(
                kinds={"smell": {"open": True, "value": {"terms": "smells"}}}, terms={"smells": {"mint": {}, "rose": {}}}
            )
        },
        one({"smell": "any"})
        | {
            "files": vocabulary(
                kinds={"smell": {"open": True, "value": {"terms": "smells"}}}, terms={"smells": {"mint": {}, "rose": {}}}
            )
        },
    ),
    ("unused-threshold", "warning", one({"size": ">= 40"}) | {"thresholds": TALL}, AT_TALL),
    ("unused-source", "info", {"files": source("2")}, one(sources=["book"]) | {"files": source("2")}),
    ("old-name", "warning", one({"smell": "fresh"}) | {"files": MINT}, one({"smell": "mint"}) | {"files": MINT}),
    ("covers", "error", one(covers=["clinic"]), one(covers=["K012"])),
    ("unsatisfiable", "error", one(LARGE, {"size": "< 40", **LEFT}), one(LARGE, {"size": "<= 40", **LEFT})),
    ("unsatisfiable", "error", one(LARGE, {"size": "< 40", **LEFT}), one(LARGE, {"size": "< 40"})),  # that of the other side
    ("unsatisfiable", "error", one(LARGE_THERE, {"size": "< 40", **THERE}), one(LARGE_THERE, {"size": "< 40", "side": "$t"})),
    (
        "unsatisfiable",
        "error",
        one({"at_least": 2, "of": [LARGE, {"size": "< 40", **LEFT}]}),
        one({"at_least": 2, "of": [LARGE, {"size": "< 40", **LEFT}, RED]}),
    ),
    (
        "counted-twice",
        "warning",
        one({"at_least": 2, "of": [RED, {"colour": ["red", "blue"]}]}),
        one({"at_least": 2, "of": [RED, {"colour": "blue"}]}),
    ),
    ("unsatisfiable", "error", one({"size": "> 400"}), one({"size": ">= 400"})),
    ("unsatisfiable", "error", one({"signed": "yes"}, {"signed": "no"}), one({"colour": "red"}, {"colour": "green"})),
    (
        "unsatisfiable",
        "error",
        one({"heap": "red"}, {"absent": {"heap": ["red", "green"]}}) | {"more": [rule("two", [RED], {"heap": "red"})]},
        one({"heap": ["red", "green"]}, {"absent": {"heap": "red"}}) | {"more": [rule("two", [RED], {"heap": "red"})]},
    ),
    ("unsatisfiable", "error", one({"colour": "$x"}, {"shape": "$x"}), one({"colour": "$x"}, {"link": "$x"})),
    (
        "unsatisfiable",
        "error",
        one({"size": "< 3", **LEFT}, {"any_of": [{"size": "> 4", **LEFT}, {"size": "> 5", **LEFT}]}),
        one({"size": "< 3", **LEFT}, {"any_of": [{"size": "> 4", **LEFT}, {"colour": "red"}]}),
    ),
    (
        "subsumed",
        "warning",
        one({"colour": "red"}, {"shape": "star"}) | {"more": [rule("two", RED_OR_SHADE)]},
        one({"colour": "green"}, {"shape": "round"}) | {"more": [rule("two", RED_OR_SHADE)]},
    ),
    (
        "subsumed",
        "warning",
        one({"colour": "red", "side": "$s"}, then={"pile": "red", "side": "$s"})
        | {"more": [rule("two", [{"colour": ["red", "green"], "side": "$t"}], {"pile": "red", "side": "$t"})]},
        one({"colour": "red", "side": "$s"}, then={"pile": "red", "side": "$s"})
        | {"more": [rule("two", [{"colour": ["red", "green"], "side": "$t"}], {"pile": "green", "side": "$t"})]},
    ),
    (
        "subsumed",
        "warning",
        one({"size": ">= 50"}) | {"more": [rule("two", [{"size": ">= 40"}])]},
        one({"size": ">= 40"}, {"colour": "red"}) | {"more": [rule("two", [{"size": "> 40"}])]},
    ),
    (
        "subsumed",
        "warning",
        one({"colour": "red", "shade": "dark"}) | {"more": [rule("two", [RED])]},
        one({"colour": "red", "shade": "plain"}) | {"more": [rule("two", [{"colour": "red", "shade": "any"}])]},
    ),
    ("unreachable", "error", one({"heap": "red"}), one({"heap": "red"}) | {"more": [rule("two", [RED], {"heap": "red"})]}),
    (
        "unreachable",
        "error",
        one({"heap": "red"}, then={"heap": "red"}),
        one({"any_of": [{"heap": "red"}, {"colour": "red"}]}, then={"heap": "red"}),
    ),
    (
        "unreachable-exercise",
        "warning",
        one(then=WARN) | {"files": library(exercise("hop"))},
        one(then=target()) | {"files": library(exercise("hop"))},
    ),
    (
        "unreachable-exercise",
        "warning",
        one(then=[{"prescribe": "leap"}])
        | {
            "files": library(exercise("hop", targets={"direct": ["calm"]}), exercise("leap"))
            | vocabulary(terms={"targets": {"calm": {}}})
        },
        one(then=[{"prescribe": "leap"}])
        | {
            "files": library(exercise("hop", targets={"direct": ["calm"]}), exercise("leap", regression=["hop"]))
            | vocabulary(terms={"targets": {"calm": {}}})
        },
    ),
    (
        "ladder",
        "error",
        {"files": library(exercise("hop", progression=["leap"], regression=["leap"]), exercise("leap", progression=["hop"]))},
        {"files": LADDER},
    ),
    ("ladder", "warning", {"files": library(exercise("hop", progression=["leap"]), exercise("leap"))}, {"files": LADDER}),
    (
        "names-nothing",
        "error",
        one(then=[avoid({"demand": "impact", "above": 2}, "contraindication")])
        | {"files": library(exercise("hop", demands={"impact": 2}))},
        one(then=[avoid({"demand": "impact", "above": 1}, "contraindication")])
        | {"files": library(exercise("hop", demands={"impact": 2}))},
    ),
    ("sources", "error", one(sources=[]), one(strength="expert_opinion", certainty="low")),
    ("sources", "error", one(strength="conditional", certainty="low"), one(strength="expert_opinion", certainty="very_low")),
    (
        "sources",
        "error",
        one(strength="expert_opinion", certainty="moderate"),
        one(strength="expert_opinion", certainty="low"),
    ),
    (
        "sources",
        "error",
        one(sources=["book"], certainty="moderate") | {"files": source("1", verified=False)},
        one(sources=["book"], certainty="moderate") | {"files": source("1")},
    ),
    (
        "threshold",
        "error",
        {"thresholds": {"tall": {"value": 40, "source": "atlas"}}},
        {"thresholds": TALL},
    ),
    ("threshold", "error", {"thresholds": {"tall": {"value": 40, "unit": "cm"}}}, {"thresholds": TALL}),
    ("threshold", "error", {"thresholds": {"tall": {"value": 40, "unit": "cm", "source": "atlass"}}}, {"thresholds": TALL}),
    ("review", "info", {}, {"reviewer": "A. Clinician", "reviewed": "2026-01-01"}),
    (
        "review",
        "info",
        {"reviewer": "A. Clinician", "reviewed": "2025-01-01", "expires": "2026-11-20"},
        {"reviewer": "A. Clinician", "reviewed": "2025-01-01", "expires": "2026-11-21"},
    ),
    ("wording", "error", one(because="This prevents spills."), one(because="This may reduce spills.")),
    ("wording", "error", one(because="Rain causes spills."), one(because="Spills have many causes.")),
    ("wording", "error", one(patient="Weak glue leads to gaps."), one(patient="Weak glue is worth a look.")),
    ("wording", "error", one(then=[{"warn": "It causes spills.", "level": "info"}]), one(then=WARN)),
    (
        "wording",
        "error",
        {"files": library(exercise("hop", feel="This prevents falls."))},
        {"files": library(exercise("hop", feel="The legs work."))},
    ),
    ("contradicted-claim", "warning", one(because="Go as deep as possible."), one(because="Go as deep as is comfortable.")),
    ("banned-phrase", "warning", one(patient="Your knee bettered."), one(patient="Your knee improved.")),
    ("banned-phrase", "warning", one(because="The left knee falls in."), one(because="Knee drifts inwards on the left.")),
    ("banned-phrase", "warning", one(because="Jumps are held back."), one(because="Jumps wait.")),
    ("banned-phrase", "warning", one(title="Every base takes red"), one(title="Every plan takes red")),
    ("banned-phrase", "warning", one(then=[{"warn": "Up by 7.5 km.", "level": "info"}]), one(then=WARN)),
    ("long-text", "warning", one(because="x" * 161), one(because="x" * 160)),
    ("long-text", "warning", one(patient="x" * 141), one(patient="x" * 140)),
    ("missing-text", "warning", one(patient="So."), one(title="One", patient="So.")),
    ("missing-text", "info", one(title="One"), one(title="One", patient="So.")),
    (
        "case",
        "error",
        one() | {"files": cases(case({"findings": [RED]}, silent=["one"]))},
        one() | {"files": cases(case({"findings": [RED]}, fires=["one"]))},
    ),
    (
        "missing-case",
        "error",
        one() | {"files": cases(case({"findings": [RED]}, fires=["one"]))},
        one() | {"files": cases(case({"findings": [RED]}, fires=["one"]), case({"findings": []}, "B.", silent=["one"]))},
    ),
    ("boundary", "warning", AT_TALL | {"files": cases(THREE[0], THREE[2])}, AT_TALL | {"files": cases(*THREE)}),
    ("boundary", "warning", AT_TALL | {"files": cases(THREE[0], THREE[1])}, AT_TALL | {"files": cases(*THREE)}),
    ("demands", "error", {"files": library(UNSAID)}, {"files": library({**UNSAID, "demands": "none"})}),
    ("position", "warning", {"files": library(exercise("hop"))}, {"files": library(exercise("hop", position="standing"))}),
    ("unread-file", "error", one() | {"files": {"rules/b.yaml.txt": "[]"}}, one() | {"files": {"rules/b.yaml": "[]"}}),
    (
        "boundary",
        "warning",
        one({"size": "<= 1"}) | {"files": cases(case(size(1), fires=["one"]), case(size(2), "B.", silent=["one"]))},
        one({"size": "<= 0"}) | {"files": cases(case(size(0), fires=["one"]), case(size(1), "B.", silent=["one"]))},
    ),
    ("angle", "error", drawn({"knee": 151}), drawn({"knee": 150})),
    ("angle", "error", drawn({"left": {"hip": -31}}), drawn({"left": {"hip": -30}})),
    (
        "missing-case",
        "error",
        EVERYBODY | {"files": cases(case({"findings": []}, silent=["other"]))},
        EVERYBODY | {"files": cases(case({"findings": []}, fires=["one"]))},
    ),
    (
        "alarm-for-everybody",
        "error",
        everybody({"refer": "keeper", "urgency": "routine", "stops": "nothing", "text": "Go."}),
        one(then=[{"refer": "keeper", "urgency": "routine", "stops": "nothing", "text": "Go."}]),
    ),
    (
        "alarm-for-everybody",
        "error",
        everybody({"warn": "So.", "level": "critical"}),
        everybody({"warn": "So.", "level": "info"}),
    ),
    *(
        ("alarm-for-everybody", level, everybody({"warn": "So.", "level": level}), one(then=[{"warn": "So.", "level": level}]))
        for level in ("warning", "info")
    ),
    ("wording", "error", everybody({"warn": "This prevents falls.", "level": "info"}), everybody(WARN[0])),
    ("banned-phrase", "warning", everybody({"warn": "The knee falls in.", "level": "info"}), everybody(WARN[0])),
    (
        "alarm-for-everybody",
        "error",
        everybody({"adjust": "stacking", "by": "+80%", "text": "More."}),
        one(then=[{"adjust": "stacking", "by": "-20%", "text": "Less."}]),
    ),
    ("subsumed", "warning", {"rules": [rule("one", [], WARN), rule("two", [RED], WARN)]}, {"rules": [rule("one", [], WARN)]}),
    (
        "lonely-companion",
        "error",
        {"rules": [WITH_IMPACT], "files": library(exercise("hop"), exercise("leap"))},
        {"rules": [WITH_IMPACT], "files": library(exercise("hop"), exercise("leap", demands={"impact": 1}))},
    ),
    (
        "lonely-companion",
        "warning",
        {"rules": [WITH_LEAP, ASKS_FOR_LEAP], "files": GYM},
        {"rules": [WITH_LEAP, ASKS_FOR_LEAP], "files": GYM | cases(case({"findings": [RED]}, prescribes=["hop"]))},
    ),
    ("missing-drawing", "info", {"files": library(exercise("hop"))}, drawn({})),
]


@pytest.mark.parametrize(("name", "level", "bad", "good"), TABLE, ids=[f"{n}-{i}" for i, (n, *_) in enumerate(TABLE)])
def test_a_check_finds_the_fault_and_not_its_nearest_neighbour(
    tmp_path: Path, name: str, level: str, bad: dict[str, Any], good: dict[str, Any]
) -> None:
    wrong, right = check(tmp_path / "bad", bad), check(tmp_path / "good", good)
    assert not of(wrong, "load", "error"), wrong
    assert not of(right, "load", "error"), right
    assert of(wrong, name, level)
    assert not of(right, name, level)
    assert all(f.place.line > 0 and f.place.path.startswith("toy/") and f.mend for f in of(wrong, name, level))


def test_every_check_has_a_pack_that_fails_it() -> None:
    tested = {name for name, *_ in TABLE} | {"contradiction", "two-pathways", *OF_STAGES, *OF_AUTHORS}
    assert {check.name for check in CHECKS} == tested


def test_what_keeps_a_pack_from_loading_is_a_finding_like_any_other(tmp_path: Path) -> None:
    rules = [rule("one", [{"colour": "redd"}]), rule("two", [{"colour": "$x"}], {"pile": "$y"}), rule("two", [RED])]
    found = check(tmp_path, {"rules": rules})
    assert [(f.level, f.check) for f in found] == [("error", "load")] * len(found)
    text = "\n".join(map(str, found))
    assert 'Did you mean "red"?' in text
    assert "$y is bound by no condition" in text
    assert "toy/rules/rules.yaml:" in text


def test_a_file_that_is_not_read_is_told_beside_what_is_missing_for_it(tmp_path: Path) -> None:
    """Whoever called sources.yaml source.yaml would else only hear of sources that nobody knows."""
    files = {"source.yaml": [{**SOURCES[0], "key": "mine"}]}
    found = check(tmp_path, {"rules": [rule("one", [RED], sources=["mine"])], "files": files})
    assert [(f.check, f.place.path) for f in found] == [("load", "toy/rules/rules.yaml"), ("unread-file", "toy/source.yaml")]


def test_a_negation_cycle_is_shown(tmp_path: Path) -> None:
    rules = [rule("one", [RED, {"absent": {"heap": "red"}}], {"pile": "red"}), rule("two", [{"pile": "red"}], {"heap": "red"})]
    found = check(tmp_path, {"rules": rules})
    assert "toy/one ← toy/two ← toy/one" in str(found[0]) or "toy/two ← toy/one ← toy/two" in str(found[0])


# --- the command -----------------------------------------------------------------------------------------------------


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(recommend, ["pack", *map(str, arguments)], standalone_mode=False, catch_exceptions=False)


def test_the_command_ends_with_1_on_errors_and_counts_what_it_hides(tmp_path: Path) -> None:
    weak = rule("one", [{"weakness": "soleus"}], WARN, sources=["atlas"], title="One")
    folder = write_pack(tmp_path / "clinic", {"rules/r.yaml": [weak], "sources.yaml": SOURCES}, requires=["vocabulary"])
    result = run("check", folder)
    assert result.return_value == 1
    assert f"{folder}/rules/r.yaml:1: error: clinic/one: no case says when it fires." in result.output
    assert "not shown; --level info shows the rest" in result.output


def test_the_command_writes_json(tmp_path: Path) -> None:
    result = run(
        "check", write_pack(tmp_path / "clinic", {"rules/r.yaml": [rule("one", [{"colour": "red"}])]}), "--format", "json"
    )
    (entry,) = [entry for entry in yaml.safe_load(result.output) if entry["check"] == "load"][:1]
    assert entry["level"] == "error"
    assert entry["path"].endswith("rules/r.yaml")


def test_a_checked_folder_takes_the_place_of_the_installed_pack_of_its_name(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "education", {})
    assert run("check", folder, "--level", "info").return_value == 0
