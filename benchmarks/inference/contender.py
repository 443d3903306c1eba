"""What the benchmark asks of an engine: build once, run often, and say in the common form what fired."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from benchmarks.inference.form import Firing, KnowledgeBase


class Contender(Protocol):
    """An engine with the rules compiled and the facts in its own form, both before the clock starts.

    What `run` gives must stand on its own: it is read by `firings` when the engine may already have run again."""

    def run(self) -> Any:
        """One run from the facts to what fired: this is timed."""
        ...

    def firings(self, result: Any) -> frozenset[Firing]:
        """What fired, in the common form: this is not timed."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table. `make` may raise ImportError where the engine is not installed; `note` says what is special.

    `needs` is the distribution whose version is reported, empty for this project's own."""

    name: str
    make: Callable[[KnowledgeBase], Contender]
    note: str = ""
    needs: str = ""
