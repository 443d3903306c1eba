"""Files that none of our readers knows, as a plugin reads them: profiles and training logs in another format."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, cast

import pluggy

from stridewise.documents.located import MAX_DEPTH, Document, LocatedDict, LocatedList
from stridewise.documents.reader import MAX_BYTES, parse_document, read_bytes
from stridewise.errors import PluginError, Problems, ProfileError
from stridewise.packs import calls
from stridewise.packs.calls import MisfitError, answers, taken
from stridewise.packs.plugins import CHOOSE, plugin_manager
from stridewise.profile.profile import Profile, load_profile
from stridewise.profile.profile import read_profile as check_profile

OWN_ENDINGS = (".yaml", ".yml")  # these no plugin can read in another way
JSON_ENDING = ".json"  # nor a profile of ours under this one
PROFILE_ENDINGS = (*OWN_ENDINGS, JSON_ENDING)
OF_OURS = ("schema", "runner")  # what every profile of ours says

# --- profiles in another format -----------------------------------------------------------------------------------


def load_any_profile(path: Path, manager: Callable[[], pluggy.PluginManager] = plugin_manager) -> Profile:
    """A profile file; where neither its ending nor what a JSON file says is ours, as a plugin reads it. The same checks follow,
    with the file's name as place. Raises ProfileError, or PluginError where a plugin fails or two of them claim the file."""
    further = partial(further_log, manager)
    if path.suffix.lower() in OWN_ENDINGS:
        return load_profile(path, further)
    content = read_bytes(path, Problems(str(path), ProfileError))
    document = _own_json(path, content)
    if document is None:
        claimed = _as_claimed(path, content, manager())
        document = parse_document(content, str(path), ProfileError) if claimed is None else Document(str(path), claimed, content)
    return check_profile(document, path.parent, further)


def _own_json(path: Path, content: bytes) -> Document | None:
    """A JSON file that says what every profile of ours says; any other may be a plugin's."""
    if path.suffix.lower() != JSON_ENDING:
        return None
    try:
        document = parse_document(content, str(path), ProfileError)
    except ProfileError:  # told where no plugin claims it
        return None
    return document if isinstance(document.root, dict) and all(key in document.root for key in OF_OURS) else None


def _as_claimed(path: Path, content: bytes, manager: pluggy.PluginManager) -> LocatedDict | None:
    """The profile as the one plugin reads it that claims the file; None where none does."""
    read = _claim(manager, "read_profile", _profile, str(path), name=path.name, content=content)
    return read and cast(LocatedDict, read[1])


def _claim(
    manager: pluggy.PluginManager, hook: str, check: Callable[[Any], Any], shown: str, **given: Any
) -> tuple[str, Any] | None:
    """The one plugin that reads a file, and what it reads; None where none does. Raises PluginError where two claim it."""
    read = [(plugin, found) for plugin, found in answers(manager, hook, check, **given) if found is not None]
    if len(read) > 1:
        raise PluginError(f'{shown} is claimed by two plugins, "{read[0][0]}" and "{read[1][0]}"; leave one out with {CHOOSE}')
    return read[0] if read else None


def profile_files(folder: Path, plugins: Callable[[], pluggy.PluginManager] = plugin_manager) -> Iterator[Path]:
    """The files below a folder that are profiles, by an ending of ours or because a plugin reads them; nothing hidden."""
    manager = None
    for file in folder.rglob("*"):
        is_hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if is_hidden or file.is_dir():
            continue
        if file.suffix.lower() in PROFILE_ENDINGS or is_claimed(file, manager := manager or plugins()):
            yield file


def is_claimed(path: Path, manager: pluggy.PluginManager) -> bool:
    """Is a file of a foreign ending a profile that some plugin reads? One that a plugin fails on, or that cannot be read, counts:
    who reads the profile is told. What is too long for a profile is none."""
    if not manager.hook.read_profile.get_hookimpls():
        return False
    try:
        is_short = path.is_file() and path.stat().st_size <= MAX_BYTES
        return is_short and _as_claimed(path, path.read_bytes(), manager) is not None
    except (OSError, PluginError):
        return True


def _profile(answer: Any) -> LocatedDict | None:
    if answer is not None and not isinstance(answer, Mapping):
        raise MisfitError(answer, "read_profile", "a mapping in the profile's notation, or None")
    return None if answer is None else cast(LocatedDict, _located(answer, iter(range(calls.MOST_ANSWERS))))


def _located(value: Any, left: Iterator[int], depth: int = 1) -> Any:
    """A copy as a document would hold it; every line in it is 0, the whole file. `left` is how many values it may still hold."""
    if depth > MAX_DEPTH:
        raise MisfitError("a mapping", "read_profile", f"at most {MAX_DEPTH} levels")
    if next(left, None) is None:
        raise MisfitError("a mapping", "read_profile", f"at most {calls.MOST_ANSWERS} values")
    if isinstance(value, Mapping):
        mapping = LocatedDict({str(key): _located(item, left, depth + 1) for key, item in value.items()})
        mapping.lines = {}
        return mapping
    if isinstance(value, list | tuple):
        items = LocatedList(_located(item, left, depth + 1) for item in value)
        items.lines = {}
        return items
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if value is None or isinstance(value, str | int) or (isinstance(value, Decimal) and value.is_finite()):
        return value
    if isinstance(value, date):
        return value.isoformat()[:10]
    raise MisfitError(value, "read_profile", "text, whole numbers, finite Decimals, true, false, dates, lists and mappings")


# --- training logs in another format ------------------------------------------------------------------------------

OF_A_LOG = ("date", "sport", "km", "minutes", "line")


def further_log(
    manager: Callable[[], pluggy.PluginManager], name: str, content: bytes
) -> tuple[str, Sequence[Mapping[str, Any]]] | None:
    """A training log that none of our readers knows, as a plugin reads it: its name and the activities. Raises PluginError where
    one fails or two of them claim the file."""
    return _claim(manager(), "read_log", _activities, name, name=name, content=content)


def _activities(answer: Any) -> list[Mapping[str, Any]] | None:
    if answer is None:
        return None
    if isinstance(answer, str | bytes | Mapping):
        raise MisfitError(answer, "read_log", "a list of activities, each a mapping, or None")
    rows = taken(answer, "read_log", "activities")
    for row in rows:
        if not isinstance(row, Mapping) or "date" not in row or not set(row) <= set(OF_A_LOG):
            raise MisfitError(row, "read_log", f"a mapping with date, and any of {', '.join(OF_A_LOG[1:])}")
        for value in row.values():
            if not (value is None or (isinstance(value, str | int | date | Decimal) and not isinstance(value, bool))):
                raise MisfitError(value, "read_log", "text, whole numbers, Decimals and dates")
    return [dict(row) for row in rows]
