"""The reasons of an item as a colleague would give them: text, markdown, JSON, or a picture in mermaid."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from stridewise.digest import to_values
from stridewise.inquiry.sensitivity import Decided
from stridewise.inquiry.why import Found, Reason, Without, rules_of, walk
from stridewise.plan import Because, FactUsed
from stridewise.render.text import WIDTH, Line
from stridewise.render.words import STRENGTH_WORDS
from stridewise.units import show

SECTION_WORDS = {
    "prescriptions": "is in the plan", "set_aside": "was set aside", "schedule": "stands in the schedule",
}  # fmt: skip


def to_text(lines: Iterable[Line]) -> str:
    """Paragraphs at 80 columns."""
    return "\n".join(row for line in lines for row in line.wrapped(WIDTH)) + "\n"


def to_markdown(lines: Iterable[Line]) -> str:
    """The same paragraphs as markdown: titles, and lists nested as they are indented."""
    rows = []
    for line in lines:
        text = line.text.replace("<", "&lt;").replace("*", "\\*")
        if line.style == "title":
            rows.append(f"{'#' * (2 + line.indent // 2)} {text}\n")
        elif line.mark or line.indent:
            rows.append(f"{' ' * max(0, line.indent - 2)}- {line.mark.strip('- ')}{' ' if line.mark.strip('- ') else ''}{text}")
        else:
            rows.append(text and f"{text}\n")
    return "\n".join(rows) + "\n"


def render_why_json(found: Sequence[Found] | Sequence[Decided]) -> str:
    """What was asked, what the plan says, the reasons with the reasons below them, and what would stay without each fact."""
    return json.dumps(to_values(list(found)), ensure_ascii=False, indent=2) + "\n"


def render_why(found: Sequence[Found]) -> str:
    """The tree of reasons at 80 columns."""
    return to_text(why_lines(found))


def why_lines(found: Sequence[Found]) -> Iterator[Line]:
    """The whole answer in paragraphs."""
    for number, one in enumerate(found):
        if number:
            yield Line("")
        yield from _item(one)


def _item(one: Found) -> Iterator[Line]:
    yield Line(_heading(one), "title")
    numbered = len(one.reasons) > 1
    for number, reason in enumerate(one.reasons, 1):
        yield from _told(reason, 2, f"{number}. " if numbered else "")
    if one.needs:
        yield Line("It can be used, because:", indent=2)
        for reason in one.needs:
            yield from _told(reason, 4, "- ")
    if one.assumes:
        yield Line(f"Assumed, not recorded: {'; '.join(one.assumes)}.", indent=2)
    if one.without:
        yield from _without(one)
    if one.runner:
        yield Line("In the runner's words:", indent=2)
        yield from (Line(f"“{text}”", indent=4) for text in one.runner)


def _heading(one: Found) -> str:
    if one.section in SECTION_WORDS:
        return f"{one.said} {SECTION_WORDS[one.section]}" if one.section == "prescriptions" else f"{one.said} ({one.what})"
    kind = one.what.partition(" ")[0].capitalize() if one.section != "load_adjustments" else "Load"
    return f"{kind}: {one.said}"


def _told(reason: Reason, indent: int, mark: str = "") -> Iterator[Line]:
    """One reason: what it says, the facts under it, how sure it is, then the reasons of what it concludes from."""
    yield Line(reason.because.text, "plain", indent, mark)
    inner = indent + 4
    for fact in reason.because.facts:
        yield Line(_evidence(fact), indent=inner, mark="- ")
    for text in reason.absent:
        yield Line(f"not: {text}", indent=inner, mark="- ")
    if grade := grade_line(reason.because):
        yield Line(grade, "quiet", inner)
    for below in reason.below:
        yield from _told(below, inner, "since: ")


def _evidence(fact: FactUsed) -> str:
    if fact.at:
        return f"{fact.text} ({fact.at})"
    return f"{fact.text}, concluded from what follows" if fact.derived_by else fact.text


def grade_line(because: Because) -> str:
    """How sure, on which sources, by which rule; nothing for the engine's own reasons."""
    if because.rule.startswith("stridewise/"):
        return ""
    strength = STRENGTH_WORDS.get(because.strength, because.strength)
    grade = f"{strength[:1].upper()}{strength[1:]}, {because.certainty.replace('_', ' ')} certainty"
    cited = "; ".join(f"{s.key} (level {s.level}, {'verified' if s.verified else 'not verified'})" for s in because.sources)
    return f"{grade}. {f'Sources: {cited}. ' if cited else ''}Rule: {because.rule}"


