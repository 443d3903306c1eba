"""Find the plugins, built-in and installed ones by entry point, and call their hooks one by one. A plugin that fails, or
answers what was not asked, stops the run by name."""

import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import Any, cast

import pluggy

from stridewise.documents.frozen import frozen
from stridewise.documents.reader import MAX_BYTES, MAX_DEPTH, Document, LocatedDict, LocatedList, parse_document, read_bytes
from stridewise.errors import PackError, PluginError, Problem, Problems, ProfileError
from stridewise.language.fact import Fact, read_facts, show_fact
from stridewise.language.vocabulary import Place, Vocabulary
from stridewise.packs import hookspecs
from stridewise.packs.installed import GROUP, Distribution, EntryPoint, distributions
from stridewise.packs.pack import FOLDER, PackFolder, RulePack, load_pack
from stridewise.profile.profile import Profile, load_profile
from stridewise.profile.profile import read_profile as check_profile

CHOOSE = "STRIDEWISE_LOAD_PLUGINS"
HOME = "stridewise"  # the distribution whose entry points are the built-in packs
OWN_ENDINGS = (".yaml", ".yml")  # these no plugin can read in another way
JSON_ENDING = ".json"  # nor a profile of ours under this one
OF_OURS = ("schema", "runner")  # what every profile of ours says
LOGGED = "plan_made"
UNHARMED = "the plan is whole, but that log may lack it"
MOST_ANSWERS = 100_000  # facts, activities, paths, or values of a profile
SLOW_S = 3  # a call takes a fraction of a second
LOG = logging.getLogger("stridewise")
_TOLD: set[tuple[str, str]] = set()
MOST_TOLD = 200  # letters of what a plugin raises or returns
OWN_FORMATS = ("text", "markdown", "json", "html", "handout", "letter", "ics", "fhir", "pdf")
# What only a clinician records.
CLINICIANS = ("safety_screen", "cleared_flag", "bone_stress_released", "pinned_exercise", "banned_exercise")
_FORMAT = re.compile(r"[a-z][a-z0-9-]*\Z")


def plugin_manager(choice: str | None = None) -> pluggy.PluginManager:
    """A manager with the built-in plugins and the installed ones that `choice` (comma-separated names; default: the
    environment's, else all) lets in. Raises PluginError naming a plugin that does not load."""
    choice = os.environ.get(CHOOSE) if choice is None else choice
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    wanted = None if choice is None else {name.strip() for name in choice.split(",") if name.strip()}
    installed = sorted(_entry_points(), key=lambda item: (item[0].name, item[1].name))
    for distribution, entry in installed:
        if distribution.name == HOME or wanted is None or entry.name in wanted:
            _register(manager, entry, distribution)
    names = {entry.name for _, entry in installed}
    if missing := sorted((wanted or set()) - names):
        raise PluginError(f'{CHOOSE} names "{missing[0]}", which is not installed; installed: {", ".join(sorted(names))}')
    return manager


def _entry_points() -> Iterator[tuple[Distribution, EntryPoint]]:
    seen: set[tuple[str, str]] = set()
    for distribution in distributions():
        for entry in _ours(distribution):
            if (distribution.name, entry.name) not in seen:
                seen.add((distribution.name, entry.name))
                yield distribution, entry


def _ours(distribution: Distribution) -> list[EntryPoint]:
    """The entry points of our group. Raises PluginError naming an installed package that cannot be looked into."""
    try:
        ours = [entry for entry in distribution.entry_points if entry.group == GROUP]
        if ours and not isinstance(distribution.name, str):
            raise ValueError("it has no name")
    except Exception as failure:  # another package's broken metadata: it may be a safety pack, so it is named and stops the run
        where = getattr(distribution, "_path", None) or getattr(distribution, "name", None) or "an installed package"
        message = f"the metadata of {where} cannot be read: {failure}; install that package again, or remove it"
        raise PluginError(message) from failure
    return ours


def _register(manager: pluggy.PluginManager, entry: EntryPoint, distribution: Distribution) -> None:
    name = f"{distribution.name} {distribution.version}: {entry.name}"
    try:
        with _printing_aside():
            plugin = entry.load()
            manager.register(plugin, name=name)
            manager.check_pending()
    except KeyboardInterrupt:
        raise
    except BaseException as failure:  # whatever a foreign module raises, the run stops and says whose it is
        message = f'the plugin "{entry.name}" of {distribution.name} does not load: {_short(failure, MOST_TOLD)}'
        raise PluginError(message) from failure
    if not manager.get_hookcallers(plugin):
        message = "brings nothing: none of its functions is marked with @hookimpl (from stridewise import hookimpl)"
        raise PluginError(f'the plugin "{entry.name}" of {distribution.name} {message}')


