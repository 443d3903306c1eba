"""One invented clinic for many small tests: building it takes longer than planning with it. What a test wants to be recommended
is recommended on a finding of its own, so that nothing else is."""

import tempfile
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from kit import rule
from plans import clinic
from stridewise.program.program import Program


class OneProgram:
    """Rules that hold for every test, and those that single tests ask for while they are collected."""

    def __init__(self, *always: Mapping[str, Any], exercises: Sequence[Mapping[str, Any]]) -> None:
        self.rules = list(always)
        self.exercises = [dict(one) for one in exercises]
        self.number = 0

    def when(self, *then: Mapping[str, Any]) -> str:
        """The finding, as it is written in a profile, on which these are recommended, by the rule `trial/case-…`."""
        if "program" in vars(self):
            raise ValueError("the program is built: ask for it where tests are collected")
        self.number += 1
        finding = {"heel_raise_reps": self.number}
        self.rules += [rule(f"case-{self.number}-{part}", [finding], [dict(one)]) for part, one in enumerate(then)]
        return f"{{heel_raise_reps: {self.number}}}"

    @cached_property
    def program(self) -> Program:
        """All of it, built once."""
        with tempfile.TemporaryDirectory(prefix="stridewise-clinic-") as folder:
            return clinic(Path(folder), *self.rules, exercises=self.exercises)
