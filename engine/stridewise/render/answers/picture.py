"""The reasons of an item as a picture: a Mermaid flowchart, facts at the left, the item at the right."""

import re
from collections.abc import Iterable, Sequence

from stridewise.explain.items import PlanItem
from stridewise.explain.reasons import Reason, walk
from stridewise.plan.model import FactUsed
from stridewise.render.answers.merged_reasons import concluded_from, merged
from stridewise.render.evidence import Places, not_so, spoken_fact

ITEM, FACT, CONCLUDED, RULE = '["{}"]:::item', '[/"{}"/]', '[["{}"]]', '["{}"]'
FIRST_ROWS = ("flowchart LR", "  classDef item stroke-width:4px,font-weight:bold")
_SPECIAL = re.compile(r"[^\w\s.,:;()%/+–—→-]")  # whatever could end a label or start markup


def render_mermaid(items: Sequence[PlanItem]) -> str:
    """The flowchart: recorded facts slanted, conclusions double-edged; a dashed line for what is taken as not being so."""
    reasons = (reason for item in items for reason in walk((*item.reasons, *item.needs)))
    picture = _Picture(Places(fact for reason in reasons for fact in reason.because.facts))
    for item in items:
        picture.add(item)
    return "\n".join([*FIRST_ROWS, *dict.fromkeys(picture.rows)]) + "\n"


class _Picture:
    def __init__(self, places: Places) -> None:
        self.places = places
        self.names: dict[str, str] = {}
        self.rows: list[str] = []

    def add(self, item: PlanItem) -> None:
        target = self._node(f"item {item.section} {item.name}", item.said, ITEM)
        for reason in merged((*item.reasons, *item.needs)):
            self.rows.append(f"  {self._reason(reason)} --> {target}")

    def _reason(self, reason: Reason) -> str:
        """The node of a reason, with everything it rests on drawn into it."""
        target = self._node(f"rule {reason.because.rule} {reason.because.text}", reason.because.text, RULE)
        for fact, below in concluded_from(reason):
            self.rows.append(f"  {self._fact(fact, below)} --> {target}")
        for text in not_so(reason.absent):
            self.rows.append(f"  {self._node(f'not {text}', text, RULE)} -.-> {target}")
        return target

    def _fact(self, fact: FactUsed, below: Iterable[Reason]) -> str:
        shape = FACT if fact.at else CONCLUDED
        node = self._node(f"fact {fact.fact} {fact.at}", f"{spoken_fact(fact)}{self.places.of(fact)}", shape)
        for reason in merged(tuple(below)):
            self.rows.append(f"  {self._reason(reason)} --> {node}")
        return node

    def _node(self, key: str, text: str, shape: str) -> str:
        if key not in self.names:
            self.names[key] = f"n{len(self.names)}"
            self.rows.append(f"  {self.names[key]}{shape.format(_quoted(text))}")
        return self.names[key]


def _quoted(text: str) -> str:
    """Text in a label, in one row: Mermaid wraps it. Special signs stand by their number."""
    return _SPECIAL.sub(lambda sign: f"#{ord(sign[0])};", " ".join(text.split()))