def _printing_aside() -> "redirect_stdout[Any]":
    """What a plugin prints goes to stderr: stdout is the plan's."""
    return redirect_stdout(sys.stderr)


# --- calling a hook -----------------------------------------------------------------------------------------------


def _calls(manager: pluggy.PluginManager, hook: str, **given: Any) -> Iterator[tuple[str, "partial[Any]"]]:
    """Each plugin that implements the hook, in the order of their names, with the call to make."""
    for plugin in sorted(getattr(manager.hook, hook).get_hookimpls(), key=lambda plugin: str(plugin.plugin_name)):
        if plugin.hookwrapper or plugin.wrapper:
            raise PluginError(f'the plugin "{plugin.plugin_name}" wraps {hook}; only plain implementations are called')
        yield plugin.plugin_name, partial(plugin.function, **{name: given[name] for name in plugin.argnames})


def answers(manager: pluggy.PluginManager, hook: str, check: Callable[[Any], Any], **given: Any) -> Iterator[tuple[str, Any]]:
    """The checked answer of every plugin with this hook, in the order of their names. Raises PluginError."""
    for plugin, call in _calls(manager, hook, **given):
        yield plugin, _answer(plugin, hook, call, check)


def _answer(plugin: str, hook: str, call: Callable[[], Any], check: Callable[[Any], Any]) -> Any:
    """The checked answer of a call. Whatever is raised on the way stops the run under the plugin's name; a slow call is told."""
    try:
        with _printing_aside(), told_if_slow(plugin, hook):
            return check(call())
    except KeyboardInterrupt:
        raise
    except MisfitError as misfit:
        raise PluginError(f'the plugin "{plugin}" returned {misfit}') from misfit
    except BaseException as failure:  # a crashing plugin is named and stops the run
        raise PluginError(f'the plugin "{plugin}" failed in {hook}: {_short(failure, MOST_TOLD)}') from failure


class MisfitError(Exception):
    """An answer that was not asked for: what it is, and what was expected."""

    def __init__(self, answer: object, hook: str, expected: str) -> None:
        super().__init__(f"{_short(answer)} from {hook}; expected {expected}")


def taken(answer: Iterable[Any], hook: str, what: str) -> list[Any]:
    """What a plugin answers, item by item; a generator may have no end."""
    items = list(islice(answer, MOST_ANSWERS + 1))
    if len(items) > MOST_ANSWERS:
        raise MisfitError(answer, hook, f"at most {MOST_ANSWERS} {what}")
    return items


@contextmanager
def told_if_slow(plugin: str, hook: str) -> Iterator[None]:
    """Say on stderr, once, whose call it is that a run waits for. It is no part of a plan: that would differ from run to run."""
    began = monotonic()
    yield
    if (took := monotonic() - began) >= SLOW_S and (plugin, hook) not in _TOLD:
        _TOLD.add((plugin, hook))
        LOG.warning('the plugin "%s" took %.0f s in %s', plugin, took, hook)


def _short(answer: object, most: int = 80) -> str:
    try:
        shown = repr(answer)
    except Exception:  # a plugin's own class may fail at this too
        shown = f"<{type(answer).__name__}>"
    return shown if len(shown) <= most else f"{shown[:most]}…"


# --- rule packs ---------------------------------------------------------------------------------------------------


def pack_folders(manager: pluggy.PluginManager, folders: Iterable[Path] = ()) -> list[PackFolder]:
    """Every pack folder once: those of the plugins, then the folders given. Raises PluginError."""
    brought = [PackFolder(plugin, path, f"{path.parent.name}/{path.name}") for plugin, path in _brought(manager)]
    named = [PackFolder(FOLDER, path, str(path)) for path in folders]
    by_real_path: dict[str, PackFolder] = {}
    for folder in [*brought, *named]:
        by_real_path.setdefault(os.path.realpath(folder.path), folder)  # which takes a link that leads to itself as it is
    return list(by_real_path.values())


def load_packs(manager: pluggy.PluginManager, folders: Iterable[Path] = (), instead: Sequence[Path] = ()) -> list[RulePack]:
    """Every pack once: those of the plugins, then the folders given. A folder of `instead` takes the place of an installed
    pack of the same name. Raises PackError or PluginError."""
    packs: list[RulePack] = []
    problems: list[Problem] = []
    for folder in pack_folders(manager, [*folders, *instead]):
        try:
            packs.append(load_pack(folder.path, folder.origin, folder.shown))
        except PackError as error:
            problems.extend(error.problems)
    if problems:
        raise PackError(problems)
    new = {folder.resolve() for folder in instead}
    names = {pack.name for pack in packs if pack.folder in new}
    return [pack for pack in packs if pack.folder in new or pack.name not in names]


