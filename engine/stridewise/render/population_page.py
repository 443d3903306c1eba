"""What two versions of the packs do over many runners as one page: pictures with the same in words, then tables; no script, no
network. Before and after differ in shape, losses and gains in filling: all of it reads in grey."""

from collections.abc import Sequence
from dataclasses import dataclass

from stridewise.authoring.population.effect import LOSSES, ORDER
from stridewise.authoring.population.result import EffectCount, Pair, PopulationDiff, RuleRate
from stridewise.documents.sentences import capitalised
from stridewise.render import population
from stridewise.render.html import page
from stridewise.render.population import share

WIDTH, LEFT, RIGHT = 640, 8, 175  # of the picture; the room for numbers at the right
ROW, BAR = 46, 14
MOST_ROWS, MOST_LETTERS = 25, 62  # of a picture; the tables below have all
NEW_SAFETY = tuple(ORDER)[len(LOSSES) : ORDER["precaution_new"] + 1]


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of a picture: its words, how high it stands, where its two marks are (a bar has one), and its numbers."""

    label: str
    y: int
    before: float
    after: float
    numbers: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows under each other, with a title and the whole in words; `beyond` rows stand in the tables alone."""

    title: str
    description: str
    rows: tuple[Mark, ...]
    beyond: int

    @property
    def height(self) -> int:
        return ROW * len(self.rows) + 8


def population_html(found: PopulationDiff) -> str:
    """The page."""
    moving, referring = population.moving_rules(found), population.referring_rules(found)
    return page(
        "population.html.j2",
        found=found,
        words=population,
        capitalised=capitalised,
        width=WIDTH,
        left=LEFT,
        right=RIGHT,
        bar=BAR,
        effects=effect_picture(found),
        firing=rate_picture(population.MOVING, [(rate, rate.fires) for rate in moving], found),
        referring=rate_picture(population.REFERRING, [(rate, rate.refers) for rate in referring], found),
        firing_any=[rate for rate in found.rules if rate.fires.before or rate.fires.after],
        moving=moving,
        sent=referring,
    )


def effect_picture(found: PopulationDiff) -> Picture:
    """A bar for each kind of effect: how many of all have it, against the commonest."""
    most = max((effect.runners for effect in found.effects), default=1)
    rows = tuple(_bar(effect, place, most, found.compared) for place, effect in enumerate(found.effects))
    said = "; ".join(f"{row.label}: {row.numbers}" for row in rows)
    return Picture("What changes for how many runners, the gravest first", f"One bar a kind. {said}.", rows, 0)


def _bar(effect: EffectCount, place: int, most: int, of: int) -> Mark:
    style = "loss" if effect.kind in LOSSES else "gain" if effect.kind in NEW_SAFETY else "other"
    numbers = f"{effect.runners} ({share(effect.runners, of)})"
    return Mark(capitalised(effect.text), ROW * place, LEFT, _x(effect.runners, most), numbers, style)


def rate_picture(title: str, rates: Sequence[tuple[RuleRate, Pair]], found: PopulationDiff) -> Picture:
    """A row for each rule: a hollow square before, a filled circle after, as shares of the runners with a plan."""
    shown = rates[:MOST_ROWS]
    of = found.planned
    most = max((_part(pair.before, of.before) for _, pair in shown), default=0.0)
    most = max([most, *(_part(pair.after, of.after) for _, pair in shown)]) or 1.0
    rows = tuple(_pair(rate, pair, place, most, of) for place, (rate, pair) in enumerate(shown))
    said = "; ".join(f"{rate.rule}: {row.numbers}" for (rate, _), row in zip(shown, rows, strict=True))
    description = f"Squares are the shares of runners before, circles those after; in numbers: {said}."
    return Picture(title, description, rows, len(rates) - len(shown))


def _pair(rate: RuleRate, pair: Pair, place: int, most: float, of: Pair) -> Mark:
    label = rate.rule if len(rate.rule) <= MOST_LETTERS else f"{rate.rule[: MOST_LETTERS - 1]}…"
    numbers = f"{pair.before} → {pair.after} ({share(pair.after, of.after)})"
    before, after = _x(_part(pair.before, of.before), most), _x(_part(pair.after, of.after), most)
    return Mark(label, ROW * place, before, after, numbers)


def _part(number: int, of: int) -> float:
    return number / of if of else 0.0


def _x(value: float, most: float) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * value / most, 1)
