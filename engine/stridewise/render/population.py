"""What two versions of the packs do over many runners, for whoever signs the change off: the gravest first."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from stridewise.authoring.population.effect import KINDS, Effect
from stridewise.authoring.population.result import PopulationDiff, RuleRate, RunnerChange
from stridewise.authoring.record_diff import Change
from stridewise.documents.sentences import capitalised, counted
from stridewise.plan.seal import to_values
from stridewise.planning.referrals import URGENCIES
from stridewise.render.json import as_json
from stridewise.render.paragraphs import Line, Row, Rows, bullet, bullets, section, table

MOST_ITEMS = 8  # of one kind, in a sentence or a list; JSON has all
MOVING = "Rules that fire or refer for others than before"
WEIGHING = "Rules that fire as before, and are a reason in more plans or fewer"
REFERRING = "Referrals by rule"
OWN = "For how many fires each rule of"
COLUMNS = (-7, -7, -7, -7, 0)


def population_lines(found: PopulationDiff) -> Iterator[Rows]:
    """The whole comparison; of runners the codes alone."""
    yield Line(title_of(found), "title")
    yield from (Line(text) for text in summary_of(found))
    yield from section("What changes, the gravest first", _effects(found))
    yield from section(f"Whose: {of_all(found)}", _runners(found.runners))
    yield from section(MOVING, _rates(moving_rules(found)))
    yield from section(WEIGHING, _named(weighing_rules(found)))
    yield from section(REFERRING, _referring(referring_rules(found)))
    yield from section(f"{OWN} {packs_of(found)}", _rates(own_rules(found)))
    for title, rules in idle_rules(found):
        yield from section(title, bullets(rules))


def population_json(found: PopulationDiff, records: Sequence[Change]) -> str:
    """All of it, every rule and every item; `records` are what the packs say differently."""
    return as_json({**to_values(found), "records": records})


# --- what both the text and the page say --------------------------------------------------------------------------


def title_of(found: PopulationDiff) -> str:
    """What was compared, on which day."""
    return f"{packs_of(found)}: two versions over {counted(found.profiles, 'profile')}, as of {found.as_of}"


def packs_of(found: PopulationDiff) -> str:
    """The packs compared, by name."""
    return " and ".join(found.packs)


def summary_of(found: PopulationDiff) -> Iterator[str]:
    """The counts in sentences."""
    if found.no_plan:
        more = f" and {found.no_plan - len(found.no_plan_named)} more" if found.no_plan > len(found.no_plan_named) else ""
        named = f"{', '.join(found.no_plan_named)}{more}"
        yield f"Without a plan with either version: {counted(found.no_plan, 'profile')} ({named}). They count nowhere below."
    yield f"Another plan: {part_of(found.changed, found.compared)}."
    if found.affected > found.changed:
        yield f"The same plan, but what is ruled out differs: {part_of(found.affected - found.changed, found.compared)}."
    first = (part_of(found.refer_first.before, found.planned.before), part_of(found.refer_first.after, found.planned.after))
    yield f"Somebody else sees the runner first: {first[0]} before, {first[1]} after."


def part_of(number: int, of: int) -> str:
    """A number of runners with its share.

    >>> part_of(12, 3000), part_of(0, 0), part_of(2999, 3000)
    ('12 of 3000 (0.4%)', '0 of 0', '2999 of 3000 (99.9%)')
    """
    return f"{number} of {of} ({share(number, of)})" if of else f"{number} of {of}"


def share(number: int, of: int) -> str:
    """In percent; what is not none or all is never told as 0 or 100.

    >>> share(0, 9), share(1, 3000), share(1, 9), share(9, 9)
    ('0%', '0.1%', '11.1%', '100%')
    """
    if number in (0, of) or not of:
        return "0%" if not number else "100%"
    return f"{min(99.9, max(0.1, round(100 * number / of, 1)))}%"


def moving_rules(found: PopulationDiff) -> list[RuleRate]:
    """Those that refer first, the most urgent, then by how many start and stop."""
    return sorted(
        (rate for rate in found.rules if rate.moves), key=lambda rate: (_urgency(rate), -(rate.starts + rate.stops), rate.rule)
    )


def weighing_rules(found: PopulationDiff) -> list[RuleRate]:
    """Rules that fire alike and carry more or less than before, the most moved first."""
    changed = (rate for rate in found.rules if not rate.moves and rate.named.before != rate.named.after)
    return sorted(changed, key=lambda rate: (-abs(rate.named.after - rate.named.before), rate.rule))


def _urgency(rate: RuleRate) -> int:
    return URGENCIES.index(rate.urgency) if rate.urgency else len(URGENCIES)


def referring_rules(found: PopulationDiff) -> list[RuleRate]:
    """The rules behind a referral of anybody, the most urgent first."""
    sent = (rate for rate in found.rules if rate.refers.before or rate.refers.after)
    return sorted(sent, key=lambda rate: (_urgency(rate), -rate.refers.after, rate.rule))


def own_rules(found: PopulationDiff) -> list[RuleRate]:
    """The rules of the packs compared that fire for anybody."""
    return [rate for rate in found.rules if _is_own(found, rate.rule) and (rate.fires.before or rate.fires.after)]


def marks_of(rate: RuleRate) -> str:
    """What else is to be known of a rule: how it stands to the old version, how soon it refers."""
    marks = ("" if rate.standing == "as saved" else rate.standing, f"refers, {soon(rate)}" if rate.urgency else "")
    return f" ({', '.join(filter(None, marks))})" if any(marks) else ""


def soon(rate: RuleRate) -> str:
    """How soon a rule refers."""
    return rate.urgency.replace("_", " ")


def _is_own(found: PopulationDiff, rule: str) -> bool:
    return rule.partition("/")[0] in found.packs


def idle_rules(found: PopulationDiff) -> Iterator[tuple[str, list[str]]]:
    """The rules that do nothing here, with what that means."""
    fired = {rate.rule for rate in found.rules if rate.fires.before}
    never = [rule for rule in found.never_fires if _is_own(found, rule)]
    yield f"Fire for nobody: rules of {packs_of(found)}", never
    silenced = [rule for rule in found.never_fires if rule in fired and not _is_own(found, rule)]
    yield "Fire for nobody any more: rules of other packs", silenced
    unnamed = [rule for rule in found.fires_unnamed if _is_own(found, rule)]
    yield f"Fire, but are a reason in no plan: rules of {packs_of(found)}", unnamed


def told_effects(effects: Sequence[Effect]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The effects on a runner, one line a kind: what it is, on what, and because of which rules."""
    for kind, group in groupby(effects, key=lambda effect: effect.kind):
        listed = list(group)
        items = shortened([f"{one.item}{f' ({one.detail})' if one.detail else ''}" for one in listed])
        rules = dict.fromkeys(rule for one in listed for rule in one.rules if not one.item.startswith(rule))
        yield capitalised(KINDS[kind]), items, tuple(rules)