def _brought(manager: pluggy.PluginManager) -> Iterator[tuple[str, Path]]:
    for plugin, call in _calls(manager, "rule_packs"):
        for folder in _answer(plugin, "rule_packs", call, _paths):
            yield plugin, Path(folder)


def _paths(answer: Any) -> list[Any]:
    if isinstance(answer, str | bytes):
        raise MisfitError(answer, "rule_packs", "a list of paths")
    paths = taken(answer, "rule_packs", "paths")
    if wrong := [item for item in paths if not isinstance(item, str | os.PathLike)]:
        raise MisfitError(wrong[0], "rule_packs", "paths of pack folders")
    return paths


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
    told = answers(manager, "read_profile", _profile, name=path.name, content=content)
    read = [(plugin, root) for plugin, root in told if root is not None]
    if len(read) > 1:
        raise PluginError(f'{path} is claimed by two plugins, "{read[0][0]}" and "{read[1][0]}"; leave one out with {CHOOSE}')
    return read[0][1] if read else None


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
    return None if answer is None else cast(LocatedDict, _located(answer, iter(range(MOST_ANSWERS))))


def _located(value: Any, left: Iterator[int], depth: int = 1) -> Any:
    """A copy as a document would hold it; every line in it is 0, the whole file. `left` is how many values it may still hold."""
    if depth > MAX_DEPTH:
        raise MisfitError("a mapping", "read_profile", f"at most {MAX_DEPTH} levels")
    if next(left, None) is None:
        raise MisfitError("a mapping", "read_profile", f"at most {MOST_ANSWERS} values")
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
    told = answers(manager(), "read_log", _activities, name=name, content=content)
    read = [(plugin, rows) for plugin, rows in told if rows is not None]
    if len(read) > 1:
        raise PluginError(f'{name} is claimed by two plugins, "{read[0][0]}" and "{read[1][0]}"; leave one out with {CHOOSE}')
    return read[0] if read else None


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
    return rows


# --- further facts ------------------------------------------------------------------------------------------------


@frozen
class _Plugin(Place):
    """A plugin as the place of what it computed."""

    def __str__(self) -> str:
        return self.path


def with_further_facts(facts: tuple[Fact, ...], vocabulary: Vocabulary, manager: pluggy.PluginManager | None) -> tuple[Fact, ...]:
    """The facts, and what plugins compute from them: each sees only what was recorded, so their order does not matter.
    Raises PluginError where a plugin fails, answers what may not be computed, or contradicts what is known."""
    if manager is None:
        return facts
    known = {fact: fact for fact in facts}
    copy = tuple(MappingProxyType(fact.as_mapping()) for fact in facts)
    for plugin, call in _calls(manager, "further_facts", facts=copy):
        for fact in _answer(plugin, "further_facts", call, partial(_facts, vocabulary, plugin)):
            _refuse_contradiction(fact, known, vocabulary, plugin)
            before = known.get(fact, fact)
            known[fact] = replace(before, places=tuple(dict.fromkeys((*before.places, *fact.places))))
    return tuple(sorted(known.values(), key=lambda fact: fact.sort_key))


def computes_facts(manager: pluggy.PluginManager | None) -> bool:
    """Do any of these plugins compute facts?"""
    return manager is not None and any(True for _ in _calls(manager, "further_facts", facts=()))


def computed_by(fact: Fact) -> tuple[str, ...]:
    """The plugins that computed a fact; none where it was recorded or concluded alone."""
    return tuple(place.path for place in fact.places if isinstance(place, _Plugin))


def _facts(vocabulary: Vocabulary, plugin: str, answer: Any) -> list[Fact]:
    if isinstance(answer, str | bytes | Mapping):
        raise MisfitError(answer, "further_facts", "a list of facts, each a mapping")
    return [fact for entry in taken(answer, "further_facts", "facts") for fact in _read(entry, vocabulary, plugin)]


def _read(entry: Any, vocabulary: Vocabulary, plugin: str) -> list[Fact]:
    try:
        if not isinstance(entry, Mapping):
            raise ValueError("a mapping with one kind as a key")
        kind = vocabulary.kind_of(entry)
        if kind.mode not in ("open", "computed") or kind.name in CLINICIANS:
            raise ValueError(f'an open or computed kind: "{kind.name}" is for rules or the clinician alone')
        return read_facts(vocabulary, dict(entry), _Plugin(plugin, 0))
    except ValueError as error:
        raise MisfitError(entry, "further_facts", f"a fact that can be computed: {error}") from error


