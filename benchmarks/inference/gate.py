"""Who may be timed: an engine is first run in a process of its own, and must fire exactly what the rules mean.

A process of its own, because one of the engines can hang or crash on a large set of rules."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.inference.contender import Contender
from benchmarks.inference.entries import entry
from benchmarks.inference.form import Firing, KnowledgeBase
from benchmarks.inference.knowledge import make_busy_knowledge_base, make_knowledge_base
from benchmarks.inference.naive import naive_firings

ROOT = Path(__file__).parent.parent.parent
SECONDS = 60  # to build, and to run twice
PASSED = "same firings"


def knowledge_base(rules: int, busy: bool) -> KnowledgeBase:
    """With 30 facts, or with facts in proportion to the rules."""
    return make_busy_knowledge_base(rules) if busy else make_knowledge_base(rules)


def verdict(name: str, rules: int, busy: bool) -> str:
    """PASSED, or why this engine is not timed."""
    command = [sys.executable, "-m", "benchmarks.inference.gate", name, str(rules), "busy" if busy else "same"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"no end within {SECONDS} s"
    if done.returncode < 0:
        return f"crashed (signal {-done.returncode})"
    said = [line for line in done.stdout.splitlines() if line.startswith('"')]  # CLIPS has its own say on the way out
    return str(json.loads(said[0])) if said else f"failed with code {done.returncode}"


def judge(name: str, base: KnowledgeBase) -> str:
    """The verdict, in this process."""
    try:
        contender = entry(name).make(base)
        first, second = contender.run(), contender.run()
        return compare(contender, (first, second), naive_firings(base))
    except ImportError as error:
        return f"not installed: {error}"
    except Exception as error:  # any failure of an engine is a result
        return f"{type(error).__name__}: {error}".splitlines()[0][:120]


def compare(contender: Contender, results: tuple[object, ...], meant: frozenset[Firing]) -> str:
    """PASSED where each of these results holds exactly the firings that are meant."""
    for result in results:
        found = contender.firings(result)
        if found != meant:
            return f"different: {len(meant - found)} firings missing, {len(found - meant)} false"
    return PASSED


if __name__ == "__main__":
    sys.stdout.write(json.dumps(judge(sys.argv[1], knowledge_base(int(sys.argv[2]), sys.argv[3] == "busy"))) + "\n")
