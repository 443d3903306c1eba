"""What why and why-not cost for every item of the example profiles, in units of one plan. A script, not a test:

python benchmarks/inquiry.py [PROFILE...]
"""

import sys
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from stridewise.cli.common import load_program
from stridewise.inquiry.inquiry import Inquiry, open_inquiry
from stridewise.inquiry.why import every_item, explain
from stridewise.inquiry.why_not import why_not
from stridewise.profile import load_profile
from stridewise.program import Program
from stridewise.session import hold_session

AS_OF = date(2026, 11, 22)
EXAMPLES = sorted((Path(__file__).parent.parent / "profiles").glob("*.yaml"))


def seconds(call: Any, *arguments: Any) -> float:
    """How long one call takes."""
    start = perf_counter()
    call(*arguments)
    return perf_counter() - start


def one_plan(path: Path, program: Program) -> float:
    """The median of five plans, matchers compiled."""
    profile = load_profile(path)
    hold_session(profile, program, AS_OF, "reference")
    return median(seconds(hold_session, profile, program, AS_OF, "reference") for _ in range(5))


def afresh(inquiry: Inquiry) -> Inquiry:
    """Nothing remembered, so that every question pays for its own plans."""
    return Inquiry(inquiry.profile, inquiry.program, inquiry.as_of, inquiry.engine, inquiry.session)


def row(name: str, question: str, costs: list[tuple[float, str]]) -> str:
    worst = max(costs)
    middle = median(cost for cost, _ in costs)
    return f"{name:28} {question:8} {len(costs):4} items   median {middle:6.1f}   worst {worst[0]:6.1f} ({worst[1]})"


def main(paths: list[Path]) -> None:
    program = load_program()
    every: dict[str, list[tuple[float, str]]] = {"why": [], "why-not": []}
    for path in paths:
        plan = one_plan(path, program)
        inquiry = open_inquiry(load_profile(path), program, AS_OF, "reference")
        names = sorted({found.name for found in every_item(inquiry.session) if found.section != "schedule"})
        planned = {one.exercise for one in inquiry.session.plan.prescriptions}
        costs = {
            "why": [(seconds(explain, afresh(inquiry), name) / plan, name) for name in names],
            "why-not": [
                (seconds(why_not, afresh(inquiry), name) / plan, name) for name in program.exercises if name not in planned
            ],
        }
        for question, found in costs.items():
            print(row(path.stem, question, found), flush=True)  # noqa: T201  # a script's output
            every[question] += found
        print(f"{path.stem:28} one plan {plan * 1000:.1f} ms", flush=True)  # noqa: T201
    for question, found in every.items():
        print(row("all", question, found))  # noqa: T201


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or EXAMPLES)
