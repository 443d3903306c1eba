"""Does one process that plans for a whole day grow? A script:

python -m benchmarks.memory [--plans 100000] [--engine both]

Runners of the test population are planned one after the other, each another one; the memory that the process holds is read from
the operating system (Linux) ten times on the way. The first tenth warms up; what counts is the growth after it."""

import argparse
import gc
import json
import resource
import sys
from datetime import date
from pathlib import Path
from time import process_time

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from population import profile_of  # noqa: E402
from stridewise.documents.reader import parse_document  # noqa: E402
from stridewise.errors import ProfileError  # noqa: E402
from stridewise.profile.profile import read_profile  # noqa: E402
from stridewise.program.load import load_program  # noqa: E402
from stridewise.session import recommend  # noqa: E402

AS_OF = date(2026, 11, 22)
READINGS = 10


def held_mib() -> float:
    """Memory that the process holds now, in MiB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def main() -> None:
    """Print a reading for every tenth of the plans, then the growth after the first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--plans", type=int, default=100_000)
    parser.add_argument("--engine", default="both")
    asked = parser.parse_args()
    program, readings, start = load_program(), [], process_time()
    for number in range(1, asked.plans + 1):
        text = json.dumps(profile_of(number)).encode()
        recommend(read_profile(parse_document(text, f"{number}.json", ProfileError)), program, AS_OF, asked.engine)
        if number % (asked.plans // READINGS) == 0:
            readings.append(held_mib())
            print(f"{number:>7} plans  {readings[-1]:7.1f} MiB  {process_time() - start:6.0f} s of processor time", flush=True)
    grown = readings[-1] - readings[0]
    print(f"grown by {grown:+.1f} MiB over the last {asked.plans * (READINGS - 1) // READINGS} plans")


if __name__ == "__main__":
    main()
