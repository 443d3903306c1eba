"""Which plans a rule touched, for a recall, as text."""

from collections.abc import Iterator

from stridewise.documents.sentences import counted
from stridewise.explain.affected import Affected, Touched
from stridewise.explain.gave import Gave
from stridewise.render.paragraphs import Line, bullets, section


def affected_lines(found: Affected) -> Iterator[Line]:
    """How many, then plan by plan what the rule gave; last what could not be looked at, and what was edited."""
    yield Line(_head(found), "alarm" if found.touched else "verdict")
    if len(found.names) > 1:
        yield Line(f"Also looked for under its other name: {', '.join(found.names[1:])}.", "quiet")
    made = [f"{version} in {counted(number, 'plan')}" for version, number in found.versions.items()]
    yield Line(f"Its pack {found.rule.partition('/')[0]}: {'; '.join(made) or 'in no plan'}.", "quiet")
    for touched in found.touched:
        yield from section(touched.plan, _touched(touched))
    yield from section(f"Could not be read: {counted(len(found.damaged), 'plan')}", bullets(found.damaged))
    edited = f"Edited after they were made, their seals do not fit: {counted(len(found.edited), 'plan')}"
    yield from section(edited, bullets(found.edited))


def _head(found: Affected) -> str:
    of_version = f" as made with version {found.version} of its pack" if found.version else ""
    unread = f" {counted(len(found.damaged), 'plan')} could not be read and may be among them." if found.damaged else ""
    return f"{found.rule}{of_version} touched {len(found.touched)} of {counted(found.read, 'plan')}.{unread}"


def _touched(touched: Touched) -> Iterator[Line]:
    yield Line(f"Runner {touched.runner}, {touched.as_of}, version {touched.version}", indent=2)
    yield from bullets(map(_gave, touched.gave))


def _gave(gave: Gave) -> str:
    way = f" (by way of {', '.join(gave.by_way_of)})" if gave.by_way_of else ""
    return f"{gave.what}: {gave.text}{way}"
