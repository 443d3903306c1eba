"""The load adjustments of running, with the numbers of the weeks, so that text and table are one truth."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from stridewise.language.pathway import EASY, NONE, WALK_RUN
from stridewise.language.rule import METRIC_UNITS
from stridewise.language.translation import all_of, fixed, say, say_number, told_number
from stridewise.plan.model import Because, LoadAdjustment
from stridewise.planning.running.kilometres import INTO_THE_RACE
from stridewise.planning.running.running import Running
from stridewise.planning.running.shortfall import shortfall
from stridewise.planning.running.why import reasons_of
from stridewise.planning.situation import Situation

RACE_SHARES = {"weekly_distance": "week_share", "longest_run": "longest_share"}
PAIN_CUTS = {"weekly_distance": ("running_cut",), "longest_run": ("pain_free_run", "pain_free_minutes", "longest_cut")}
HARD = "hard_sessions"
REACHES = fixed("It reaches {best} km; this race asks for about {target} km.")
WEEK = {
    "up to the race": fixed("Running, week by week up to the race: {km} km, the race apart."),
    "ahead": fixed("Running in the next weeks: {km} km."),
    "at most": fixed("Running: at most {km} km."),
    "shares": fixed("Running, week by week: {shares} of the usual, the race apart."),
    "change": fixed("Running: {change} for now."),
}
LONGEST = {
    "up to the race": fixed("Longest run, week by week up to the race: {km} km."),
    "ahead": fixed("Longest run in the next weeks: {km} km."),
    "at most": fixed("Longest run: at most {km} km."),
    "shares": fixed("Longest run, week by week: {shares} of the usual, the race apart."),
    "change": fixed("Longest run: {change} for now."),
}
TEXTS = {"weekly_distance": WEEK, "longest_run": LONGEST}


def with_weeks(running: Running, adjusted: Sequence[LoadAdjustment]) -> list[LoadAdjustment]:
    """The load adjustments with the numbers of the first week, so that text and table are one truth."""
    if running.policy.mode in (NONE, WALK_RUN) or running.is_coached or not running.weeks:
        return list(adjusted)
    by_metric = {one.metric: one for one in adjusted}
    for metric in RACE_SHARES:
        if (told := _of_first_week(running, metric, by_metric.get(metric))) is not None:
            by_metric[metric] = told
    if running.policy.mode == EASY and HARD not in by_metric:
        by_metric[HARD] = _no_hard_runs(running)
    others = [one for one in adjusted if by_metric.get(one.metric) is not one and one.metric not in by_metric]
    return sorted([*by_metric.values(), *others], key=lambda one: (one.metric, one.id))


def _of_first_week(running: Running, metric: str, ruled: LoadAdjustment | None) -> LoadAdjustment | None:
    """The change from now to the first week; None where there is none and no rule asks for one."""
    now, then = _now(running.situation, metric), _numbers(running, metric)
    reasons = _reasons(running, metric)
    if ruled is not None and (not reasons or now is None or then[0] is None or then[0] >= now):
        return ruled
    if now is None or then[0] is None:
        return _without_base(running, metric, reasons, then[0]) if reasons else None
    if then[0] >= now or not reasons:
        return None
    because = (*reasons, *(one for one in (ruled.because if ruled else ()) if one.rule not in {r.rule for r in reasons}))
    change = _percent((then[0] - now) / now) if now else ""
    return _adjustment(metric, because, now, then[0], change, _text(running, metric, because[0].patient))


def _adjustment(
    metric: str, because: Sequence[Because], now: Decimal | None, to: Decimal | None, change: str, text: str
) -> LoadAdjustment:
    return LoadAdjustment(
        id=because[0].rule,
        metric=metric,
        from_=now,
        to=to,
        change=change,
        unit=METRIC_UNITS[metric],
        text=text,
        because=tuple(because),
    )


def _no_hard_runs(running: Running) -> LoadAdjustment:
    because = reasons_of(running.situation, "running", EASY)
    return _adjustment(HARD, because, None, Decimal(0), "", say("No hard runs and no hills for now: every run is easy and flat."))


def _now(situation: Situation, metric: str) -> Decimal | None:
    if metric == "weekly_distance":
        return situation.number("weekly_distance")
    planned = situation.number("planned_longest_run")
    return situation.number("longest_run") if planned is None else planned


def _numbers(running: Running, metric: str) -> list[Decimal | None]:
    return [load.km if metric == "weekly_distance" else load.longest for load in running.loads]


def _reasons(running: Running, metric: str) -> tuple[Because, ...]:
    """What pain, and what the race says of the first week."""
    kinds = PAIN_CUTS[metric]
    pain = tuple(one for kind in kinds for one in reasons_of(running.situation, kind))
    outlook = running.outlooks[running.weeks[0].dates[-1]]
    return (*pain, *reasons_of(running.situation, RACE_SHARES[metric], outlook=outlook))


def _text(running: Running, metric: str, to_the_runner: str) -> str:
    """How it goes on, in whole kilometres; for the week in the rule's own words to the runner too."""
    is_week, texts = metric == "weekly_distance", TEXTS[metric]
    told = [told_number(number) for number in _numbers(running, metric) if number is not None]
    if any(day.phase in INTO_THE_RACE for day in running.weeks[0].policies):
        return _followed(say(texts["up to the race"], km=_listed(told)), to_the_runner if is_week else "")
    ahead = say(texts["ahead"], km=_listed(told[:4]))
    if running.policy.quiet_weeks == 0:
        return _followed(ahead, to_the_runner if is_week else _reaches(running))
    after_one = "It grows again after {number} quiet week, in small steps, as long as nothing hurts more."
    after_more = fixed("It grows again after {number} quiet weeks, in small steps, as long as nothing hurts more.")
    grows = _followed(ahead, say_number(after_one, after_more, running.policy.quiet_weeks))
    return grows if is_week else _followed(grows, _reaches(running))


def _reaches(running: Running) -> str:
    """How far the longest run comes, where that is less than the race asks for."""
    short = shortfall(running)
    return "" if short is None else say(REACHES, best=short[0], target=short[1])


def _followed(text: str, after: str) -> str:
    return f"{text} {after}".strip()


def _without_base(running: Running, metric: str, reasons: Sequence[Because], to: Decimal | None) -> LoadAdjustment | None:
    """What changes where nothing is known to count from: a distance not to exceed, or a share of the usual."""
    texts = TEXTS[metric]
    if to is not None:
        return _adjustment(metric, reasons, None, to, "", say(texts["at most"], km=to))
    shares = [min(getattr(day, RACE_SHARES[metric]) for day in week.policies) for week in running.weeks]
    told = [_percent(share - 1) for share in shares if share < 1]
    if told:
        return _adjustment(metric, reasons, None, None, _percent(min(shares) - 1), say(texts["shares"], shares=_listed(told)))
    cut = running.policy.cut if metric == "weekly_distance" else running.policy.longest_cut
    change = _percent(-cut)
    return _adjustment(metric, reasons, None, None, change, say(texts["change"], change=change)) if cut else None


def _listed(words: Sequence[str]) -> str:
    """1, 2 and 3; the same ones in a row once."""
    once = [word for number, word in enumerate(words) if number == 0 or word != words[number - 1]]
    return all_of([", ".join(once[:-1]), once[-1]]) if len(once) > 1 else once[0]


def _percent(share: Decimal) -> str:
    whole = (share * 100).to_integral_value(ROUND_HALF_UP)
    return f"{'+' if whole > 0 else ''}{whole:f}%"
