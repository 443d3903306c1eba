"""The library from several threads and from asyncio: one program serves all, each gets the answers that it would get alone."""

import asyncio
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import stridewise
from plans import DAY, ROOT, built_in

LANGUAGES = ("", "de")  # told side by side
FEW = [(name, language) for name in ("shortest", "red_flag") for language in LANGUAGES] * 2
MANY = [(name, language) for name in ("shortest", "achilles_pain", "hamstring_strain", "red_flag") for language in LANGUAGES]


@pytest.fixture(autouse=True)
def _often() -> Iterator[None]:
    """Threads take turns more often than they would."""
    built_in()  # loaded once, before they begin
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-3)
    yield
    sys.setswitchinterval(before)


def told(job: tuple[str, str]) -> tuple[str, ...]:
    """A plan from the file to paper."""
    name, language = job
    profile = stridewise.load_profile(ROOT / "profiles" / f"{name}.yaml")
    plan = stridewise.make_plan(profile, built_in(), DAY, "both" if name == "achilles_pain" else "reference", language)
    return tuple(stridewise.render_plan(plan, form, program=built_in()) for form in ("json", "html", "text"))


@pytest.mark.parametrize("jobs", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=("few", "many"))
def test_eight_threads_share_a_program(jobs: list[tuple[str, str]]) -> None:
    """Also where all of them begin at once."""
    begin = Barrier(len(jobs), timeout=60)

    def begun(job: tuple[str, str]) -> tuple[str, ...]:
        begin.wait()
        return told(job)

    with ThreadPoolExecutor(len(jobs)) as pool:
        together = list(pool.map(begun, jobs))
    alone = {job: told(job) for job in jobs}
    assert together == [alone[job] for job in jobs]


@pytest.mark.slow
def test_tasks_that_run_side_by_side_do_too() -> None:
    async def gathered() -> list[tuple[str, ...]]:
        return list(await asyncio.gather(*(asyncio.to_thread(told, job) for job in MANY)))

    assert asyncio.run(gathered()) == [told(job) for job in MANY]


@pytest.mark.slow
def test_programs_are_loaded_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each thread its own."""
    monkeypatch.setenv("STRIDEWISE_LOAD_PLUGINS", "")
    with ThreadPoolExecutor(4) as pool:
        programs = list(pool.map(lambda _: stridewise.load_program(), range(4)))
    assert all(program.rules == built_in().rules for program in programs)
