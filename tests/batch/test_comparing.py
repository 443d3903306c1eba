"""Two versions of a pack over many profiles: the same answer whatever the number of workers, nobody left out in silence."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from batch_kit import BAD
from cli_kit import AS_OF, Ran, command, run
from kit import SOURCES, rule, write_pack
from plans import DAY, built_in
from population import profile_of
from stridewise.authoring.population.compared import Compared
from stridewise.batch import comparing
from stridewise.batch.comparing import AHEAD, Comparison, LeftOut
from stridewise.batch.entries import Entries, Entry
from stridewise.batch.worker import Crew, Task

SEE = {"refer": "physician", "urgency": "urgent", "stops": "running", "text": "See one."}
OLD = [rule("sore-is-seen", [{"pain": "any"}], [SEE]), rule("nobody", [{"age": ">= 119"}], [SEE])]
NEW = [rule("sore-is-seen", [{"pain": "any", "intensity": ">= 5"}], [SEE])]


# --- in the order of the input ------------------------------------------------------------------------------------


class LateCrew:
    """Answers the latest first, one at a time; whoever is in `dying` dies so many times before."""

    def __init__(self, number: int, dying: dict[int, int]) -> None:
        self.number, self.dying = number, dict(dying)
        self.held: list[Task] = []
        self.most_ahead = 0
        self.engines: list[str] = []

    @property
    def is_busy(self) -> bool:
        return bool(self.held)

    @property
    def has_room(self) -> bool:
        return len(self.held) < self.number

    def give(self, task: Task) -> None:
        self.held.append(task)
        self.engines.append(task.engine)

    def answers(self) -> Iterator[tuple[Task, Any]]:
        task = max(self.held, key=lambda one: one.number)
        self.held.remove(task)
        if self.dying.get(task.number, 0):
            self.dying[task.number] -= 1
            yield task, "was ended by SIGKILL"
        else:
            yield task, Compared(task.entry.name, None, None, False, ())


def answered(number: int, crew: LateCrew) -> list[Compared | LeftOut]:
    entries = cast(Entries, [Entry(f"r{place}", "all.jsonl", place + 1) for place in range(number)])
    return list(comparing.in_order(entries, "both", cast("Crew[Compared | LeftOut]", crew)))


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_answers_come_in_the_order_of_the_input(workers: int) -> None:
    """However late the first one is: later ones wait for it, no more of them than a few a worker."""
    number = 3 * AHEAD * workers
    refs = [one.ref for one in answered(number, LateCrew(workers, {}))]
    assert refs == [f"r{place}" for place in range(number)]


def test_whoever_kills_a_worker_is_tried_again_with_the_reference_and_then_told() -> None:
    """Even where the one who dies keeps all others waiting."""
    crew = LateCrew(2, {0: 1, 7: 2})
    found = answered(40, crew)
    assert len(found) == 40 and crew.engines.count("reference") == 2
    assert isinstance(found[0], Compared)
    left = found[7]
    assert isinstance(left, LeftOut)
    assert str(left.problems[0]).startswith("all.jsonl:8: its worker process was ended by SIGKILL")


# --- the command --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", name="given")
def _given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions of a clinic's pack, and twelve runners of whom one cannot be read."""
    folder = tmp_path_factory.mktemp("over")
    for name, rules in (("old", OLD), ("new", NEW)):
        head = {"name": "clinic", "requires": ["vocabulary"]}
        write_pack(folder / name, {"rules/r.yaml": rules, "sources.yaml": SOURCES}, **head)
    lines = [json.dumps(profile_of(seed)) for seed in range(11)]
    lines.insert(4, '{"schema": 1, "runner": {"ref": "R-99"}, "findings": ["weak gluts"]}')
    (folder / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def diff(given: Path, *more: object) -> Ran:
    over = ("--over", "all.jsonl", "--engine", "reference", *AS_OF)
    return command("pack", "diff", "old", "new", *over, *more, cwd=given, STRIDEWISE_LOAD_PLUGINS="")


@pytest.mark.slow
def test_the_number_of_workers_changes_nothing_and_who_has_no_plan_is_told(given: Path) -> None:
    """All formats hold the same figures; only codes of runners, and no name of a file."""
    one, three = diff(given, "--format", "json", "--workers", 1), diff(given, "--format", "json", "--workers", 3)
    assert one == three
    assert one.code == 1
    assert one.err.startswith('all.jsonl:5: findings[0]: unknown phrase "weak gluts"')
    found = json.loads(one.out)
    assert (found["profiles"], found["compared"], found["no_plan_named"]) == (12, 11, ["R-99"])
    assert found["effects"][0]["kind"] == "referral_lost"
    assert found["never_fires"] and "clinic/nobody" not in found["never_fires"]
    assert [(change["section"], change["item"]) for change in found["records"]] == [
        ("rules", "nobody"),
        ("rules", "sore-is-seen"),
    ]
    assert "all.jsonl" not in one.out
    text = diff(given, "--named", 1).out
    lost = found["effects"][0]["runners"]
    assert f"\n{lost:>8}  " in text and "A referral is lost" in text
    assert f"the gravest 1 of {found['affected']}" in text
    page = diff(given, "--format", "html").out
    assert page.startswith("<!DOCTYPE html>") and "A referral is lost" in page


BOTH = "either --profiles DIR or --over INPUT"
WRONG: Sequence[tuple[tuple[str, ...], str]] = [
    ((), BOTH),
    (("--profiles", ".", "--over", "all.jsonl"), BOTH),
    (("--profiles", ".", "--format", "json"), "go with --over INPUT"),
    (("--profiles", ".", "--named", "3"), "go with --over INPUT"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_what_does_not_go_together_is_refused(words: tuple[str, ...], said: str) -> None:
    ran = run("pack", "diff", "old", "new", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())


@pytest.mark.slow
def test_an_input_that_holds_no_profile_is_refused(given: Path, tmp_path: Path) -> None:
    ran = run("pack", "diff", given / "old", given / "new", "--over", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "holds no profile" in ran.err


@pytest.mark.slow
def test_where_nobody_has_a_plan_that_is_all_that_is_said(given: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    words = ("pack", "diff", given / "old", given / "new", "--over", tmp_path, "--engine", "reference", *AS_OF)
    ran = command(*words, STRIDEWISE_LOAD_PLUGINS="")
    assert ran.code == 1
    assert "Without a plan with either version: 1 profile (R-1)" in ran.out
    assert "Another plan: 0 of 0." in ran.out


def test_a_parquet_file_gives_what_its_lines_give(tmp_path: Path) -> None:
    """Where Parquet is read at all; its columns are the batch's."""
    pytest.importorskip("stridewise.columns")
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    lines = [json.dumps(profile_of(seed)) for seed in range(3)] + [
        '{"schema": 1, "runner": {"ref": "R-99"}, "findings": ["gluts"]}'
    ]
    (tmp_path / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    parquet.write_table(arrow.table({"profile": lines}), tmp_path / "all.parquet")
    comparison = Comparison(lambda: (built_in(), built_in()), DAY, "reference")
    found = [
        [comparison.answer(entry, "reference", comparison.load()) for entry in Entries(str(tmp_path / name))]
        for name in ("all.jsonl", "all.parquet")
    ]
    assert found[0][:3] == found[1][:3]
    assert [one.ref for side in found for one in side[3:]] == ["R-99", "R-99"]