def _refuse_contradiction(fact: Fact, known: Iterable[Fact], vocabulary: Vocabulary, plugin: str) -> None:
    for other in known:
        if other.kind == fact.kind and _contradict(fact, other, vocabulary):
            said = f'"{show_fact(vocabulary, fact)}", which contradicts "{show_fact(vocabulary, other)}" at {other.places[0]}'
            raise PluginError(f'the plugin "{plugin}" returned {said} from further_facts')


def _contradict(one: Fact, other: Fact, vocabulary: Vocabulary) -> bool:
    """Two numbers, or yes and no, for one thing; or tested as normal and not normal."""
    if vocabulary.kinds[one.kind].type.terms:
        return (one.value, one.side) == (other.value, other.side) and bool(one.negative) != bool(other.negative)
    return one.value != other.value and one.attributes == other.attributes


# --- further formats of the plan ----------------------------------------------------------------------------------


def plan_formats(manager: pluggy.PluginManager) -> dict[str, Callable[[dict[str, Any]], str]]:
    """What plugins add to --format: names, each with the function from a plan's JSON values to text."""
    renderings: dict[str, Callable[[dict[str, Any]], str]] = {}
    for plugin, call in _calls(manager, "plan_formats"):
        for name, function in _answer(plugin, "plan_formats", call, _named).items():
            if name in renderings:
                raise PluginError(f'the plugin "{plugin}" returned "{name}" from plan_formats; another plugin has that format')
            renderings[name] = _rendering(plugin, name, function)
    return dict(sorted(renderings.items()))


def _named(answer: Any) -> dict[Any, Any]:
    if not isinstance(answer, Mapping):
        raise MisfitError(answer, "plan_formats", "a mapping of names to functions")
    for name, function in answer.items():
        if not isinstance(name, str) or not _FORMAT.match(name) or name in OWN_FORMATS:
            raise MisfitError(name, "plan_formats", f"a name of small letters that is none of {', '.join(OWN_FORMATS)}")
        if not callable(function):
            raise MisfitError(function, "plan_formats", f'a function for "{name}"')
    return dict(answer)


def _rendering(plugin: str, name: str, function: Callable[[dict[str, Any]], str]) -> Callable[[dict[str, Any]], str]:
    hook = f"plan_formats ({name})"
    return lambda plan: cast(str, _answer(plugin, hook, lambda: function(plan), partial(_text, hook)))


def _text(hook: str, answer: Any) -> str:
    if not isinstance(answer, str):
        raise MisfitError(answer, hook, "text")
    answer.encode()  # half a character could not be written
    return answer


# --- a log of plans -----------------------------------------------------------------------------------------------


def log_plan(manager: pluggy.PluginManager | None, values: Callable[[], dict[str, Any]]) -> tuple[str, ...]:
    """Tell every plugin that keeps a log of a plan, each with values of its own. What failed, by plugin and hook: it costs
    neither the plan nor the other logs anything."""
    failed = []
    try:
        for plugin, call in _calls(manager, LOGGED, plan=values) if manager is not None else ():
            failed += _failure(plugin, partial(call.func, **{name: make() for name, make in call.keywords.items()}))
    except PluginError as refused:
        failed.append(f"{refused}; {UNHARMED}")
    return tuple(failed)


def _failure(plugin: str, call: Callable[[], Any]) -> list[str]:
    try:
        _answer(plugin, LOGGED, call, _nothing)
    except PluginError as failure:
        return [f"{failure}; {UNHARMED}"]
    return []


def _nothing(answer: Any) -> None:
    if answer is not None:
        raise MisfitError(answer, LOGGED, "nothing")


# --- what is installed --------------------------------------------------------------------------------------------


@frozen
class PluginRow:
    """A plugin for `recommend pack list`: the hooks it implements and the packs it brings."""

    name: str
    version: str
    origin: str
    hooks: tuple[str, ...]
    packs: tuple[str, ...]


def describe_plugins(manager: pluggy.PluginManager, packs: Iterable[RulePack] | None = None) -> list[PluginRow]:
    """Every plugin in the order of its name. `packs` are those already loaded; without them they are read here."""
    loaded = load_packs(manager) if packs is None else list(packs)
    return [_row(manager, registered, plugin, loaded) for registered, plugin in sorted(manager.list_name_plugin())]


def _row(manager: pluggy.PluginManager, registered: str, plugin: object, packs: Iterable[RulePack]) -> PluginRow:
    origin, _, name = registered.rpartition(": ")
    distribution, _, version = origin.rpartition(" ")
    hooks = tuple(sorted(caller.name for caller in manager.get_hookcallers(plugin) or ()))
    brought = tuple(sorted(pack.name for pack in packs if pack.origin == registered))
    return PluginRow(name, version, distribution, hooks, brought)
