"""The reasons of an item as a colleague would give them: what the plan says, what was seen and what follows, how sure, then
what hangs on each fact. Rule ids and the sources' levels stand at the end, for the clinician who checks."""

from collections.abc import Iterator, Sequence

from stridewise.documents.sentences import enumerated, sentence
from stridewise.explain.items import PlanItem, Without
from stridewise.explain.reasons import Reason, walk
from stridewise.plan.model import Because, FactUsed
from stridewise.render.answers.merged_reasons import concluded_from, identity, merged
from stridewise.render.evidence import Places, not_so, rules_line, short_fact, sources_line, spoken_fact, sure
from stridewise.render.paragraphs import Line, bullet, section
from stridewise.render.plan_words import FOR_EVERYBODY, LEVEL_WORDS, METRIC_WORDS
from stridewise.render.schedule import weekday

GO, STAY = "it would go", "it would stay"
SET_ASIDE = {GO: "it would no longer stand among what was set aside", STAY: "it would still be set aside"}


def why_lines(items: Sequence[PlanItem]) -> Iterator[Line]:
    """The whole answer in paragraphs."""
    for number, item in enumerate(items):
        if number:
            yield Line("")
        yield from _Answer(item).lines()


class _Answer:
    """One item being told. `told` are the grounds that were given in full already: a second time they are only named."""

    def __init__(self, item: PlanItem) -> None:
        self.item = item
        self.reasons, self.needs = merged(item.reasons), merged(item.needs)
        self.because = [reason.because for reason in walk((*item.reasons, *item.needs))]
        further = (reason.because for beyond in item.beyond for reason in walk(beyond.reasons))
        self.places = Places(fact for because in (*self.because, *further) for fact in because.facts)
        self.told: set[tuple[str, str]] = set()

    def lines(self) -> Iterator[Line]:
        title, *said = headed(self.item, len(self.reasons))
        yield Line(title, "title")
        yield from (Line(text, indent=2) for text in said)
        yield from section("Because" if said else "", self._reasons())
        usable = self.item.section == "prescriptions"
        yield from section("It can be done, because" if usable else "It comes up, because", self._possible())
        yield from section("If a fact were not on record", self._hanging())
        yield from section("In the runner's words", (Line(f"“{text}”", indent=2) for text in self.item.runner))
        yield from section("To check it", checking(self.because, self.places.note))

    def _reasons(self) -> Iterator[Line]:
        for number, reason in enumerate(self.reasons, 1):
            yield from self._reason(reason, 2, f"{number}. " if len(self.reasons) > 1 else "")

    def _possible(self) -> Iterator[Line]:
        """What was mastered, what is at hand, and what was taken for granted."""
        for reason in self.needs:
            yield from self._reason(reason, 2, "- ")
        if self.item.assumes:
            names = (text.removesuffix(" not recorded") for text in self.item.assumes)
            yield bullet(f"Assumed, because it was not recorded: {'; '.join(names)}.")

    # --- the tree ----------------------------------------------------------------------------------------------------

    def _reason(self, reason: Reason, indent: int, mark: str = "", about: str = "") -> Iterator[Line]:
        yield Line(f"{about}{reason.because.text}{sure(reason.because)}", "plain", indent, mark)
        self.told.add(identity(reason))
        yield from self._grounds(reason, indent + max(2, len(mark)))

    def _grounds(self, reason: Reason, indent: int) -> Iterator[Line]:
        """What was seen, what was concluded and from what, and what is taken as not being so."""
        if reason.because.for_everybody:
            yield bullet(FOR_EVERYBODY, indent)
        for fact, below in concluded_from(reason):
            if fact.at:
                yield bullet(f"{self._seen(fact)}{self.places.of(fact)}", indent)
            else:
                yield from self._concluded(fact, below, indent)
        for text in not_so(reason.absent):
            yield bullet(text, indent)

    def _seen(self, fact: FactUsed) -> str:
        """In full where it comes first."""
        known = ("", f"{fact.fact} {fact.at}")
        words = short_fact(fact) if known in self.told else spoken_fact(fact)
        self.told.add(known)
        return words

    def _concluded(self, fact: FactUsed, below: Sequence[Reason], indent: int) -> Iterator[Line]:
        words = spoken_fact(fact)
        news = [reason for reason in merged(below) if identity(reason) not in self.told]
        if not news:
            yield bullet(f"{words}{', as told above' if below else ''}", indent)
            return
        if len(news) == 1:
            yield from self._reason(news[0], indent, "- ", f"{words}, because: ")
            return
        yield bullet(f"{words}, on {len(news)} grounds:", indent)
        for reason in news:
            yield from self._reason(reason, indent + 4, "- ")

    # --- what hangs on what ------------------------------------------------------------------------------------------

    def _hanging(self) -> Iterator[Line]:
        names, groups = _names(self.item.without), dict[str, list[str]]()
        for without in self.item.without:
            groups.setdefault(self._outcome(without), []).append(names[id(without)])
        for outcome, facts in groups.items():
            any_of = "any one of these " if len(facts) > 1 else ""
            yield bullet(f"Without {any_of}{outcome}: {'; '.join(facts)}." if any_of else f"Without {facts[0]} {outcome}.")
        if len(names) > 1 or (names and self.item.stays_without_all):
            all_of = "all of them" if len(names) > 1 else "it"
            rest = "something else would bring it back" if self.item.stays_without_all else self._word(GO)
            yield bullet(f"Without {all_of} {rest}{':' if self.item.beyond else '.'}")
            yield from self._beyond()

    def _beyond(self) -> Iterator[Line]:
        """What would bring the item back, and whether it goes without that too."""
        for beyond in self.item.beyond:
            for reason in merged(beyond.reasons):
                yield bullet(f"{reason.because.text}{sure(reason.because)}", 4)
            if beyond.facts:
                facts = (f"“{spoken_fact(fact)}”{self.places.of(fact)}" for fact in beyond.facts)
                yield Line(f"It would rest on {'; '.join(facts)}.", indent=6)
        if self.item.beyond or self.item.remains:
            last = f"{self._word(STAY)}: {self.item.remains}" if self.item.remains else self._word(GO)
            yield bullet(f"Without any of this {last}.", 4)

    def _outcome(self, without: Without) -> str:
        if without.cannot:
            return f"cannot be told, {without.cannot.rstrip('.')}"
        if not without.stays:
            return self._word(GO)
        rules = [reason.because.rule for reason in self.reasons]
        left = [str(number) for number, rule in enumerate(rules, 1) if rule in without.reasons_left]
        if len(left) == len(rules) or len(set(rules)) < len(rules):  # a rule with two reasons: which one stays is not known
            return self._word(STAY)
        reasons = f"reason{'s' if len(left) > 1 else ''} {enumerated(left)}" if left else "another reason"
        return f"{self._word(STAY)}, for {reasons}"

    def _word(self, outcome: str) -> str:
        return SET_ASIDE[outcome] if self.item.section == "set_aside" else outcome


