"""The clinician's choices in a profile: what stands under `clinician:`, and the text of the file with one choice more or less."""

import json
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from stridewise.documents.located import Document
from stridewise.documents.reader import parse_document
from stridewise.documents.splice import CannotSpliceError, appended, removed
from stridewise.errors import ProfileError
from stridewise.interview.draft import in_one_line

LISTS = ("pin", "ban", "retune")
OPPOSITE = {"pin": ("pin", "ban"), "ban": ("pin", "ban", "retune"), "retune": ("retune",)}  # what a choice takes the place of


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: in which list, about which exercise, why, and the dosage where it sets one."""

    listed: str
    exercise: str
    reason: str
    dosage: dict[str, Any] | None = None

    def entry(self) -> dict[str, Any]:
        """The choice as it stands in a profile."""
        dosage = {} if self.dosage is None else {"dosage": self.dosage}
        return {"exercise": self.exercise, **dosage, "reason": self.reason}


def choices_in(root: Any) -> list[Choice]:
    """The choices that a profile holds, as written; one by its name alone has no reason."""
    found = []
    for listed in LISTS:
        for entry in _entries(root, listed):
            one = entry if isinstance(entry, dict) else {"exercise": entry}
            found.append(Choice(listed, str(one.get("exercise", "")), str(one.get("reason") or ""), one.get("dosage")))
    return found


def _entries(root: Any, listed: str) -> list[Any]:
    clinician = root.get("clinician") if isinstance(root, dict) else None
    entries = clinician.get(listed) if isinstance(clinician, dict) else None
    return entries if isinstance(entries, list) else []


def with_choices(document: Document, choices: Sequence[Choice]) -> bytes:
    """The profile's file with choices made, each in place of what it contradicts. Raises ProfileError where the file is written
    so that it cannot be changed without touching more than that."""
    for choice in choices:
        for listed in OPPOSITE[choice.listed]:
            document = _dropped(document, listed, choice.exercise)
        document = _added(document, choice)
    return document.content


def without_choice(document: Document, listed: str, exercise: str) -> bytes:
    """The profile's file with a choice taken back. Raises ProfileError."""
    return _dropped(document, listed, exercise).content


def _added(document: Document, choice: Choice) -> Document:
    is_json = document.path.lower().endswith(".json")
    entry = choice.entry()
    written = json.dumps(entry, default=_number, ensure_ascii=False) if is_json else in_one_line(entry)
    wanted = deepcopy(document.root)
    clinician = wanted.get("clinician") or {}
    wanted["clinician"] = {**clinician, choice.listed: [*(clinician.get(choice.listed) or []), entry]}
    return _spliced(document, wanted, lambda text: appended(text, ("clinician", choice.listed), written, is_json))


def _dropped(document: Document, listed: str, exercise: str) -> Document:
    """Without every choice of one list about an exercise."""
    entries = _entries(document.root, listed)
    about = [n for n, one in enumerate(entries) if (one.get("exercise") if isinstance(one, dict) else one) == exercise]
    for index in reversed(about):
        wanted = deepcopy(document.root)
        wanted["clinician"][listed].pop(index)
        document = _spliced(document, wanted, lambda text, at=index: removed(text, ("clinician", listed), at))
    return document


def _spliced(document: Document, wanted: Any, change: Any) -> Document:
    """The changed text, read again: it has to say what was wanted, and nothing else."""
    mark = "\ufeff" if document.content.startswith(b"\xef\xbb\xbf") else ""
    by_hand = (
        f"{document.path}: this file is written so that the page cannot change it; write the choice under clinician: by hand"
    )
    try:
        content = (mark + change(document.content.decode("utf-8-sig"))).encode()
        read = parse_document(content, document.path, ProfileError)
    except (CannotSpliceError, ProfileError) as error:
        raise ProfileError(by_hand) from error
    if _without_nothing(read.root) != _without_nothing(wanted):
        raise ProfileError(by_hand)
    return read


def _without_nothing(root: Any) -> Any:
    """A profile without lists of choices that hold none: they say the same."""
    clinician = root.get("clinician")
    kept = {key: value for key, value in (clinician or {}).items() if value or key not in LISTS}
    return {**{key: value for key, value in root.items() if key != "clinician"}, **({"clinician": kept} if kept else {})}


def _number(value: Any) -> int | float:
    """A decimal for JSON."""
    if not isinstance(value, Decimal):
        raise TypeError(f"expected a number, found {value!r}")
    return int(value) if value == value.to_integral_value() else float(value)
