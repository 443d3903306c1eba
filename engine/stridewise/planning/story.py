"""The story that a letter tells a colleague: who runs how much, what is reported, known, found and denied. In the words that the
vocabulary has for it; nothing assumed."""

import re
from collections.abc import Iterable
from dataclasses import replace

from stridewise.documents.units import show
from stridewise.language.fact import VALUE, Fact, show_fact
from stridewise.language.traits import Clause
from stridewise.language.translation import fixed, say
from stridewise.language.vocabulary import Kind, Value, Vocabulary
from stridewise.plan.model import Story
from stridewise.planning.situation import Situation
from stridewise.recommendation.reasons import merge_sides

FIELD = re.compile(r"\{(\w+)\}")
SECTIONS = ("symptoms", "diagnosis", "history")
FLAG = "red_flag"
NO_OTHER_FLAG = fixed("none of the other warning signs on our checklist")
NO_FLAG = fixed("none of the warning signs on our checklist")


def story(situation: Situation) -> Story:
    """What is on record, by the paragraph in which it stands; normal findings among the negatives."""
    vocabulary = situation.program.vocabulary
    facts = merge_sides(situation.intake.facts)
    recorded = [fact for fact in facts if vocabulary.kinds[fact.kind].mode == "open"]
    told = {
        section: _told(vocabulary, (fact for fact in recorded if _section(vocabulary, fact) == section and not fact.negative))
        for section in SECTIONS
    }
    told["history"] = tuple(text for text in told["history"] if not _is_told(text, told["diagnosis"]))
    examined = [fact for fact in recorded if _section(vocabulary, fact) not in SECTIONS]
    return Story(
        runner=_runner(situation),
        running=_running(situation),
        symptoms=told["symptoms"],
        diagnosis=told["diagnosis"],
        history=told["history"],
        flags=tuple(_flag(vocabulary, fact) for fact in facts if fact.kind == FLAG),
        examination=_told(vocabulary, (fact for fact in examined if not _says_no(vocabulary, fact))),
        negatives=(*_told(vocabulary, (fact for fact in examined if _says_no(vocabulary, fact))), *_denied(situation)),
    )


def _flag(vocabulary: Vocabulary, fact: Fact) -> str:
    """A warning sign with how long and which way; its name alone where the vocabulary has no words for a letter."""
    kind = vocabulary.kinds[FLAG]
    return phrase(vocabulary, fact) if kind.traits.letter else vocabulary.show_value(kind.type, fact.value)


def _says_no(vocabulary: Vocabulary, fact: Fact) -> bool:
    return bool(fact.negative or vocabulary.kinds[fact.kind].traits.denies)


def _is_told(text: str, told: Iterable[str]) -> bool:
    """Is a lasting condition the diagnosis that stands in the letter already?"""
    words = set(text.lower().replace(",", "").split())
    return any(words <= set(other.lower().replace(",", "").split()) for other in told)


def phrase(vocabulary: Vocabulary, fact: Fact) -> str:
    """One fact as it is written to a colleague: 3-week history of focal right medial shin pain, 6/10 with running."""
    kind = vocabulary.kinds[fact.kind]
    known = replace(fact, attributes=tuple(part for part in fact.attributes if part[0] not in fact.assumed), assumed=frozenset())
    if not kind.traits.letter:
        return show_fact(vocabulary, known)
    said = [next((clause for clause in place if _can_be_said(known, clause)), None) for place in kind.traits.letter]
    words = " ".join(_filled(vocabulary, kind, known, say(clause.say, kind.name)) for clause in said if clause is not None)
    return words.replace(" ,", ",")


def _can_be_said(fact: Fact, clause: Clause) -> bool:
    recorded = {name if name != VALUE else "value": value for name, value in fact.said.items()}
    needed = FIELD.findall(clause.say)
    return all(name in recorded for name in needed) and all(_text(recorded.get(name)) == value for name, value in clause.only)


def _text(value: Value | None) -> str | None:
    return None if value is None else value if isinstance(value, str) else show(value)


def _filled(vocabulary: Vocabulary, kind: Kind, fact: Fact, clause: str) -> str:
    def filled(match: re.Match[str]) -> str:
        name = match[1]
        value = fact.value if name == "value" else fact.get(name)
        type_ = kind.type if name == "value" else kind.attributes[name].type
        term = vocabulary.terms.get(type_.terms, {}).get(str(value)) if type_.terms else None
        if term is None:
            return str(_text(value))
        return say(term.traits.letter) if term.traits.letter else vocabulary.label(type_.terms, term.name)

    return FIELD.sub(filled, clause)


def _told(vocabulary: Vocabulary, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Each fact in its words; a test of both sides in one."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        is_measure = vocabulary.kinds[fact.kind].type.is_number and fact.side is not None
        groups.setdefault(fact.kind if is_measure else phrase(vocabulary, fact), []).append(fact)
    return tuple(_measured(vocabulary, group) if len(group) > 1 else phrase(vocabulary, group[0]) for group in groups.values())


def _measured(vocabulary: Vocabulary, sides: list[Fact]) -> str:
    """Single-leg heel raises: 20 left, 12 right."""
    kind = vocabulary.kinds[sides[0].kind]
    ordered = sorted(sides, key=lambda fact: str(fact.side))
    values = ", ".join(
        f"{vocabulary.show_value(kind.type, fact.value)} {vocabulary.label('sides', str(fact.side))}" for fact in ordered
    )
    return kind.telling(values)


def _section(vocabulary: Vocabulary, fact: Fact) -> str | None:
    return vocabulary.kinds[fact.kind].traits.section


def _denied(situation: Situation) -> tuple[str, ...]:
    """What the red-flag screen answered with no."""
    if FLAG not in situation.memory.answered:
        return ()
    return (say(NO_OTHER_FLAG if situation.names(FLAG) else NO_FLAG),)


def _runner(situation: Situation) -> str:
    """34-year-old female runner; runner."""
    age, sexes = situation.number("age"), sorted(situation.names("sex"))
    term = situation.program.vocabulary.term("sex", sexes[0]) if sexes else None
    sex = say(term.traits.letter) if term is not None and term.traits.letter else ""
    if age is None:
        return say("{sex} runner", sex=sex) if sex else say("runner")
    return say("{age}-year-old {sex} runner", age=age, sex=sex) if sex else say("{age}-year-old runner", age=age)


def _running(situation: Situation) -> str:
    """Running 45 km a week, longest run 18 km; training for a half marathon on 2026-12-12 is told with the plan's aims."""
    week, longest = situation.number("weekly_distance"), situation.number("longest_run")
    parts = [say("running {km} km a week", km=round(week, 0))] if week is not None else []
    return ", ".join([*parts, *([say("longest recent run {km} km", km=round(longest, 0))] if longest is not None else [])])