def checking(because: Sequence[Because], *notes: str) -> Iterator[Line]:
    """For the clinician who checks: sources, where facts stand, and the rules."""
    said = (sources_line(because), *notes, rules_line(reason.rule for reason in because))
    yield from (Line(text, "quiet", 2) for text in said if text)


def headed(item: PlanItem, reasons: int = 1) -> list[str]:
    """The title, then what the plan says where that is more than a name."""
    match item.section:
        case "prescriptions":
            titles = [f"Why {item.said} is in the plan{f' ({reasons} reasons)' if reasons > 1 else ''}"]
        case "swaps":
            titles = [_exchange(item.said)]
        case "set_aside":
            name, _, reason = item.said.partition(": ")
            titles = [f"Why {name} was set aside", sentence(reason)]
        case "conclusions":
            titles = [f"Why “{item.said.replace('_', ' ').removesuffix(': yes')}” was concluded"]
        case "schedule":
            phase, colon, rest = item.said.partition(": ")
            titles = [f"What stands on {weekday(item.name)}", f"{phase.replace('_', ' ').capitalize()}{colon}{rest}"]
        case "load_adjustments":
            titles = [f"Load: {METRIC_WORDS.get(item.name, item.name.replace('_', ' ')).lower()}", item.said]
        case "acknowledged":
            titles = ["Why this warning, which a clinician acknowledged", item.said]
        case _:
            titles = [f"Why this {item.section.removesuffix('s')}", item.said]
    return titles


def _exchange(said: str) -> str:
    """“A → B (preference)” as a title."""
    exchange, _, level = said.removesuffix(")").rpartition(" (")
    out, _, instead = exchange.partition(" → ")
    taken = "is left out" if instead == "left out" else f"gives way to {instead}"
    return f"Why {out} {taken} ({LEVEL_WORDS.get(level, level)})"


def _names(without: Sequence[Without]) -> dict[int, str]:
    """Short names where they tell the facts apart, else the whole text."""
    short = {id(fact): f"“{short_fact(_used(fact))}”" for fact in without}
    doubled = {name for name in short.values() if list(short.values()).count(name) > 1}
    return {id(fact): f"“{spoken_fact(_used(fact))}”" if short[id(fact)] in doubled else short[id(fact)] for fact in without}


def _used(without: Without) -> FactUsed:
    return FactUsed(without.fact, at=without.at, text=without.text)
