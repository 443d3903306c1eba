"""What an override changes is told where it is read: the reason beside the number names it, a text that cannot follow is found,
and what ended ends alone."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from check_kit import DAY
from kit import rule, write_pack
from plans import ASKED, ATLAS, WEAK, plan, profile, vocabulary_pack, when_weak
from stridewise.authoring.checks.checking import check_packs
from stridewise.errors import PackError
from stridewise.explain.edits.changes import SetPath
from stridewise.explain.inquiry import open_inquiry
from stridewise.packs.pack import RulePack, load_pack
from stridewise.plan.model import Because
from stridewise.program.builder import build_program
from stridewise.render.formats import render_plans

SIGNED = {"reason": "Most of our runners are new.", "by": "A. Clinician", "expires": "2026-12-31"}
RETUNE = {"threshold": "first/far_week", "action": "retune", "to": "56 km", **SIGNED}
RUNS = f"{ASKED}training: {{weekly_distance_km: [50, 50, 50, 60]}}\n{WEAK}"
NO_IMPACT = {"avoid": {"demand": "impact", "above": 0}, "level": "contraindication"}
FAR_WEEK = {"far_week": {"value": 64, "unit": "km", "source": "atlas#a1"}}
AFTER = date(2027, 1, 1)


def packs(tmp_path: Path, overrides: list[Any], far: dict[str, Any], *own: Any, **files: Any) -> list[RulePack]:
    """A pack with one rule about far weeks, and a clinic that overrides."""
    rules = [far, when_weak("rests", {"warn": "Rest.", "level": "info"}), when_weak("waits", {"warn": "Wait.", "level": "info"})]
    first = write_pack(tmp_path / "first", {"rules/all.yaml": rules, "sources.yaml": ATLAS, **files}, thresholds=FAR_WEEK)
    second = write_pack(tmp_path / "second", {"rules/all.yaml": list(own)} if own else {}, overrides=overrides)
    return [vocabulary_pack(), load_pack(first, shown="first"), load_pack(second, shown="second")]


def far_rule(because: str = "{weekly_distance}, more than {far_week}.", *sources: str, **more: Any) -> dict[str, Any]:
    cited = {"sources": list(sources or ("atlas#a1",))}
    written = rule("far", [{"weekly_distance": "> far_week"}], [{"warn": "Far.", "level": "info"}])
    return {**written, "because": because, **cited, **more}


def reason(made: Any) -> Because:
    return next(because for warning in made.warnings for because in warning.because if because.rule == "first/far")


def program(tmp_path: Path, overrides: list[Any], far: dict[str, Any], *own: Any) -> Any:
    return build_program(packs(tmp_path, overrides, far, *own), without_safety=True)


DECIDED = "first/far_week set to 56 km by second: Most of our runners are new (A. Clinician)"


def test_a_retuned_number_rests_on_who_retuned_it(tmp_path: Path) -> None:
    """The text has the new number; its source is the override, no longer the book that says the old one, and it is an opinion."""
    why = reason(plan(RUNS, program(tmp_path, [RETUNE], far_rule())))
    assert why.text == "60 km, more than 56 km."
    assert [(source.key, source.level, source.verified) for source in why.sources] == [(DECIDED, "5", False)]
    assert (why.strength, why.certainty) == ("expert_opinion", "low")


def test_what_the_number_is_not_rests_on_its_source_as_before(tmp_path: Path) -> None:
    why = reason(plan(RUNS, program(tmp_path, [RETUNE], far_rule("Far.", "atlas", "atlas#a1"))))
    assert [source.key for source in why.sources] == ["atlas", DECIDED]
    assert (why.strength, why.certainty) == ("strong", "high")


def test_after_its_date_the_number_rests_on_its_book_again(tmp_path: Path) -> None:
    far = {**far_rule(), "when": [{"weekly_distance": "> 10"}]}  # named in the text alone
    built = program(tmp_path, [RETUNE], far)
    assert [source.key for source in reason(plan(RUNS, built)).sources] == [DECIDED]
    why = reason(plan(RUNS, built, as_of=AFTER))
    assert why.text == "60 km, more than 64 km."
    assert [source.key for source in why.sources] == ["atlas#a1"]


def test_what_is_tried_after_its_date_is_tried_without_it(tmp_path: Path) -> None:
    """60 km are far by the override alone, and no answer to a question brings that back."""
    for as_of, warned in ((DAY, {"Far."}), (AFTER, set())):
        inquiry = open_inquiry(profile(RUNS), program(tmp_path / str(as_of), [RETUNE], far_rule()), as_of, "reference")
        tried = inquiry.sketch([SetPath("runner.age", 41)])
        assert tried is not None
        assert {one.text for one in tried.warnings} & {"Far."} == warned


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_format_that_shows_sources_names_who_decided(tmp_path: Path, form: str) -> None:
    made = plan(RUNS, program(tmp_path, [RETUNE], far_rule()))
    shown = " ".join(render_plans([made], form, explain=True).replace("\\", "").split())
    assert "56 km by second: Most of our runners are new" in shown


def found(tmp_path: Path, overrides: list[Any], far: dict[str, Any], pack: str) -> list[str]:
    built = packs(tmp_path, overrides, far)
    findings = check_packs(lambda: built, lambda one: one.name == pack, DAY, without_safety=True)
    return [f"{one.level}: {one.message}" for one in findings if one.check == "old-number"]


def test_a_text_that_says_the_old_number_by_hand_is_found_by_who_overrides(tmp_path: Path) -> None:
    (said,) = found(tmp_path, [RETUNE], far_rule("More than 64 km a week."), "second")
    assert said.startswith("warning: first/far: because (first/rules/all.yaml:1) still says 64 km")


@pytest.mark.parametrize("text", ["More than {far_week}.", "More than 640 km.", "More than 64 runs.", "More than 1.64 km."])
def test_a_text_that_does_not_say_it_is_not(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, [RETUNE], far_rule(text), "second") == []


def test_the_author_is_told_beforehand(tmp_path: Path) -> None:
    (said,) = found(tmp_path, [], far_rule("More than 64 km a week."), "first")
    assert said == "info: first/far: because writes the number of the threshold far_week by hand."


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"by": ""}, 'by: expected the name of whoever decided it, found ""'),
        ({"by": "TBD"}, 'by: expected the name of whoever decided it, found "TBD"'),
        ({"reason": " "}, "reason: expected why, found nothing"),
    ],
)
def test_an_override_is_signed_and_says_why(tmp_path: Path, change: dict[str, str], told: str) -> None:
    """It changes the work of others, and every plan that it touches names who decided and why."""
    with pytest.raises(PackError) as raised:
        packs(tmp_path, [{**RETUNE, **change}], far_rule())
    (problem,) = raised.value.problems
    assert problem.path.endswith("second/pack.yaml") and problem.line > 1
    assert told in problem.message


def test_a_number_is_not_retuned_to_the_other_side_of_0(tmp_path: Path) -> None:
    """A slip of the minus sign would let a rule about far weeks fire for everybody."""
    with pytest.raises(PackError, match=r'to: expected a number on the same side of 0 as 64 km, found "-56 km"'):
        program(tmp_path, [{**RETUNE, "to": "-56 km"}], far_rule())
    assert program(tmp_path / "zero", [{**RETUNE, "to": 0}], far_rule()).thresholds["first/far_week"].value == 0


# --- what ends ----------------------------------------------------------------------------------------------------------


def replaced(name: str, by: str, expires: str) -> dict[str, Any]:
    return {"rule": f"first/{name}", "action": "replace", "with_rule": by, **SIGNED, "expires": expires}


def test_a_rule_that_still_stands_in_for_another_stays(tmp_path: Path) -> None:
    """One rule in place of two: when the first override ends, it goes on in place of the second."""
    overrides = [replaced("rests", "trains", "2026-12-31"), replaced("waits", "trains", "2027-12-31")]
    built = program(tmp_path, overrides, far_rule(), when_weak("trains", {"warn": "Train on.", "level": "info"}))
    assert {one.text for one in plan(RUNS, built).warnings} >= {"Train on."}
    texts = {one.text for one in plan(RUNS, built, as_of=AFTER).warnings}
    assert {"Train on.", "Rest."} <= texts
    assert "Wait." not in texts


PATH = {
    "title": "Squats",
    "when": [{"weakness": "soleus"}],
    "sources": ["atlas"],
    "strength": "expert_opinion",
    "certainty": "low",
}


def staged(name: str, *then: Any) -> dict[str, Any]:
    return {"id": name, **PATH, "stages": [{"id": "begin", "title": "Begin", "plain": "Begin.", "then": list(then)}]}


@pytest.mark.parametrize(
    ("then", "said"),
    [(NO_IMPACT, "kept because it protects"), ({"warn": "Easy.", "level": "info"}, "no longer holds")],
    ids=["protects", "warns"],
)
def test_a_pathway_that_protects_goes_on_past_its_date_and_any_other_ends(tmp_path: Path, then: Any, said: str) -> None:
    first = write_pack(tmp_path / "first", {"pathways/all.yaml": [staged("old_way")], "sources.yaml": ATLAS})
    override = {"pathway": "old_way", "action": "replace", "with_pathway": "own_way", **SIGNED}
    second = write_pack(tmp_path / "second", {"pathways/all.yaml": [staged("own_way", then)]}, overrides=[override])
    both = [load_pack(first, shown="first"), load_pack(second, shown="second")]
    built = build_program([vocabulary_pack(), *both], without_safety=True)
    made = plan(RUNS, built, as_of=AFTER)
    assert any(said in notice for notice in made.notices)
    assert [stage.pathway for stage in made.pathways] == ["own_way" if then is NO_IMPACT else "old_way"]
