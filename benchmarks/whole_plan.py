"""How many plans a second one core makes, warm, with all built-in packs, beside inference written by hand. A script:

python -m benchmarks.whole_plan [--rounds N] [--markdown]

Every profile of `profiles/` and as many runners of the test population are planned in turn, with the reference matcher alone
and with both; between them the hand-written inference of `benchmarks/inference` runs (150 rules, 30 facts), so that the ratio
holds on any machine. What is loaded is kept from the collector, as in a worker of `recommend batch`."""

import argparse
import gc
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from benchmarks.inference.handwritten import compile_by_hand  # noqa: E402
from benchmarks.inference.knowledge import make_knowledge_base  # noqa: E402
from benchmarks.inference.machine import describe_python  # noqa: E402
from benchmarks.inference.report import between_markers  # noqa: E402
from population import profile_of  # noqa: E402
from stridewise.documents.reader import parse_document  # noqa: E402
from stridewise.errors import ProfileError  # noqa: E402
from stridewise.inference import durable  # noqa: E402
from stridewise.profile.profile import Profile, load_profile, read_profile  # noqa: E402
from stridewise.program.load import load_program  # noqa: E402
from stridewise.session import recommend  # noqa: E402

PAGE = ROOT / "docs" / "performance.md"
AS_OF = date(2026, 11, 22)
EXAMPLES = sorted((ROOT / "profiles").glob("*.yaml"))


def runner(seed: int) -> Profile:
    """One runner of the population."""
    return read_profile(parse_document(json.dumps(profile_of(seed)).encode(), f"{seed}.json", ProfileError))


def seconds(call: Callable[..., object], *arguments: object) -> float:
    """The processor time one call takes."""
    start = process_time()
    call(*arguments)
    return process_time() - start


def main() -> None:
    """Measure in rounds, everything once a round, and print medians."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--markdown", action="store_true", help="write the results into docs/performance.md")
    asked = parser.parse_args()
    program, base = load_program(), make_knowledge_base(150)
    by_hand = compile_by_hand(base)
    groups = {"the 20 examples": [load_profile(path) for path in EXAMPLES], "200 of the population": [*map(runner, range(200))]}
    engines = ["reference", "both"] if durable.available() else ["reference"]

    def plan_all(profiles: Sequence[Profile], engine: str) -> None:
        for profile in profiles:
            recommend(profile, program, AS_OF, engine)

    def many_by_hand() -> None:
        for _ in range(200):
            by_hand(base.facts)

    cases = {(name, engine): (profiles, engine) for name, profiles in groups.items() for engine in engines}
    costs: dict[tuple[str, str], list[float]] = {case: [] for case in cases}
    hand: list[float] = []
    for case in cases.values():
        plan_all(*case)  # warm
    gc.freeze()  # as a worker of `recommend batch` does
    for _ in range(asked.rounds):
        for name, (profiles, engine) in cases.items():
            hand.append(seconds(many_by_hand) / 200)
            costs[name].append(seconds(plan_all, profiles, engine) / len(profiles))
    unit = median(hand)
    lines = ["", *(f"- {line}" for line in describe_python()), ""]
    lines += ["| Profiles | Matchers | Plans a second on one core | One plan, ms | to by hand (150 rules) |"]
    lines += ["| --- | --- | ---: | ---: | ---: |"]
    for (group, engine), found in costs.items():
        one = median(found)
        lines += [f"| {group} | {engine} | {1 / one:.0f} | {one * 1000:.1f} | {one / unit:.0f} |"]
    print("\n".join(lines))
    if asked.markdown:
        PAGE.write_text(between_markers(PAGE.read_text(encoding="utf-8"), "whole plan", [*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
