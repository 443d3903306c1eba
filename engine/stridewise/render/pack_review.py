"""What clinicians overrode, for whoever reviews a pack: the packs one by one, in each its rules and exercises, the most
overridden first, with the reasons as they were written."""

import json
from collections.abc import Iterator
from typing import Any

from stridewise.authoring.pack_review import OverrideReason, PackReview, Reviewed
from stridewise.documents.sentences import counted
from stridewise.plan.seal import to_values
from stridewise.render.paragraphs import Line, bullets, section

DONE = {
    "pin": "asked for",
    "ban": "ruled out",
    "keep": "kept",
    "retune": "given another dose",
    "swap": "swapped",
    "replaced": "replaced",
    "clear": "cleared",
    "acknowledge": "acknowledged",
}
COUNTED = (
    "A rule counts as overridden where an exercise it asked for was ruled out or replaced, one it kept out was asked for, its "
    "referral was cleared, or it was named itself. What was acknowledged is read and accepted: it counts as taken."
)


def review_lines(found: PackReview, with_refs: bool = False) -> Iterator[Line]:
    """The whole review; of runners nothing, unless asked for."""
    yield Line("What clinicians changed", "title")
    yield Line(_head(found))
    yield Line(COUNTED, "quiet")
    packs = sorted({one.pack for one in (*found.rules, *found.exercises)})
    for pack in packs:
        for title, listed in (("rules", found.rules), ("exercises", found.exercises)):
            of_pack = [line for one in listed if one.pack == pack for line in _lines(one, with_refs)]
            yield from section(f"Pack {pack}, {title}", of_pack)


def review_json(found: PackReview, with_refs: bool = False) -> str:
    """The review as JSON; `refs` stand in each reason where they are asked for."""
    values: dict[str, Any] = to_values(found)
    for name, listed in (("rules", found.rules), ("exercises", found.exercises)):
        for shown, one in zip(values[name], listed, strict=True):
            shown["reasons"] = [
                {**reason, **({"refs": list(said.refs)} if with_refs else {})}
                for reason, said in zip(shown["reasons"], one.reasons, strict=True)
            ]
    return json.dumps(values, ensure_ascii=False, indent=2, default=str) + "\n"


def _head(found: PackReview) -> str:
    when = f", recorded {_between(str(found.first), str(found.last))}" if found.first else ""
    agreeing = f" {counted(found.agreeing, 'edit')} asked for what was planned anyway." if found.agreeing else ""
    known = f" {counted(found.acknowledged, 'acknowledgement')}." if found.acknowledged else ""
    lost = f" Left out: {counted(found.left_out, 'profile')} with a mistake." if found.left_out else ""
    untouched = found.profiles - found.changed
    taken = f"{found.changed} with changes, {untouched} taken as planned."
    return f"{counted(found.profiles, 'profile')}{when}: {taken}{agreeing}{known}{lost}"


def _lines(one: Reviewed, with_refs: bool) -> Iterator[Line]:
    yield Line(f"{one.subject}{f': {one.name}' if one.name else ''}", "item", 2)
    stood = f"stood in {counted(one.plans, 'plan')}, overridden in {one.overridden} of them" if one.plans else "stood in no plan"
    known = f", acknowledged in {one.acknowledged}" if one.acknowledged else ""
    yield Line(f"{stood}{known}{f', edited in {one.elsewhere} without it' if one.elsewhere else ''}", indent=4)
    yield from bullets((_reason(said, with_refs) for said in one.reasons), 6)


def _reason(said: OverrideReason, with_refs: bool) -> str:
    quoted = f"“{said.reason}”" if said.reason else "no reason given"
    signed = [f"by {', '.join(said.by)}"] if said.by else []
    about = [counted(said.times, "time"), *signed, _between(str(said.first), str(said.last)), *(said.refs if with_refs else ())]
    return f"{DONE.get(said.kind, said.kind)}: {quoted} ({', '.join(about)})"


def _between(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"
