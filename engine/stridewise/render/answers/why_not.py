"""What kept something out, told as a colleague would: what is in the way, what would let it in, what to wait for, then what
would call for it. Rule ids stand at the end, for the clinician who checks."""

import re
from collections.abc import Iterable, Iterator, Sequence

from stridewise.documents.sentences import capitalised, sentence
from stridewise.explain.goal import EXERCISE, METRIC, RULE, STAGE, TARGET
from stridewise.explain.modifiability import EARN, FIXED, TESTED
from stridewise.explain.obstacles import PRECAUTION, VETO, ItemObstacle
from stridewise.explain.routes import Route, Tested
from stridewise.explain.search import MAX_RUNS
from stridewise.explain.why_not import Proposal, WhyNot
from stridewise.inference.evaluation import FAILS, HOLDS, UNKNOWN
from stridewise.render.answers.effects import effects
from stridewise.render.evidence import rules_line, sources_line, sure
from stridewise.render.paragraphs import Line, bullet, bullets, section

TITLES = {
    EXERCISE: "Why {} is not in the plan",
    TARGET: "Why the plan does not train {}",
    METRIC: "Why the plan does not change {}",
    RULE: "Why this does not hold: {}",
    STAGE: "Why this stage does not hold: {}",
}
MODIFIABILITIES = {
    EARN: "To work towards",
    TESTED: "Would apply if tested; a finding, not something to bring about",
    FIXED: "Cannot be changed; for understanding",
}
UNASKED = "Nothing speaks against it, and nothing on record calls for it."
UNASKED_NOW = "The runner does it now. Nothing speaks against it, and nothing on record calls for more of it."
MAX_ROUTES = 4  # told one by one
NOT, ANY = "not: ", "(any "
_PLACE = re.compile(r" \(([^()]+?):([0-9]+)\)")


def why_not_lines(answer: WhyNot) -> Iterator[Line]:
    """The whole answer in paragraphs."""
    if answer.present:
        yield Line(f"{answer.item} is in the plan. recommend why tells its reasons.", "title")
        return
    yield Line(TITLES[answer.kind].format(answer.item), "title")
    yield from _in_the_way(answer)
    yield from section("The smallest change that would let it in", _changes(answer))
    yield from section("What to wait for", bullets(map(_sentence, answer.wait_for)))
    if answer.kind == STAGE:
        return
    yield from section("What calls for it, or would", _routes(answer.routes))
    if not answer.routes and not any(obstacle.kind == VETO for obstacle in answer.obstacles):
        yield Line("The clinician can ask for it by name: clinician.pin in the profile.", indent=2)
    yield from section("To check it", _checking(answer))


def _sentence(text: str) -> str:
    return capitalised(text) if text.endswith("?") else sentence(text)


def _in_the_way(answer: WhyNot) -> Iterator[Line]:
    if answer.done_now and answer.obstacles:
        yield Line("The runner does it now; this speaks against it:", indent=2)
    cited: set[str] = set()
    for obstacle in _firmest(answer.obstacles):
        fresh = [because for because in obstacle.because[:1] if because.rule not in cited]
        cited |= {because.rule for because in fresh}
        yield bullet(f"{_sentence(obstacle.text)}{''.join(map(sure, fresh))}")
    asked = any(route.fired for route in answer.routes) or answer.kind == STAGE
    if not asked and answer.obstacles:
        yield bullet("Nothing on record calls for it either.")
    elif not asked:
        yield Line(UNASKED_NOW if answer.done_now else UNASKED, indent=2)


def _firmest(obstacles: Sequence[ItemObstacle]) -> Iterator[ItemObstacle]:
    """Without a precaution that gives the reason of a veto a second time."""
    vetoed = {obstacle.text.partition(": ")[2] for obstacle in obstacles if obstacle.kind == VETO}
    return (obstacle for obstacle in obstacles if obstacle.kind != PRECAUTION or obstacle.text.partition(": ")[2] not in vetoed)


def _changes(answer: WhyNot) -> Iterator[Line]:
    for proposal in answer.changes:
        yield from _change(proposal)
    if answer.changes:
        return
    if answer.wait_for:
        yield Line("None is offered: what keeps it out protects the runner.", indent=2)
    elif answer.searched:
        yield Line(f"No single change would do, nor two that can be worked towards ({answer.tried} tried).", indent=2)
    else:
        yield Line(f"None among the first {answer.tried} changes tried; the search stops at {MAX_RUNS} plans.", indent=2)


def _change(proposal: Proposal) -> Iterator[Line]:
    yield Line(f"{MODIFIABILITIES[proposal.label]}:", indent=2)
    for step in proposal.steps:
        yield Line(f"{step.text}{f' (now: {step.now})' if step.now else ''}", "item", 4, "- ")
    if proposal.also:
        yield Line(f"The plan then {effects(proposal.also)}.", indent=6)


