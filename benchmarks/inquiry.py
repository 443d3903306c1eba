"""What why and why-not cost for the items of the example profiles, in units of one plan. A script, not a test:

python benchmarks/inquiry.py [--every N] [PROFILE...]

Processor time, so that other work on the machine counts little. Every N-th item is asked about, by default every one of `why`
and every third of `why-not`; what is left out is said.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

from stridewise.explain.inquiry import Inquiry, open_inquiry
from stridewise.explain.items import every_item
from stridewise.explain.search import MAX_RUNS
from stridewise.explain.why import explain
from stridewise.explain.why_not import why_not
from stridewise.profile.profile import load_profile
from stridewise.program.load import load_program
from stridewise.program.program import Program
from stridewise.session import hold_session

AS_OF = date(2026, 11, 22)
EXAMPLES = sorted((Path(__file__).parent.parent / "profiles").glob("*.yaml"))
PLANS = 9  # whose median is one plan


@dataclass(frozen=True, order=True)
class Cost:
    """One question: what it cost in plans, how many changes were tried and planned for it, and whether the space was searched."""

    plans: float
    name: str
    tried: int = 0
    planned: int = 0
    searched: bool = True


def seconds(call: Callable[[], object]) -> float:
    """The processor time of one call."""
    start = process_time()
    call()
    return process_time() - start


def one_plan(path: Path, program: Program) -> float:
    """The median of several plans, matchers compiled."""
    profile = load_profile(path)
    hold_session(profile, program, AS_OF, "reference")
    return median(seconds(lambda: hold_session(profile, program, AS_OF, "reference")) for _ in range(PLANS))


def afresh(inquiry: Inquiry) -> Inquiry:
    """Nothing remembered, so that every question pays for its own plans."""
    return Inquiry(inquiry.profile, inquiry.program, inquiry.as_of, inquiry.engine, inquiry.session)


def whys(inquiry: Inquiry, plan: float, every: int) -> list[Cost]:
    """The cost of every explanation."""
    names = sorted({found.name for found in every_item(inquiry.session) if found.section != "schedule"})
    return [Cost(seconds(lambda name=name: explain(afresh(inquiry), name)) / plan, name) for name in names[::every]]  # type: ignore[misc]


def why_nots(inquiry: Inquiry, plan: float, every: int) -> list[Cost]:
    """The cost of asking for every exercise that the plan does not hold."""
    planned = {one.exercise for one in inquiry.session.plan.prescriptions}
    costs = []
    for name in [name for name in inquiry.program.exercises if name not in planned][::every]:
        start = process_time()
        answer = why_not(afresh(inquiry), name)
        costs.append(Cost((process_time() - start) / plan, name, answer.tried, answer.planned, answer.searched))
    return costs


def row(name: str, question: str, costs: list[Cost]) -> str:
    """Median and worst, and for why-not what was tried."""
    worst = max(costs)
    middle = median(cost.plans for cost in costs)
    text = f"{name:26} {question:7} {len(costs):4} items  median {middle:5.1f}  worst {worst.plans:6.1f} ({worst.name})"
    if question == "why":
        return text
    tried, planned = (max(getattr(cost, what) for cost in costs) for what in ("tried", "planned"))
    return f"{text}  at most {tried} tried, {planned} planned; bound met by {sum(not cost.searched for cost in costs)}"


def say(text: str) -> None:
    print(text, flush=True)  # a script's output


def main(paths: Iterable[Path], every: int) -> None:
    program, all_costs = load_program(), dict[str, list[Cost]]()
    say(f"in units of one plan; why-not: every {every}. exercise; at most {MAX_RUNS} changes are planned for a question")
    for path in paths:
        plan = one_plan(path, program)
        inquiry = open_inquiry(load_profile(path), program, AS_OF, "reference")
        say(f"{path.stem:26} one plan {plan * 1000:.1f} ms")
        for question, costs in (("why", whys(inquiry, plan, 1)), ("why-not", why_nots(inquiry, plan, every))):
            say(row("", question, costs))
            all_costs.setdefault(question, []).extend(costs)
    for question, costs in all_costs.items():
        say(row("all", question, costs))


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=3, help="ask about every N-th exercise that is not in the plan")
    parser.add_argument("profiles", nargs="*", type=Path)
    given = parser.parse_args(sys.argv[1:])
    main(given.profiles or EXAMPLES, given.every)
