"""Why: every reason goes down to the lines of the profile, both sides read as one where all else is equal, and what was assumed
says so."""

from itertools import permutations
from pathlib import Path

import pytest

from kit import rule
from plans import ASKED, HEAD, PROFILES, SCREEN, clinic, every_because, meaning, plan, session
from stridewise.explain.items import find_items
from stridewise.plan.model import Because, FactUsed, Plan
from stridewise.recommendation.reasons import firings

SIDED = rule(
    "a-side-counts",
    [{"weakness": "soleus", "side": "$side"}],
    [{"warn": "Weak on the {side}.", "level": "info"}],
    because="The {side} soleus tested weak.",
)


def because_of(made: Plan, name: str) -> list[Because]:
    """The reasons of a warning by its rule."""
    return [one for warning in made.warnings for one in warning.because if one.rule.endswith(name)]


def warned(folder: Path, findings: str, *rules: dict[str, object]) -> Plan:
    """The plan of a clinic of these rules for these findings."""
    return plan(f"{HEAD}{SCREEN}\nfindings:\n{findings}", clinic(folder, *(rules or (SIDED,))))


# --- sides ------------------------------------------------------------------------------------------------------------


def test_left_and_right_are_told_once(tmp_path: Path) -> None:
    """A rule that fires for both sides of one finding gives one warning, one reason and one fact."""
    made = warned(tmp_path, "  - {weakness: soleus}\n")
    (warning,) = made.warnings
    assert warning.text == "Weak on both sides."
    (because,) = warning.because
    assert because.text == "The soleus tested weak (both sides)."
    assert [(used.fact["side"], used.at) for used in because.facts] == [("both", "profile.yaml:6")]


def test_one_side_stays_one_side(tmp_path: Path) -> None:
    """Nothing is said of a side that was not found."""
    (warning,) = warned(tmp_path, "  - {weakness: soleus, side: right}\n").warnings
    assert warning.text == "Weak on the right."
    assert [used.fact["side"] for used in warning.because[0].facts] == ["right"]


def test_sides_that_differ_otherwise_are_told_apart(tmp_path: Path) -> None:
    """Marked on one side and mild on the other are two findings, each with its line."""
    findings = "  - {weakness: soleus, side: left, grade: marked}\n  - {weakness: soleus, side: right, grade: mild}\n"
    made = warned(tmp_path, findings)
    facts = [(used.fact["side"], used.fact["grade"], used.at) for one in because_of(made, "counts") for used in one.facts]
    assert sorted(facts) == [("left", "marked", "profile.yaml:6"), ("right", "mild", "profile.yaml:7")]


def test_two_side_variables_are_never_read_as_both(tmp_path: Path) -> None:
    """Left against right and right against left are two statements."""
    crossed = rule(
        "crossed",
        [{"weakness": "soleus", "side": "$one"}, {"tightness": "soleus", "side": "$other"}],
        [{"warn": "Weak {one}, tight {other}.", "level": "info"}],
    )
    made = warned(tmp_path, "  - {weakness: soleus}\n  - {tightness: soleus}\n", crossed)
    texts = {warning.text for warning in made.warnings}
    assert texts == {f"Weak {one}, tight {other}." for one in ("left", "right") for other in ("left", "right")}


def test_a_count_of_two_sides_is_not_merged_away(tmp_path: Path) -> None:
    """14 left and 22 right stay two numbers."""
    counted = rule("counted", [{"heel_raise_reps": "$n", "side": "$side"}], [{"warn": "{n} {side}.", "level": "info"}])
    made = warned(tmp_path, "  - heel_raise_reps: {left: 22, right: 14}\n", counted)
    assert {warning.text for warning in made.warnings} == {"22 left.", "14 right."}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_how_the_lines_are_broken_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    """Left and right are merged by what they say, not by whether they stand on one line."""
    entries = ["{weakness: soleus, side: left}", "{weakness: soleus, side: right}", "{tightness: soleus}"]
    first, second, third = (entries[index] for index in order)
    program = clinic(tmp_path, SIDED)
    shaped = plan(f"{HEAD}findings: [{first}, {second},\n  {third}]\n", program)
    plain = plan(f"{HEAD}findings:\n  - {entries[0]}\n  - {entries[1]}\n  - {entries[2]}\n", program)
    assert meaning(shaped) == meaning(plain)


# --- facts ------------------------------------------------------------------------------------------------------------


def test_what_was_assumed_is_in_the_data_and_not_in_the_words(tmp_path: Path) -> None:
    """A side or grade that nobody recorded is named in the fact; its text says what was recorded."""
    made = warned(tmp_path, "  - {weakness: soleus, side: left}\n")
    (used,) = because_of(made, "counts")[0].facts
    assert used.assumed == ("grade",)
    assert used.text == "weak soleus, left"


def test_what_was_recorded_is_not_assumed(tmp_path: Path) -> None:
    """Recorded attributes carry no such mark."""
    made = warned(tmp_path, "  - {weakness: soleus, side: left, grade: mild}\n")
    (used,) = because_of(made, "counts")[0].facts
    assert used.assumed == ()
    assert "(assumed)" not in used.text


def test_a_fact_said_twice_names_both_lines(tmp_path: Path) -> None:
    """Two lines that say the same are both given."""
    made = warned(tmp_path, "  - {weakness: soleus, side: left, grade: mild}\n  - {weakness: soleus, side: left, grade: mild}\n")
    (used,) = because_of(made, "counts")[0].facts
    assert used.at == "profile.yaml:6, profile.yaml:7"


