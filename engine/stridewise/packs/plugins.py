"""Find the plugins, built-in and installed ones by entry point, and take what they bring: rule packs, facts, formats, a log."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import pluggy

from stridewise.errors import PackError, PluginError, Problem
from stridewise.language.fact import Fact, read_facts, show_fact
from stridewise.language.vocabulary import Place, Vocabulary
from stridewise.packs import hookspecs
from stridewise.packs.calls import MOST_TOLD, MisfitError, answer_of, answers, calls_of, is_ctrl_c, kept_apart, shortened, taken
from stridewise.packs.installed import GROUP, Distribution, EntryPoint, distributions
from stridewise.packs.pack import FOLDER, HOME, PackFolder, RulePack, read_pack

CHOOSE = "STRIDEWISE_LOAD_PLUGINS"
LOGGED = "plan_made"
INFORMING = ("read_profile", "read_log", "further_facts")  # the hooks by which a plugin says something of a runner
UNHARMED = "the plan is whole, but that log may lack it"
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
    installed = _installed()
    for distribution, entry in installed:
        if distribution.name == HOME or wanted is None or entry.name in wanted:
            _register(manager, entry, distribution)
    names = {entry.name for _, entry in installed}
    if missing := sorted((wanted or set()) - names):
        raise PluginError(f'{CHOOSE} names "{missing[0]}", which is not installed; installed: {", ".join(sorted(names))}')
    return manager


def _installed() -> list[tuple[Distribution, EntryPoint]]:
    """Each plugin once, as the path gives it first, in the order of names."""
    found: dict[tuple[str, str], tuple[Distribution, EntryPoint]] = {}
    for distribution in distributions():
        for entry in _ours(distribution):
            found.setdefault((distribution.name, entry.name), (distribution, entry))
    return [found[names] for names in sorted(found)]


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
    with kept_apart():
        try:
            plugin = entry.load()
            manager.register(plugin, name=name)
            manager.check_pending()
        except BaseException as failure:  # whatever a foreign module raises, the run stops and says whose it is
            if is_ctrl_c(failure):
                raise
            message = f'the plugin "{entry.name}" of {distribution.name} does not load: {shortened(failure, MOST_TOLD)}'
            raise PluginError(message) from failure
    if not manager.get_hookcallers(plugin):
        message = "brings nothing: none of its functions is marked with @hookimpl (from stridewise import hookimpl)"
        raise PluginError(f'the plugin "{entry.name}" of {distribution.name} {message}')


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
    packs = read_packs(manager, folders, instead)
    if problems := [problem for pack in packs for problem in pack.problems]:
        raise PackError(problems)
    return packs


def read_packs(manager: pluggy.PluginManager, folders: Iterable[Path] = (), instead: Sequence[Path] = ()) -> list[RulePack]:
    """What `load_packs` gives, with the problems of their files kept in the packs: for the program, which tells all at once.
    Raises PackError where a folder is no pack, and PluginError."""
    packs: list[RulePack] = []
    problems: list[Problem] = []
    for folder in pack_folders(manager, [*folders, *instead]):
        try:
            packs.append(read_pack(folder.path, folder.origin, folder.shown))
        except PackError as error:
            problems.extend(error.problems)
    if problems:
        raise PackError([*problems, *(problem for pack in packs for problem in pack.problems)])
    new = {folder.resolve() for folder in instead}
    names = {pack.name for pack in packs if pack.folder in new}
    return [pack for pack in packs if pack.folder in new or pack.name not in names]


def _brought(manager: pluggy.PluginManager) -> Iterator[tuple[str, Path]]:
    for plugin, folders in answers(manager, "rule_packs", _paths):
        yield from ((plugin, Path(folder)) for folder in folders)


def _paths(answer: Any) -> list[Any]:
    if isinstance(answer, str | bytes):
        raise MisfitError(answer, "rule_packs", "a list of paths")
    paths = taken(answer, "rule_packs", "paths")
    if wrong := [item for item in paths if not isinstance(item, str | os.PathLike)]:
        raise MisfitError(wrong[0], "rule_packs", "paths of pack folders")
    return paths


# --- further facts ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
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
    for plugin, call in calls_of(manager, "further_facts", facts=copy):
        for fact in answer_of(plugin, "further_facts", call, partial(_facts, vocabulary, plugin)):
            _refuse_contradiction(fact, known, vocabulary, plugin)
            before = known.get(fact, fact)
            known[fact] = replace(before, places=tuple(dict.fromkeys((*before.places, *fact.places))))
    return tuple(sorted(known.values(), key=lambda fact: fact.sort_key))


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
    for plugin, named in answers(manager, "plan_formats", _named):
        for name, function in named.items():
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
    return lambda plan: cast(str, answer_of(plugin, hook, lambda: function(plan), partial(_text, hook)))


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
        for plugin, call in calls_of(manager, LOGGED, plan=values) if manager is not None else ():
            failed += _failure(plugin, partial(call.func, **{name: make() for name, make in call.keywords.items()}))
    except PluginError as refused:
        failed.append(f"{refused}; {UNHARMED}")
    return tuple(failed)


def _failure(plugin: str, call: Callable[[], Any]) -> list[str]:
    try:
        answer_of(plugin, LOGGED, call, _nothing)
    except PluginError as failure:
        return [f"{failure}; {UNHARMED}"]
    return []


def _nothing(answer: Any) -> None:
    if answer is not None:
        raise MisfitError(answer, LOGGED, "nothing")


# --- who took part ---


def informants(manager: pluggy.PluginManager | None) -> dict[str, set[str]]:
    """The plugins that may say something of a runner, in the order of their names, with the files that hold what they do."""
    said: dict[str, set[str]] = {}
    if manager is None:
        return said
    for hook in INFORMING:
        for plugin in getattr(manager.hook, hook).get_hookimpls():
            code = getattr(plugin.function, "__code__", None)
            said.setdefault(str(plugin.plugin_name), set()).update([code.co_filename] if code else [])
    return dict(sorted(said.items()))


# --- what is installed --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PluginRow:
    """A plugin for `recommend pack list`: the hooks it implements and the packs it brings."""

    name: str
    version: str
    origin: str
    hooks: tuple[str, ...]
    packs: tuple[str, ...]


def describe_plugins(manager: pluggy.PluginManager, packs: Sequence[RulePack]) -> list[PluginRow]:
    """Every plugin in the order of its name, with those of the loaded packs that it brings."""
    return [_row(manager, registered, plugin, packs) for registered, plugin in sorted(manager.list_name_plugin())]


def _row(manager: pluggy.PluginManager, registered: str, plugin: object, packs: Iterable[RulePack]) -> PluginRow:
    origin, _, name = registered.rpartition(": ")
    distribution, _, version = origin.rpartition(" ")
    hooks = tuple(sorted(caller.name for caller in manager.get_hookcallers(plugin) or ()))
    brought = tuple(sorted(pack.name for pack in packs if pack.origin == registered))
    return PluginRow(name, version, distribution, hooks, brought)
