"""The built-in packs keep what they claim: every case of every pack, one test each."""

import pytest

from plans import built_in, built_in_packs
from stridewise.authoring.cases import Case, read_cases
from stridewise.authoring.trial import run_case, stage_claims

CASES = [case for pack in built_in_packs() for case in read_cases(pack)]


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.pack}: {case.shape.name}") for case in CASES])
def test_case(case: Case) -> None:
    """What must and must not come of the case's profile, by both matchers."""
    result = run_case(built_in(), case)
    assert not result.failures, f"{case.place}: {case.shape.name}\n" + "\n".join(result.failures)


def test_every_pack_with_rules_has_cases() -> None:
    """A pack of rules without a case would promise nothing."""
    assert {pack.name for pack in built_in_packs() if pack.rules} <= {case.pack for case in CASES}


def test_the_names_of_cases_are_sentences_and_unique_in_their_pack() -> None:
    """A case is known by its name."""
    names = [(case.pack, case.shape.name) for case in CASES]
    assert len(names) == len(set(names))
    assert all(" " in name for _, name in names)


def test_every_rule_fires_in_a_case_and_is_silent_in_another() -> None:
    """Both sides of every rule are shown; a stage that is expected shows those of its pathway."""
    of_stages = [stage_claims(built_in(), case) for case in CASES]
    fires = {name for case in CASES for name in case.shape.expect.fires}.union(*(fires for fires, _ in of_stages))
    silent = {name for case in CASES for name in case.shape.expect.silent}.union(*(quiet for _, quiet in of_stages))
    rules = {rule.id for rule in built_in().rules if not rule.id.endswith("-is-earned")}
    assert rules - fires == set()
    assert rules - silent == set()


def test_what_cases_name_exists() -> None:
    """A misspelt exercise in "must not be prescribed" would pass forever."""
    for case in CASES:
        expect = case.shape.expect
        named = {
            *expect.prescribes,
            *expect.not_prescribed,
            *expect.not_swapped,
            *expect.swaps,
            *filter(None, expect.swaps.values()),
        }
        assert named <= set(built_in().exercises), f"{case.place}: {named - set(built_in().exercises)}"
        asked = {one["target"] if isinstance(one, dict) else one for one in expect.targets}
        assert asked <= set(built_in().vocabulary.terms["targets"]), str(case.place)
        assert set(expect.adjusts) <= set(built_in().vocabulary.terms["load_metrics"]), str(case.place)