CHAIN = (
    rule("first", [{"weakness": "soleus", "side": "$side"}], [{"conclude": {"suspected": "calf_strain", "side": "$side"}}]),
    rule("second", [{"suspected": "calf_strain"}], [{"conclude": {"high_mileage": "yes"}}]),
    rule("third", [{"high_mileage": "yes"}], [{"warn": "All follows.", "level": "info"}]),
)


def test_a_concluded_fact_names_its_rule(tmp_path: Path) -> None:
    """Recorded facts have `at`, concluded ones `derived_by`; never both, never neither."""
    made = warned(tmp_path, "  - {weakness: soleus, side: left}\n", *CHAIN)
    (used,) = because_of(made, "third")[0].facts
    assert (used.derived_by, used.at, used.assumed) == ("trial/second", None, None)


def test_every_way_to_a_conclusion_is_kept(tmp_path: Path) -> None:
    """A fact concluded by two rules has both justifications, in the order of their names."""
    other = rule("another", [{"tightness": "soleus"}], [{"conclude": {"high_mileage": "yes"}}])
    made = warned(tmp_path, "  - {weakness: soleus}\n  - {tightness: soleus}\n", *CHAIN, other)
    (found,) = [one for one in made.conclusions if "high_mileage" in one.fact]
    assert [because.rule for because in found.because] == ["trial/another", "trial/second"]


def test_the_whole_tree_can_be_told(tmp_path: Path) -> None:
    """`why` goes from the warning down to the lines, and a rule is told once on each way."""
    held = session(f"{ASKED}findings:\n  - {{weakness: soleus, side: left}}\n", clinic(tmp_path, *CHAIN))
    (found,) = find_items(held, "third")
    (top,) = found.reasons
    names, reason = [top.because.rule], top
    while reason.below:
        reason = reason.below[0]
        names.append(reason.because.rule)
    assert names == ["trial/third", "trial/second", "trial/first"]
    assert reason.because.facts[0].at == "profile.yaml:7"


def test_facts_that_only_count_are_told_too(tmp_path: Path) -> None:
    """What an at_least group counted belongs to the reason."""
    counting = rule(
        "counting",
        [{"at_least": 2, "of": [{"weakness": "soleus"}, {"tightness": "soleus"}, {"posture": "stoop"}]}],
        [{"warn": "Two of three.", "level": "info"}],
    )
    made = warned(tmp_path, "  - {weakness: soleus}\n  - {tightness: soleus}\n", counting)
    kinds = {next(iter(used.fact)) for one in because_of(made, "counting") for used in one.facts}
    assert kinds == {"weakness", "tightness"}


# --- sources and texts ------------------------------------------------------------------------------------------------


def test_a_reason_carries_its_source_and_grade(tmp_path: Path) -> None:
    """Level and verification come from the source, strength and certainty from the rule."""
    graded = rule(
        "graded",
        [{"weakness": "soleus"}],
        [{"warn": "So.", "level": "info"}],
        sources=["atlas#a1"],
        strength="conditional",
        certainty="very_low",
    )
    (because,) = because_of(warned(tmp_path, "  - {weakness: soleus}\n", graded), "graded")
    assert [(s.key, s.level, s.verified) for s in because.sources] == [("atlas#a1", "3", True)]
    assert (because.strength, because.certainty) == ("conditional", "very_low")


def test_texts_speak_labels_and_units(tmp_path: Path) -> None:
    """{x} is the label of a term, a number with its unit, an attribute by its name."""
    spoken = rule(
        "spoken",
        [{"weakness": "gluteus_medius", "grade": "$grade"}, {"longest_run": "any"}],
        [{"warn": "{weakness}, {grade}, {longest_run}.", "level": "info"}],
    )
    made = plan(
        f"{HEAD}training: {{longest_run: 20 mi}}\nfindings: [{{weakness: gluteus_medius, grade: marked}}]\n",
        clinic(tmp_path, spoken),
    )
    assert [warning.text for warning in made.warnings] == ["gluteus medius, marked, 32.19 km."]


def test_firings_do_not_depend_on_order(tmp_path: Path) -> None:
    """The same activations in any order are the same firings."""
    held = session(f"{ASKED}findings: [{{weakness: soleus}}, {{tightness: soleus}}]", clinic(tmp_path, *CHAIN, SIDED))
    activations = held.situation.memory.activations
    told = {tuple((one.rule.id, len(one.activations)) for one in firings(order)) for order in permutations(activations[:6])}
    assert len(told) == 1


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_fact_of_every_example_comes_from_somewhere(path: Path) -> None:
    """A recorded fact has a line of the profile, a concluded one the id of a rule that exists."""
    from plans import built_in

    held = session(path.read_text(encoding="utf-8"), name=path.name)
    rules = {one.id for one in built_in().rules}
    for because in every_because(held.plan):
        assert because.rule in rules or because.rule.startswith("stridewise/")
        for used in because.facts:
            assert _placed(used, path) or used.derived_by in rules, used


def _placed(used: FactUsed, path: Path) -> bool:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    places = (used.at or "").split(", ")
    return used.derived_by is None and all(
        place.rpartition(":")[0] == path.name and 0 < int(place.rpartition(":")[2]) <= lines for place in places
    )
