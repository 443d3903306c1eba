"""A term, an exercise or a rule that got another name answers to the old one and says so; an old name means nothing else."""

from pathlib import Path
from typing import Any

import pytest

from kit import base_pack, derived, facts_of, problems_of, rule, run, toy_pack, write_pack
from plans import ATLAS, HEAD, exercise, plan, prescribed, vocabulary_pack, when_weak
from stridewise.authoring.cases import read_cases
from stridewise.authoring.trial import run_case
from stridewise.documents.reader import parse_document
from stridewise.errors import PackError, ProfileError
from stridewise.packs.pack import RulePack, load_pack
from stridewise.profile.renamed import OldName, old_names_in
from stridewise.program.builder import build_program
from stridewise.program.program import Program

SIGNED = {"action": "disable", "reason": "ours differ", "by": "me", "expires": "2030-01-01"}
REFER = [{"refer": "keeper", "urgency": "urgent", "stops": "nothing", "text": "Go."}]
CASES = [
    {
        "name": "By its old names.",
        "profile": {"findings": [{"weakness": "tired_calf"}]},
        "expect": {"fires": ["calf-first"], "prescribes": ["knee_bend"], "not_prescribed": ["arm_pull"], "targets": ["bend"]},
    },
    {"name": "It fires.", "profile": {"findings": [{"weakness": "calf_new"}]}, "expect": {"silent": ["calf-first"]}},
]


def gym(folder: Path) -> tuple[Program, RulePack]:
    """The built-in words and a pack in which a muscle, a target, an exercise and a rule have old names."""
    words = {
        "muscles": {"calf_new": {"renamed_from": ["tired_calf"]}},
        "targets": {"new_bend": {"renamed_from": ["bend"]}},
    }
    files: dict[str, Any] = {
        "vocabulary/words.yaml": {"terms": words},
        "exercises/all.yaml": [
            exercise("deep_bend", target="new_bend", renamed_from=["knee_bend"]),
            exercise("arm_row", target="pull_strength", renamed_from=["arm_pull"]),
        ],
        "sources.yaml": ATLAS,
        "rules/all.yaml": [
            when_weak("calf", {"target": "new_bend"}, {"prescribe": "deep_bend"}, muscle="calf_new", renamed_from=["calf-first"])
        ],
        "cases/all.yaml": CASES,
    }
    pack = load_pack(write_pack(folder / "gym", files), shown="gym")
    return build_program([vocabulary_pack(), pack], without_safety=True), pack


def test_a_profile_with_an_old_name_gives_the_same_plan_and_says_so(tmp_path: Path) -> None:
    """Of a term and of an exercise, in findings and in the clinician's own edits; once for each place."""
    program, _ = gym(tmp_path)
    text = "{HEAD}findings:\n  - weakness: {muscle}\nclinician:\n  pin:\n    - {{exercise: {name}, reason: asked for}}\n"
    old = plan(text.format(HEAD=HEAD, muscle="Tired calf", name="knee_bend"), program)
    new = plan(text.format(HEAD=HEAD, muscle="calf_new", name="deep_bend"), program)
    told = ['"Tired calf" (profile.yaml:5) is now called "calf_new".', '"knee_bend" (profile.yaml:8) is now called "deep_bend".']
    assert [notice for notice in old.notices if "now called" in notice] == told
    assert [notice for notice in old.notices if notice not in told] == list(new.notices)
    assert prescribed(old) == prescribed(new) == {"deep_bend"}


def test_a_case_may_expect_old_names(tmp_path: Path) -> None:
    """Of rules, targets and exercises; and a rule that must stay silent is the one that has another name now."""
    program, pack = gym(tmp_path)
    first, second = (run_case(program, case, "reference") for case in read_cases(pack))
    assert first.failures == ()
    assert second.failures == ("silent: gym/calf fired",)
    assert "gym/calf" in second.silent, "such a case is one for the rule of today"


def renamed(folder: Path, *overrides: dict[str, Any]) -> list[RulePack]:
    """A pack `far` whose rules have old ids, and one that overrides them."""
    rules = [
        rule("free", [{"size": ">= 9"}], {"tower": "round"}, renamed_from=["loose"]),
        rule("safe", [{"colour": "red"}], REFER, renamed_from=["guard"]),
    ]
    return [base_pack(folder), toy_pack(folder / "far", rules), toy_pack(folder / "toy", overrides=list(overrides))]


def test_an_override_of_an_old_id_overrides_the_rule(tmp_path: Path) -> None:
    """And a safety rule is as protected under its old name as under the new one."""
    facts = facts_of({"size": 10})
    assert derived(run(build_program(renamed(tmp_path)), facts)) == [{"tower": "round"}]
    program = build_program(renamed(tmp_path, {"rule": "far/loose", **SIGNED}))
    assert derived(run(program, facts)) == []
    assert [override.rule for _, override in program.overrides] == ["far/free"]
    with pytest.raises(PackError, match='"far/safe" is protected'):
        build_program(renamed(tmp_path, {"rule": "far/guard", **SIGNED}))


def test_a_rule_is_found_by_its_old_id(tmp_path: Path) -> None:
    program = build_program(renamed(tmp_path))
    assert program.rule("far/loose") == program.rule("far/free")
    assert program.rule("far/lose") is None


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"rules/r.yaml": [rule("one", [{"colour": "red"}], renamed_from=["two"]), rule("two", [{"colour": "red"}])]},
            'toy/one: renamed_from: "two" is still a rule of this pack',
        ),
        (
            {"vocabulary/v.yaml": "terms:\n  colours:\n    pink: {}\n    rose: {renamed_from: [pink]}\n"},
            'toy/vocabulary/v.yaml:4: terms.colours.rose: renamed_from: "pink" is still a term',
        ),
        (
            {"vocabulary/v.yaml": "terms:\n  colours:\n    rose: {renamed_from: [pink]}\n    pink: {}\n"},
            'toy/vocabulary/v.yaml:4: terms.colours: "pink" is the old name of "rose"',
        ),
    ],
    ids=["rule", "term", "term later"],
)
def test_an_old_name_is_not_given_to_something_else(tmp_path: Path, files: Any, told: str) -> None:
    """An old profile, override or case would then mean what nobody meant."""
    pack = load_pack(write_pack(tmp_path / "toy", files), shown="toy")
    with pytest.raises(PackError) as raised:
        build_program([base_pack(tmp_path), pack])
    assert any(told in problem for problem in problems_of(raised))


def test_an_old_name_is_found_wherever_it_stands_as_a_value() -> None:
    """Whatever its case and spaces; not as a key, and not where old names are declared."""
    text = "a: old name\nb:\n  - {c: [x, OLD_NAME]}\n  - renamed_from: [old_name]\nold_name: 1\n"
    root = parse_document(text.encode(), "x.yaml", ProfileError).root
    assert list(old_names_in(root, {"oldname": "new"})) == [OldName("old name", "new", 1), OldName("OLD_NAME", "new", 3)]
