"""Is a plan what its profile gives today? Compute it again for the same day and say what differs, and which of its
makers changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from stridewise.documents.located import Document
from stridewise.documents.reader import read_document
from stridewise.errors import Problem, ProfileError
from stridewise.explain.on_file import is_plan, no_plan
from stridewise.explain.vouching import MOST_NAMED, broken_seals, content_of, edited_beside, listed, makers, notes, rules
from stridewise.language.translation import ENGLISH
from stridewise.plan.difference import EntryChange, Fate, difference, differing_fields
from stridewise.plan.drawings import Drawn, with_drawings
from stridewise.plan.entries import part_of, shown
from stridewise.plan.model import FIRST_YEAR, LAST_YEAR
from stridewise.plan.seal import digest_of_values, to_values
from stridewise.profile.profile import Profile
from stridewise.program.program import Program
from stridewise.session import recommend

UNEXPLAINED = ("what made it: the same packs and profile now give another plan, and nothing on the receipt says why",)
FATES: tuple[Fate, ...] = ("gone", "new", "changed")
ORDER = "another order or number"
FORM = "its form: true in place of 1, or an empty part there or not"  # what a digest alone tells apart


@dataclass(frozen=True, slots=True)
class Verified:
    """`holds`: the plan is whole, its receipt too, and it was made of this profile by this program. `identical`: the recomputed
    plan says the same. `differs` are the parts that do not, `causes` what keeps it from holding, `notes` what changed without
    harm."""

    holds: bool
    identical: bool
    as_of: str
    differs: tuple[str, ...]
    causes: tuple[str, ...]
    notes: tuple[str, ...]


def verify(path: Path, profile: Profile, program: Program, engine: str = "both", drawn: Drawn | None = None) -> Verified:
    """Recompute the plan of a file; `drawn` draws an exercise for a side, where drawings are to be looked at too. Raises
    ProfileError where the file holds no plan."""
    document = read_document(path, str(path), ProfileError)
    stated = _plan(document)
    plan = recommend(profile, program, _as_of(document, stated), engine, str(stated.get("language", ENGLISH.code)))
    fresh = to_values(plan)
    drawings = to_values(with_drawings(plan, drawn).drawings) if drawn and stated.get("drawings") else None
    differs = tuple(_differing(content_of(stated), content_of(fresh)))
    causes = tuple(_causes(stated, fresh, bool(differs), drawings))
    return Verified(not differs and not causes, not differs, str(stated["as_of"]), differs, causes, tuple(notes(stated, fresh)))


def _differing(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """The parts of the plan that differ, with the entries that came, went or changed."""
    sections = [section for section in dict.fromkeys([*old, *new]) if old.get(section) != new.get(section)]
    found = difference(old, new, sections).all
    for section in sections:
        told = "; ".join(_told([change for change in found if change.section == section]))
        yield f"{section.replace('_', ' ')}: {told or ORDER}"
    if not sections and digest_of_values(old) != digest_of_values(new):
        yield FORM


def _told(found: list[EntryChange]) -> Iterator[str]:
    """Of a list its entries, with the fields that changed where all can be named; of anything else the fields that differ."""
    for fate in FATES:
        if named := [change for change in found if change.fate == fate and change.name != change.section]:
            yield f"{fate}: {listed([_named(change, len(named) <= MOST_NAMED) for change in named])}"
    for change in (change for change in found if change.name == change.section):
        was, now = (side[0] if side else None for side in (change.before, change.after))
        for field, colon, values in (line.partition(": ") for line in differing_fields(was, now)):
            yield f"{field.replace('_', ' ')}: {values}" if colon else field


def _named(change: EntryChange, is_in_full: bool) -> str:
    """What a reader knows an entry by."""
    name = shown(part_of((change.before or change.after)[0], "name") or change.name)
    parts = [part.replace("_", " ") for part in change.parts if part != "because"] or ["reasons"]
    return f"{name} ({', '.join(parts)})" if change.parts and is_in_full else name


def _causes(stated: dict[str, Any], fresh: dict[str, Any], is_another: bool, drawings: Any) -> Iterator[str]:
    """What keeps a plan from holding, a line each."""
    found = [*broken_seals(stated), *makers(stated["receipt"], fresh["receipt"])]
    if stated.get("runner") != fresh["runner"]:
        yield f"the runner: the plan is for {stated.get('runner')}, the profile is of {fresh['runner']}"
    yield from found or (UNEXPLAINED if is_another else ())
    yield from rules(stated, fresh) if is_another else edited_beside(stated, fresh, drawings)


def _plan(document: Document) -> dict[str, Any]:
    stated = to_values(document.root)
    if not is_plan(stated):
        raise ProfileError([Problem(document.path, 1, no_plan(stated))])
    return dict(stated)


def _as_of(document: Document, stated: dict[str, Any]) -> date:
    try:
        day = date.fromisoformat(str(stated["as_of"]))
        return day.replace(
            year=min(max(day.year, FIRST_YEAR), LAST_YEAR)
        )  # a plan of any other year is none of ours, and differs
    except ValueError as error:
        message = f'as_of: expected a date such as 2026-11-21, found "{stated["as_of"]}"'
        raise ProfileError([Problem(document.path, document.line("as_of"), message)]) from error
