"""A recording as a profile: every entry where a clinician would write it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.language.fact import VALUE
from stridewise.language.vocabulary import Value, Vocabulary
from stridewise.profile.facts import LISTS, SINGLE
from stridewise.profile.profile import Profile, read_profile
from stridewise.profile.sections import BONE_STRESS, RELEASED

Fields = tuple[tuple[str, Value], ...]
SOMEBODY = "A. Adams"
PATHS = {kind: path for path, kind in (SINGLE | LISTS).items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a profile may say in one line: a kind, its value (field "") and attributes."""

    kind: str
    fields: Fields

    @property
    def value(self) -> Value:
        return dict(self.fields)[VALUE]

    @property
    def attributes(self) -> dict[str, Value]:
        return {name: value for name, value in self.fields if name != VALUE}


@dataclass(frozen=True, slots=True)
class Recording:
    """A profile to be: entries, and the closed kinds whose list is given."""

    entries: tuple[Entry, ...]
    answers: tuple[str, ...] = ()


def as_profile(recording: Recording, vocabulary: Vocabulary, as_of: date) -> str:
    """The profile as YAML, without attributes that are assumed anyway."""
    profile: dict[str, Any] = {"schema": 1, "runner": {"ref": "witness"}, "findings": []}
    kinds = {*recording.answers, *(entry.kind for entry in recording.entries)}
    if kinds & {"red_flag", "safety_screen"}:
        _put(profile, "safety.screened", str(as_of))
    for kind in recording.answers:
        if PATHS.get(kind) in LISTS:
            _put(profile, PATHS[kind], [])
        elif kind == "par_q":
            _put(profile, "safety.par_q", {"any_yes": False})
    for entry in sorted(recording.entries, key=lambda entry: entry.kind == RELEASED):  # behind the injury that it belongs to
        defaults = {name: one.default for name, one in vocabulary.kinds[entry.kind].attributes.items()}
        attributes = {name: _plain(value) for name, value in entry.attributes.items() if value != defaults[name]}
        _write(profile, entry.kind, _plain(entry.value), attributes, as_of)
    return yaml.safe_dump(profile, sort_keys=False, allow_unicode=True, default_flow_style=False)


def read(text: str) -> Profile:
    """The profile as it is read. Raises ProfileError."""
    return read_profile(parse_document(text.encode(), "witness.yaml", ProfileError))


def _write(profile: dict[str, Any], kind: str, value: Any, attributes: dict[str, Any], as_of: date) -> None:
    """Put a fact in its place; what has none of its own goes to the findings."""
    path = PATHS.get(kind)
    signed = {"by": SOMEBODY, "date": str(as_of)}
    if path in LISTS:
        _add(profile, path, {kind: value, **attributes} if attributes else value)
    elif path is not None and not attributes:
        _put(profile, path, value)
    elif kind == "par_q":
        on_paper = {name: said for name, said in attributes.items() if name not in ("name", "on")}
        _put(profile, "safety.par_q", {"any_yes": value == "yes", **on_paper, **(signed if on_paper != attributes else {})})
    elif kind == "diagnosis":
        _add(profile, "diagnosis", {"condition": value, **attributes})
    elif kind == RELEASED:
        _released_injury(profile, attributes.get("side"))["released"] = signed
    elif kind != "safety_screen":
        _add(profile, "findings", {kind: value, **attributes})


def _released_injury(profile: dict[str, Any], side: Any) -> dict[str, Any]:
    """The bone stress injury on this side; one more where none is recorded."""
    for injury in profile.get("diagnosis", []):
        if (injury["condition"], injury.get("side")) == (BONE_STRESS, side):
            found: dict[str, Any] = injury
            return found
    _add(profile, "diagnosis", {"condition": BONE_STRESS, **({"side": side} if side else {})})
    return _released_injury(profile, side)


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _add(profile: dict[str, Any], path: str, item: Any) -> None:
    *parents, last = path.split(".")
    _section(profile, parents).setdefault(last, []).append(item)


def _put(profile: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    _section(profile, parents)[last] = value


def _section(profile: dict[str, Any], steps: list[str]) -> dict[str, Any]:
    for step in steps:
        profile = profile.setdefault(step, {})
    return profile