# --- what leads to it ----------------------------------------------------------------------------------------------------


def _routes(routes: Sequence[Route]) -> Iterator[Line]:
    """What calls for it now, then what lacks least, then the single findings that would do."""
    if not routes:
        yield Line("Nothing does.", indent=2)
    near, single = _sorted(routes)
    told: set[str] = set()
    for route in near[:MAX_ROUTES]:
        yield from _route(route, 2, told)
    if (left := len(near) - MAX_ROUTES) > 0:
        more = f"And {left} more that lack" if left > 1 else "And one more that lacks"
        yield bullet(f"{more} several things (in full: --format json).")
    if single:
        names = dict.fromkeys(_plain(next(c.text for c in route.conditions if c.state != HOLDS)) for route in single)
        yield bullet(f"Any one of these would speak for it; none is recorded: {'; '.join(names)}.")


def _sorted(routes: Sequence[Route]) -> tuple[list[Route], list[Route]]:
    """Those to be told one by one, and those that lack nothing but one fact that nobody recorded."""
    single = [route for route in routes if not route.fired and _lacks_one_fact(route)]
    return [route for route in routes if route not in single], single


def _lacks_one_fact(route: Route) -> bool:
    lacking = [condition for condition in route.conditions if condition.state != HOLDS]
    return len(lacking) == 1 and lacking[0].state == UNKNOWN and not lacking[0].below


def _route(route: Route, indent: int, told: set[str]) -> Iterator[Line]:
    leads = f": {route.leads}" if route.leads else ""
    yield Line(f"{route.title}{leads}.{' It does so now.' if route.fired and leads else ''}", "item", indent, "- ")
    told.add(route.rule)
    for title, texts in _states(route.conditions).items():
        yield bullet(f"{title}: {'; '.join(dict.fromkeys(texts))}.", indent + 2)
    for condition in route.conditions:
        for below in condition.below[:2]:
            if below.rule not in told:
                yield bullet(f"{_sentence(_plain(condition.text)).rstrip('.')} would follow from:", indent + 2)
                yield from _route(below, indent + 4, told)


def _states(conditions: Sequence[Tested]) -> dict[str, list[str]]:
    """What it lacks, what the record says instead, what speaks against it, what is met. That nothing speaks against it
    needs no words."""
    states: dict[str, list[str]] = {"Not recorded": [], "Not so": [], "Against it": [], "Met": []}
    for condition in (condition for condition in conditions if not _said_by_another(condition, conditions)):
        text = f"{_plain(condition.text.removeprefix(NOT))}{f' ({condition.group})' if condition.group else ''}"
        if condition.text.startswith(NOT):
            states["Against it"] += [text] if condition.state != HOLDS else []
        elif condition.state == FAILS:
            states["Not so"].append(f"{text}{f', but {_found(condition)}' if condition.found else ''}")
        else:
            places = " ".join(dict.fromkeys(match[2] for said in condition.found for match in _PLACE.finditer(said)))
            met = f"{text} (line {places})" if places else text
            states["Met" if condition.state == HOLDS else "Not recorded"].append(met if condition.state == HOLDS else text)
    return {title: texts for title, texts in states.items() if texts}


def _said_by_another(condition: Tested, conditions: Sequence[Tested]) -> bool:
    """Any value of something that another condition sets bounds to."""
    before, any_value, after = condition.text.partition(ANY)
    tail = after.partition(")")[2]
    others = (other.text for other in conditions if other is not condition and ANY not in other.text)
    return bool(any_value) and any(text.startswith(before) and text.endswith(tail) for text in others)


def _found(condition: Tested) -> str:
    return " and ".join(_plain(_PLACE.sub(r" (line \2)", text)) for text in condition.found)


def _plain(text: str) -> str:
    return text.replace(": yes", "")


def _checking(answer: WhyNot) -> Iterator[Line]:
    because = [because for obstacle in answer.obstacles for because in obstacle.because]
    told = _sorted(answer.routes)[0][:MAX_ROUTES]
    files = {match[1] for condition in _all(told) for text in condition.found for match in _PLACE.finditer(text)}
    lines = f"Lines are those of {files.pop()}." if len(files) == 1 else ""
    rules = rules_line([*(reason.rule for reason in because), *(route.rule for route in told)])
    yield from (Line(text, "quiet", 2) for text in (sources_line(because), lines, rules) if text)


def _all(routes: Iterable[Route]) -> Iterator[Tested]:
    for route in routes:
        for condition in route.conditions:
            yield condition
            yield from _all(condition.below)
