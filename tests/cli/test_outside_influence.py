"""What the program around us, or a plugin, has set for decimals changes no plan and no answer; and we leave it as it was."""

import decimal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import stridewise
from cli_kit import AS_OF, run
from hooks_kit import manager_of
from plans import DAY, PROFILES, ROOT, built_in, minimal
from stridewise.packs.plugins import with_further_facts
from stridewise.session import hold_session

COARSE = ROOT / "profiles" / "hamstring_strain.yaml"  # its kilometres need more than six digits
SETTINGS: dict[str, dict[str, Any]] = {
    "few digits": {"prec": 6},
    "one digit, away from zero": {"prec": 1, "rounding": decimal.ROUND_UP},
    "no traps": {"traps": [], "rounding": decimal.ROUND_FLOOR},
    "every trap": {"traps": [decimal.Inexact, decimal.Rounded, decimal.FloatOperation, decimal.Subnormal, decimal.Clamped]},
    "small numbers": {"Emax": 1, "Emin": -1, "prec": 4, "capitals": 0, "clamp": 1},
}
HOSTILE = {"prec": 2, "rounding": decimal.ROUND_UP, "traps": [decimal.Inexact]}


def plan(path: Path, form: str = "json") -> str:
    """The whole way through the library."""
    made = stridewise.make_plan(stridewise.load_profile(path), built_in(), DAY, "reference")
    return stridewise.render_plan(made, form, program=built_in())


@contextmanager
def set_to(**settings: Any) -> Iterator[None]:
    """These settings around us; afterwards nothing of them, flags among it, is other than before."""
    with decimal.localcontext(**settings) as around:
        around.clear_flags()
        before = repr(around)
        yield
        assert repr(decimal.getcontext()) == before
        assert decimal.getcontext() is around


@pytest.mark.parametrize("name", SETTINGS)
def test_a_plan_does_not_depend_on_the_callers_decimals(name: str) -> None:
    usual = plan(COARSE)
    with set_to(**SETTINGS[name]):
        assert plan(COARSE) == usual


@cache
def usual_plans() -> list[tuple[str, str]]:
    """As data, and as the page on which most is reckoned."""
    return [(plan(path), plan(path, "html")) for path in PROFILES]


@pytest.mark.slow
@pytest.mark.parametrize("name", SETTINGS)
def test_no_example_does(name: str) -> None:
    usual = usual_plans()
    with set_to(**SETTINGS[name]):
        assert [(plan(path), plan(path, "html")) for path in PROFILES] == usual


@pytest.mark.usefixtures("built_in_only")
def test_packs_are_read_in_the_same_way() -> None:
    with set_to(**HOSTILE):
        assert stridewise.load_program().rules == built_in().rules


def test_every_function_of_the_library_reckons_in_our_way() -> None:
    """With every trap set, the first division ends whatever is left to the caller's settings."""
    with decimal.localcontext(**HOSTILE), pytest.raises(decimal.Inexact):
        Decimal(1) / Decimal(3)
    with set_to(**HOSTILE):
        text = minimal("recorded: 2026-11-21\ntraining: {weekly_distance_km: [30.123, 31, 32.7], longest_run: 7.77 mi}\n")
        profile = stridewise.read_profile(text)
        made = stridewise.make_plan(profile, built_in(), DAY, "reference")
        assert stridewise.to_dict(made, built_in())["runner"] == "R-1"
        assert stridewise.render_plan(made, "markdown", explain=True)
        assert stridewise.why(profile, built_in(), DAY, made.prescriptions[0].exercise, "reference")


AT, BY = AS_OF, ("--engine", "reference")
ACME = ROOT / "tests" / "clinic" / "acme_knee_rules" / "acme_knee"
ASKED: dict[str, tuple[object, ...]] = {
    "why": ("why", COARSE, "thresholds", *AT, *BY),
    "compare": ("compare", COARSE, COARSE, *AT, *BY),
    "why-not": ("why-not", COARSE, "iron_cross", *AT, *BY),
    "what-if": ("what-if", COARSE, "--sweep", "training.longest_run_km=7.123..8.123", *AT, *BY),
    "plan": (COARSE, "--format", "handout", *AT, *BY),
    "log": ("log", ROOT / "profiles" / "with_log" / "runs.csv", *AT),
    "pack test": ("pack", "test", ACME),
}


@pytest.mark.usefixtures("built_in_only")
@pytest.mark.parametrize("name", ["why", *(pytest.param(name, marks=pytest.mark.slow) for name in ASKED if name != "why")])
def test_an_answer_does_not_depend_on_them(name: str) -> None:
    """Each command, told twice."""
    usual = run(*ASKED[name])
    assert (usual.code, usual.err) == (0, "")
    with set_to(**HOSTILE):
        assert run(*ASKED[name]) == usual


@pytest.mark.slow
def test_the_check_of_a_pack_does_not_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor how it reads the packs that are installed."""
    monkeypatch.setenv("STRIDEWISE_LOAD_PLUGINS", "")
    usual = run("pack", "check", ACME, *AT)
    with set_to(**HOSTILE):
        assert run("pack", "check", ACME, *AT) == usual


# --- plugins ------------------------------------------------------------------------------------------------------------


def narrowing(*_: Any, **__: Any) -> Any:
    """A hook that sets decimals in both ways there are."""
    decimal.getcontext().prec = 2
    decimal.setcontext(decimal.Context(**HOSTILE))
    return []


def test_a_hook_that_sets_decimals_changes_no_plan() -> None:
    """In the command and the library alike: its settings end with its call."""
    profile = stridewise.load_profile(COARSE)
    usual = hold_session(profile, built_in(), DAY, "reference").plan
    asked = replace(built_in(), plugins=manager_of(further_facts=narrowing))
    with set_to(prec=9):
        assert hold_session(profile, asked, DAY, "reference").plan == usual
        with_further_facts((), built_in().vocabulary, manager_of(further_facts=narrowing))


def test_what_a_plugin_sets_while_it_reads_its_own_answer_ends_too() -> None:
    """A generator runs when its items are taken."""

    def answer(facts: Any) -> Iterator[Any]:
        narrowing()
        yield from ()

    with set_to(prec=9):
        with_further_facts((), built_in().vocabulary, manager_of(further_facts=answer))


def test_a_hook_is_called_with_our_settings() -> None:
    """So that what it reckons does not depend on the caller either."""
    seen: list[int] = []

    def look(facts: Any) -> list[Any]:
        seen.append(decimal.getcontext().prec)
        return []

    with set_to(**HOSTILE):
        with_further_facts((), built_in().vocabulary, manager_of(further_facts=look))
    assert seen == [28]
