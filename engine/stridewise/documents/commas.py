"""Commas between the numbers of a list: they part numbers, and are no decimal ones."""

from typing import Any

import yaml

from stridewise.documents.scalars import DECIMAL


class Commas:
    """Between the numbers of a list in brackets: [78,5, 82] may be two numbers or three, and is neither guessed."""

    def __init__(self) -> None:
        self.before: Any = None  # the number before
        self.tight = ""  # two numbers without a space between them
        self.spaced = self.told = False

    def unclear(self, event: Any) -> str:
        """What is wrong once commas with a space and commas without one stand between numbers; nothing where nothing is."""
        before, self.before = self.before, event if _is_number(event) else None
        if before is None or self.before is None or before.end_mark.line != event.start_mark.line:
            return ""
        if event.start_mark.column == before.end_mark.column + 1:
            self.tight = self.tight or f"{before.value},{event.value}"
        else:
            self.spaced = True
        if self.told or not (self.tight and self.spaced):
            return ""
        self.told = True
        return f'is "{self.tight}" one number? A decimal has a point; if it is two, put a space behind every comma of the list'


def _is_number(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent) and event.value[:1].isdigit() and DECIMAL.match(event.value) is not None
