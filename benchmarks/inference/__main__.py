"""Compare engines on one generated knowledge base, from the root of a checkout:

python -m benchmarks.inference [--markdown] [--quick]"""

import argparse
import sys

from benchmarks.inference.clock import measure
from benchmarks.inference.entries import (
    BY_HAND,
    CLIPS,
    DURABLE,
    DURABLE_ALL,
    ENTRIES,
    GENERATED_ALL,
    REFERENCE,
    REFERENCE_ALL,
    entry,
)
from benchmarks.inference.gate import PASSED, ROOT, compare, knowledge_base, verdict
from benchmarks.inference.machine import describe_machine
from benchmarks.inference.naive import naive_firings
from benchmarks.inference.report import Run, a_firing, beside_clips, between_markers, goals, growth, table

PAGE = ROOT / "docs" / "performance.md"
MARKER = "inference"
SIZES = (50, 150, 500, 2000)
MAIN_SIZE = 150
IN_PROPORTION = (BY_HAND, REFERENCE, REFERENCE_ALL, GENERATED_ALL, DURABLE, DURABLE_ALL, CLIPS)


def main(arguments: list[str]) -> None:
    options = _options(arguments)
    names = [one.name for one in ENTRIES]
    same = {size: one_run(size, False, names, options.seconds) for size in options.sizes}
    busy = [one_run(size, True, list(IN_PROPORTION), options.seconds) for size in options.sizes]
    lines = results(same, busy)
    sys.stdout.write("\n".join(lines) + "\n")
    if options.markdown:
        page = between_markers(PAGE.read_text(encoding="utf-8"), MARKER, lines)
        PAGE.write_text(page, encoding="utf-8")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inference", description="Compare inference engines.")
    parser.add_argument("--markdown", action="store_true", help=f"write the results into {PAGE.relative_to(ROOT)}")
    parser.add_argument("--quick", action="store_true", help="150 rules alone, a few seconds")
    parser.add_argument("--seconds", type=float, default=30, help="time for each knowledge base (default: 30)")
    options = parser.parse_args(arguments)
    if options.quick and options.markdown:
        parser.error("--markdown writes the figures of a whole run; leave --quick out")
    options.sizes = (MAIN_SIZE,) if options.quick else SIZES
    options.seconds = min(options.seconds, 5) if options.quick else options.seconds
    return options


def one_run(rules: int, busy: bool, names: list[str], seconds: float) -> Run:
    """Judge these engines, then time those that passed, and judge once more what they gave when they were timed."""
    base = knowledge_base(rules, busy)
    meant = naive_firings(base)
    verdicts = {}
    for name in names:
        verdicts[name] = verdict(name, rules, busy)
        sys.stderr.write(f"{rules} rules, {len(base.facts)} facts: {name}: {verdicts[name]}\n")
    contenders = {name: entry(name).make(base) for name in names if verdicts[name] == PASSED}
    measured = measure(contenders, BY_HAND, seconds)
    for name, contender in contenders.items():
        verdicts[name] = compare(contender, (contender.run(),), meant)
    kept = {name: one for name, one in measured.items() if verdicts[name] == PASSED}
    return Run(rules, len(base.facts), len(meant), verdicts, kept)


def results(same: dict[int, Run], busy: list[Run]) -> list[str]:
    """The text between the markers."""
    main_run = same[MAIN_SIZE]
    lines = ["", *(f"- {line}" for line in describe_machine()), ""]
    lines += [f"**{main_run.rules} rules, {main_run.facts} facts, {main_run.firings} firings.**", "", *table(main_run), ""]
    lines += [*goals(main_run), ""]
    if len(same) > 1:
        lines += ["**More rules exist, the same 30 facts, the same rules fire** (ms a run).", "", *growth([*same.values()]), ""]
        lines += ["**Facts in proportion to the rules** (ms a run).", "", *growth(busy), "", *a_firing(busy), ""]
        lines += ["**Whole inference beside CLIPS.**", "", *beside_clips([*same.values()], busy), ""]
    return lines


if __name__ == "__main__":
    main(sys.argv[1:])