def _without(one: Found) -> Iterator[Line]:
    yield Line("If a fact were not on record:", indent=2)
    for fact in one.without:
        yield Line(f"without “{fact.text}” ({fact.at}): {_outcome(one, fact)}", indent=4, mark="- ")
    if one.stays_without_all is not None and len(one.without) > 1:
        rest = "something else would bring it back" if one.stays_without_all else "it would go"
        yield Line(f"without all of these: {rest}", indent=4, mark="- ")


def _outcome(one: Found, fact: Without) -> str:
    if fact.cannot:
        return f"cannot be told: {fact.cannot}"
    if not fact.stays:
        return "it would go"
    rules = rules_of(one)
    numbers = [str(number) for number, rule in enumerate(rules, 1) if rule in fact.reasons_left]
    if len(numbers) == len(rules):
        return "it would stay"
    return f"it would stay, by reason {' and '.join(numbers)}" if numbers else "it would stay, for another reason"


# --- the picture ---------------------------------------------------------------------------------------------------------


def render_mermaid(found: Sequence[Found]) -> str:
    """A flowchart: facts at the left, the item at the right; dashed where something is taken as not being so."""
    rows = ["flowchart LR"]
    names: dict[str, str] = {}

    def node(key: str, text: str, shape: str = '["{}"]') -> str:
        if key not in names:
            names[key] = f"n{len(names)}"
            rows.append(f"  {names[key]}{shape.format(_quoted(text))}")
        return names[key]

    for one in found:
        item = node(f"item {one.section} {one.name}", one.said, '(["{}"])')
        for reason in (*one.reasons, *one.needs):
            rows.append(f"  {node(f'rule {reason.because.rule} {reason.because.text}', reason.because.text)} --> {item}")
        for reason in walk((*one.reasons, *one.needs)):
            _edges(reason, rows, node)
    return "\n".join(dict.fromkeys(rows)) + "\n"


def _edges(reason: Reason, rows: list[str], node: Callable[..., str]) -> None:
    target = node(f"rule {reason.because.rule} {reason.because.text}", reason.because.text)
    for fact in reason.because.facts:
        key = f"fact {fact.fact}"
        source = node(key, f"{fact.text} ({fact.at})" if fact.at else fact.text, '[/"{}"/]' if fact.at else '["{}"]')
        rows.append(f"  {source} --> {target}")
    for text in reason.absent:
        rows.append(f"  {node(f'not {text}', f'not: {text}')} -.-> {target}")
    for below in reason.below:
        concluded = [fact for fact in reason.because.facts if not fact.at and fact.derived_by]
        for fact in concluded:
            if len(concluded) == 1 or fact.derived_by == below.because.rule:
                source = node(f"rule {below.because.rule} {below.because.text}", below.because.text)
                rows.append(f"  {source} --> {node(f'fact {fact.fact}', fact.text)}")


def _quoted(text: str) -> str:
    return text.replace('"', "#quot;").replace("\n", " ")


# --- thresholds ----------------------------------------------------------------------------------------------------------


def threshold_lines(decided: Sequence[Decided]) -> Iterator[Line]:
    """Every cut-off that decided something, nearest first within what may be measurement error."""
    yield Line("Thresholds that decided something in this plan", "title")
    if not decided:
        yield Line("None: no rule compared a number here.", indent=2)
    for one in decided:
        value = show(one.value, one.unit)
        yield Line(f"{one.text} ({one.at or 'concluded'}): {value}, cut-off {one.comparison}", "item", 2)
        side = "met" if one.met else "not met"
        yield Line(f"{side[0].upper()}{side[1:]}, by {show(abs(one.distance), one.unit)}. {_error(one)}", indent=4)
        yield Line(f"It decides: {'; '.join(one.decides)}.", indent=4)


def _error(one: Decided) -> str:
    if one.error is None:
        return "No measurement error is on file for this number."
    known = f"{one.error.text} ({one.error.source}, {'verified' if one.error.verified else 'not verified'})"
    verdict = "Within measurement error, test again before relying on it" if one.within_error else "Beyond measurement error"
    return f"{verdict}: {known}."
