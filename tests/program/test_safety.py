"""No plan is made of a program that leaves a red flag alone: every flag leads to a referral, whichever packs are loaded."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kit import rule, toy_program, write_pack
from plans import ATLAS, DAY, built_in, built_in_packs, clinic, minimal, profile, refer, vocabulary_pack, when_weak
from stridewise.errors import PackError, PluginError
from stridewise.packs.pack import RulePack, load_pack
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.program.safety import check_safety, red_flags
from stridewise.program.strata import Suppliers
from stridewise.session import hold_session, recommend

SCREENED = "findings: []\nsafety: {screened: 2026-11-21, red_flags: [night_bone_pain]}\n"


def with_rules(folder: Path, *rules: Any, files: Any = None) -> Program:
    """The words of the built-in packs and a pack of these rules alone; nobody says that safety is left out."""
    written = write_pack(folder / "trial", {"rules/all.yaml": list(rules), "sources.yaml": ATLAS, **(files or {})})
    return build_program([vocabulary_pack(), load_pack(written, shown="trial")])


def unreferring() -> list[RulePack]:
    """The built-in packs without any that refers for a red flag, and without those that need them."""
    return [pack for pack in built_in_packs() if pack.name in ("vocabulary", "exercises", "education")]


def test_the_built_in_program_refers_every_red_flag() -> None:
    assert red_flags(built_in().vocabulary)
    assert built_in().unreferred_flags == ()


def test_without_a_safety_pack_no_session_is_held() -> None:
    """Not by the command alone: whoever builds a program by hand is stopped too, though some rule refers for something else."""
    program = build_program(unreferring())
    for make in (hold_session, recommend):
        with pytest.raises(PluginError, match="no safety pack is loaded"):
            make(profile(minimal(SCREENED)), program, DAY, "reference")


@pytest.mark.parametrize("rules", [[], [when_weak("other", refer())]], ids=["no rule", "another"])
def test_a_referral_for_something_else_is_no_safety_pack(tmp_path: Path, rules: list[Any]) -> None:
    with pytest.raises(PluginError, match="no safety pack"):
        check_safety(with_rules(tmp_path, *rules))


def test_a_flag_may_be_referred_by_way_of_a_conclusion_or_with_others(tmp_path: Path) -> None:
    """Any one that a referral rests on counts."""
    kinds = {"kinds": {"alarm": {"derived": True, "value": {"yes_no": True}}}}
    first, *rest = red_flags(built_in().vocabulary)
    program = with_rules(
        tmp_path,
        rule("alarms", [{"any_of": [{"red_flag": flag} for flag in rest]}], {"alarm": "yes"}),
        rule("refers", [{"alarm": "yes"}], [refer()]),
        rule("first", [{"red_flag": [first]}, {"age": "any"}], [refer()]),
        files={"vocabulary/alarm.yaml": kinds},
    )
    assert program.unreferred_flags == ()
    check_safety(program)


def test_a_further_flag_that_no_rule_refers_is_told_at_its_line(tmp_path: Path) -> None:
    """A clinic that adds a red flag and forgets the rule hears of it before the first plan."""
    flag = {"vocabulary/flags.yaml": "terms:\n  red_flags:\n    blue_toe: {label: a blue toe}\n"}
    added = load_pack(write_pack(tmp_path / "clinic", flag, requires=["vocabulary"]), shown="clinic")
    with pytest.raises(PackError, match=r"clinic/vocabulary/flags.yaml:3: no rule refers .* \"blue_toe\""):
        hold_session(profile(minimal(SCREENED)), build_program([*built_in_packs(), added]), DAY, "reference")
    referring = [rule("toe", [{"red_flag": "blue_toe"}], [refer()])]
    mended = load_pack(write_pack(tmp_path / "clinic", {"rules/toe.yaml": referring, "sources.yaml": ATLAS}), shown="clinic")
    check_safety(build_program([*built_in_packs(), mended]))


def test_a_trial_says_that_it_has_no_safety_pack(tmp_path: Path) -> None:
    """Invented packs can be planned with where that is said; and what follows from facts can be asked of any program."""
    assert clinic(tmp_path).without_safety
    check_safety(toy_program(tmp_path / "toy"))


def further(folder: Path, *rules: Any, **files: Any) -> Program:
    """A pack `early` whose words know nothing of flags, and one with the flag `odd_gait` and these rules."""
    early = write_pack(folder / "early", {"vocabulary/words.yaml": {"terms": {"swabs": {"red": {}}}}})
    flags = {"terms": {"red_flags": {"odd_gait": {"label": "odd gait"}}}}
    trial = {"rules/all.yaml": list(rules), "sources.yaml": ATLAS, "vocabulary/flags.yaml": flags, **files}
    packs = [load_pack(early, shown="early"), load_pack(write_pack(folder / "trial", trial), shown="trial")]
    return build_program([vocabulary_pack(), *packs])


def all_flags_but(left: str) -> dict[str, Any]:
    """A rule that refers for every built-in flag."""
    flags = [flag for flag in red_flags(built_in().vocabulary) if flag != left]
    return rule("others", [{"red_flag": flags}], [refer()])


def test_where_a_flag_stands_is_found_among_words_that_know_of_none(tmp_path: Path) -> None:
    built = further(tmp_path, all_flags_but("odd_gait"))
    with pytest.raises(
        PackError, match=r"trial/vocabulary/flags\.yaml:\d+: no rule refers a runner with the red flag .odd_gait."
    ):
        check_safety(built)
    with pytest.raises(PackError) as raised:  # without any place it is refused all the same
        check_safety(replace(built, packs=(), cache={}))
    (problem,) = raised.value.problems
    assert (problem.path, problem.line) == ("", 0)


def test_rules_that_conclude_from_each_other_are_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However they go round, the search for what a referral rests on ends."""
    kinds = {name: {"derived": True, "value": {"yes_no": True}} for name in ("alarm", "alert")}
    calls: list[object] = []
    original = Suppliers.of

    def counted(self: Suppliers, condition: Any) -> Any:
        calls.append(condition)
        assert len(calls) < 100_000
        return original(self, condition)

    monkeypatch.setattr(Suppliers, "of", counted)
    built = further(
        tmp_path,
        rule("seen", [{"red_flag": "odd_gait"}], {"alarm": "yes"}),
        rule("on", [{"alarm": "yes"}], {"alert": "yes"}),
        rule("back", [{"alert": "yes"}], {"alarm": "yes"}),
        rule("refers", [{"alert": "yes"}], [refer()]),
        **{"vocabulary/kinds.yaml": {"kinds": kinds}},
    )
    assert "odd_gait" not in built.unreferred_flags
