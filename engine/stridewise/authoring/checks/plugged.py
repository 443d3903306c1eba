"""What the checks of plugins find, beside our own: each finding under its plugin's name, at a file of the pack."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import pluggy

from stridewise.authoring.checks.finding import LEVELS, Check, Finding, Subject, check
from stridewise.language.vocabulary import Place
from stridewise.packs.calls import MisfitError, answers, taken
from stridewise.packs.pack import RulePack, Written
from stridewise.plan.seal import to_values

HOOK = "pack_findings"
MOST_FINDINGS = 10_000  # of a pack; a generator may have no end
OF_A_FINDING = frozenset({"level", "message", "mend", "file", "line"})


def plugin_checks(manager: pluggy.PluginManager) -> Check:
    """The checks of all plugins as one of ours. Raises PluginError where one fails or answers what was not asked."""

    @check("plugins")
    def found(subject: Subject) -> Iterator[Finding]:
        for pack in subject.packs:
            for plugin, findings in answers(manager, HOOK, _findings, pack=pack_values(pack)):
                yield from map(partial(_finding, pack, plugin.rpartition(": ")[2]), findings)

    return found


def pack_values(pack: RulePack) -> dict[str, Any]:
    """A pack as plain values: its head, and each record as written with its file and line."""
    parts = {"rules": pack.rules, "exercises": pack.exercises, "pathways": pack.pathways, "sources": pack.sources}
    records = {name: [_record(pack, one) for one in written] for name, written in parts.items()}
    return {"name": pack.name, "version": pack.shape.version, "head": to_values(pack.document.root), **records}


def _record(pack: RulePack, written: Written) -> dict[str, Any]:
    file = written.place.path.removeprefix(f"{pack.path}/")
    return {"file": file, "line": written.place.line, "written": to_values(written.node)}


def _findings(answer: Any) -> list[Mapping[str, Any]]:
    if isinstance(answer, str | bytes | Mapping) or not isinstance(answer, Iterable):
        raise MisfitError(answer, HOOK, "a list of findings, each a mapping")
    return [_checked(one) for one in taken(answer, HOOK, "findings", MOST_FINDINGS)]


def _checked(one: Any) -> Mapping[str, Any]:
    if not isinstance(one, Mapping) or not set(one) <= OF_A_FINDING:
        raise MisfitError(one, HOOK, f"a mapping of {', '.join(sorted(OF_A_FINDING))}")
    if one.get("level") not in LEVELS:
        raise MisfitError(one.get("level"), HOOK, f"a level, one of {', '.join(LEVELS)}")
    texts = [one.get(name, "") for name in ("message", "mend", "file")]
    if not all(isinstance(text, str) for text in texts) or not texts[0].strip():
        raise MisfitError(one, HOOK, "a message, and text for mend and file")
    line = one.get("line", 0)
    if not isinstance(line, int) or isinstance(line, bool) or line < 0:
        raise MisfitError(line, HOOK, "a line number")
    return one


def _finding(pack: RulePack, plugin: str, one: Mapping[str, Any]) -> Finding:
    place = Place(f"{pack.path}/{one.get('file') or 'pack.yaml'}", one.get("line", 0))
    return Finding(one["level"], place, one["message"], one.get("mend", ""), check=plugin)
