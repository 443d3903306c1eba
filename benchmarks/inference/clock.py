"""The clock: engines in turn, round after round in one process, so that what slows the machine down slows all of them down."""

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from statistics import median
from time import perf_counter, process_time

from benchmarks.inference.contender import Contender

SAMPLE = 0.02  # seconds of one sample, at least: long enough for caches to be warm again after the collection before it
SLOW = 0.02  # an engine that takes longer for one run joins in every fourth round only
FEWEST, MOST = 21, 201  # rounds


@dataclass(frozen=True, slots=True)
class Measured:
    """`milliseconds` of CPU time for one run; `ratio` to the yardstick in the same round. Medians over the rounds."""

    milliseconds: float
    ratio: float
    rounds: int


def measure(contenders: Mapping[str, Contender], yardstick: str, seconds: float) -> dict[str, Measured]:
    """Time all engines for about so many seconds, the yardstick in every round."""
    first = {name: max(_sample(contender, 1) for _ in range(3)) for name, contender in contenders.items()}
    repeat = {name: ceil(SAMPLE / max(time, 1e-6)) for name, time in first.items()}
    times: dict[str, list[float]] = {name: [] for name in contenders}
    ratios: dict[str, list[float]] = {name: [] for name in contenders}
    end, number = perf_counter() + seconds, 0
    while number < FEWEST or (number < MOST and perf_counter() < end):
        base = _sample(contenders[yardstick], repeat[yardstick])
        for name, contender in contenders.items():
            if first[name] < SLOW or number % 4 == 0:
                time = base if name == yardstick else _sample(contender, repeat[name])
                times[name].append(time)
                ratios[name].append(time / base)
        number += 1
    return {name: Measured(median(found) * 1000, median(ratios[name]), len(found)) for name, found in times.items()}


def _sample(contender: Contender, repeat: int) -> float:
    """Seconds of CPU time for one run; the garbage collector waits, as in `timeit`."""
    run = contender.run
    gc.collect()
    gc.disable()
    try:
        start = process_time()
        for _ in range(repeat):
            run()
        return (process_time() - start) / repeat
    finally:
        gc.enable()