def shortened(items: Sequence[str]) -> str:
    """The first of them in a line; of the rest the number."""
    more = len(items) - MOST_ITEMS
    return "; ".join([*items[:MOST_ITEMS], *([f"and {more} more"] if more > 0 else [])])


def of_all(found: PopulationDiff) -> str:
    """How many are named, of how many."""
    rest = f"the gravest {len(found.runners)} of {found.affected}; --named {found.affected} names all"
    return rest if found.runners_not_named else counted(found.affected, "runner")


# --- the text alone -----------------------------------------------------------------------------------------------


def _effects(found: PopulationDiff) -> Iterator[Rows]:
    for effect in found.effects:
        yield Row((str(effect.runners), share(effect.runners, found.compared), capitalised(effect.text)), (-6, -6, 0), "item")
        items = shortened([f"{one.item}: {one.runners}" for one in effect.items])
        yield Row(("", "", items), (-6, -6, 0), "quiet")


def _runners(changes: Iterable[RunnerChange]) -> Iterator[Line]:
    for change in changes:
        yield Line(change.ref, "item", 2)
        for what, items, rules in told_effects(change.effects):
            yield bullet(f"{what}: {items}{f' [{shortened(rules)}]' if rules else ''}", 4)


def _rates(rates: Sequence[RuleRate]) -> Iterator[Row]:
    numbers = [(rate.fires.before, rate.fires.after, rate.starts, rate.stops) for rate in rates]
    rows = [(*map(str, row), f"{rate.rule}{marks_of(rate)}") for row, rate in zip(numbers, rates, strict=True)]
    return table(("before", "after", "starts", "stops", "rule"), COLUMNS, rows)


def _named(rates: Sequence[RuleRate]) -> Iterator[Row]:
    rows = [(str(rate.named.before), str(rate.named.after), f"{rate.rule}{marks_of(rate)}") for rate in rates]
    return table(("before", "after", "rule"), (*COLUMNS[:2], 0), rows)


def _referring(rates: Sequence[RuleRate]) -> Iterator[Row]:
    rows = [(str(rate.refers.before), str(rate.refers.after), soon(rate), rate.rule) for rate in rates]
    return table(("before", "after", "how soon", "rule"), (*COLUMNS[:2], 9, 0), rows)
