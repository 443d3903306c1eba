"""What was measured, as Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.inference.clock import Measured
from benchmarks.inference.entries import (
    BY_HAND,
    CLIPS,
    ENTRIES,
    GENERATED_ALL,
    REFERENCE,
    REFERENCE_ALL,
)


@dataclass(frozen=True, slots=True)
class Run:
    """One knowledge base: its size, what the gate said of each engine, and the times of those that passed."""

    rules: int
    facts: int
    firings: int
    verdicts: Mapping[str, str]
    measured: Mapping[str, Measured] = field(default_factory=dict)


def table(run: Run) -> list[str]:
    """Every engine on one knowledge base, fastest first."""
    rows = [["Engine", "ms a run", "to by hand", "Gate", "How"]]
    for one in sorted(ENTRIES, key=lambda one: _time(run, one.name)):
        if one.name in run.verdicts:
            found = run.measured.get(one.name)
            figures = [milliseconds(found.milliseconds), f"{found.ratio:.1f}"] if found else ["–", "–"]
            rows.append([one.name, *figures, run.verdicts[one.name], one.note])
    return _rows(rows, "lrrll")


def _time(run: Run, name: str) -> float:
    return run.measured[name].milliseconds if name in run.measured else float("inf")


def growth(runs: Sequence[Run]) -> list[str]:
    """The engines on knowledge bases of several sizes, in ms a run."""
    rows = [["Engine", *(f"{run.rules:,} rules" for run in runs)], ["facts", *(str(run.facts) for run in runs)]]
    rows.append(["firings", *(str(run.firings) for run in runs)])
    for one in ENTRIES:
        if any(one.name in run.verdicts for run in runs):
            rows.append([one.name, *(_cell(run, one.name) for run in runs)])
    return _rows(rows, "l" + "r" * len(runs))


def a_firing(runs: Sequence[Run]) -> list[str]:
    """The same in µs for each firing: level where time grows with what fires."""
    rows = [["µs for each firing", *(f"{run.rules:,} rules" for run in runs)]]
    for one in ENTRIES:
        if any(one.name in run.measured for run in runs):
            rows.append([one.name, *(_per_firing(run, one.name) for run in runs)])
    return _rows(rows, "l" + "r" * len(runs))


def _cell(run: Run, name: str) -> str:
    if name in run.measured:
        return milliseconds(run.measured[name].milliseconds)
    return run.verdicts.get(name, "–")


def _per_firing(run: Run, name: str) -> str:
    return f"{run.measured[name].milliseconds * 1000 / run.firings:.1f}" if name in run.measured else "–"


def goals(run: Run) -> list[str]:
    """What was aimed at and what this run shows, each as a ratio."""
    pairs = [(REFERENCE, BY_HAND), (REFERENCE_ALL, BY_HAND)]
    rows = [["Goal", "matcher alone", "whole inference", "wanted"]]
    rows.append(["reference within 4 times by hand", *(_ratio(run, *pair) for pair in pairs), "at most 4"])
    return _rows(rows, "lrrr")


def beside_clips(same: Sequence[Run], busy: Sequence[Run]) -> list[str]:
    """How many times as fast as CLIPS whole inference is, at every size; above 1 it is ahead."""
    rows = [["Times as fast as CLIPS' C functions", *(f"{run.rules:,} rules" for run in same)]]
    for name in (REFERENCE_ALL, GENERATED_ALL):
        for facts, runs in (("same facts", same), ("facts in proportion", busy)):
            rows.append([f"{name}; {facts}", *(_ratio(run, CLIPS, name, 2) for run in runs)])
    return _rows(rows, "l" + "r" * len(same))


def _ratio(run: Run, above: str, below: str, digits: int = 1) -> str:
    """From the ratios of the same rounds, not from the times."""
    if above not in run.measured or below not in run.measured:
        return "–"
    return f"{run.measured[above].ratio / run.measured[below].ratio:.{digits}f}"


def milliseconds(time: float) -> str:
    return f"{time:.3f}" if time < 1 else f"{time:.2f}" if time < 10 else f"{time:.0f}"


def _rows(rows: Sequence[Sequence[str]], align: str) -> list[str]:
    rule = ["---" if side == "l" else "---:" for side in align]
    return [f"| {' | '.join(row)} |" for row in [rows[0], rule, *rows[1:]]]


def between_markers(page: str, name: str, lines: Sequence[str]) -> str:
    """The page with the text between `<!-- name: begin -->` and `<!-- name: end -->` replaced. Raises ValueError without them."""
    before, after = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    if page.count(before) != 1 or page.count(after) != 1:
        raise ValueError(f"the page needs the markers {before} and {after} once each")
    head, tail = page.partition(before)[0], page.partition(after)[2]
    return f"{head}{before}\n{chr(10).join(lines)}\n{after}{tail}"
