"""What an answer means: each of these writes one into a draft, or raises ValueError saying what is expected."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from stridewise.interview.draft import Draft
from stridewise.language.vocabulary import ValueType, Vocabulary, fold
from stridewise.profile.paths import LEAVES
from stridewise.profile.phrases.entries import kinds_of, read_entries

Read = Callable[[Draft, str, Vocabulary], None]
NONE = ("none", "no", "nothing", "0")
YES = ("yes", "y")


def text_at(path: str) -> Read:
    """Any text, as it is."""
    return lambda draft, text, _: draft.put(path, text)


def number_at(path: str, example: str) -> Read:
    """A number, with its unit where one is written; the profile's own check says what is wrong with it."""

    def read(draft: Draft, text: str, _: Vocabulary) -> None:
        if not re.match(r"[0-9]", text):
            raise ValueError(f'expected a number, such as "{example}", found "{text[:40]}"')
        draft.put(path, _amount(text))

    return read


def _amount(text: str) -> Any:
    return Decimal(text) if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text) else text


def term_at(path: str, name: str) -> Read:
    """One term of the list that the profile asks for there."""

    def read(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
        draft.put(path, _known(vocabulary, LEAVES[path].terms, text, name))

    return read


def _known(vocabulary: Vocabulary, terms: str, text: str, name: str) -> str:
    """The term that the words mean. Raises ValueError with the nearest one."""
    return str(vocabulary.read(ValueType(terms=terms), text, name))


def terms_at(path: str, name: str) -> Read:
    """Terms of the list that the profile asks for there, separated by commas, or none."""

    def read(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
        given = [] if text.casefold() in NONE else _split(text)
        draft.put(path, [_known(vocabulary, LEAVES[path].terms, word, name) for word in given])

    return read


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;]", text) if part.strip()]


def red_flags(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
    """An answer of any kind means that they were asked today."""
    terms_at("safety.red_flags", "red flag")(draft, text, vocabulary)
    draft.put("safety.screened", draft.root["recorded"])


def par_q(draft: Draft, text: str, _: Vocabulary) -> None:
    """No, yes, yes with a referral, or yes with the name and day of a clearance."""
    word = text.casefold()
    cleared = re.fullmatch(r"(?:yes,? )?cleared by (.+?),? on ([0-9]{4}-[0-9]{2}-[0-9]{2})", text, re.IGNORECASE)
    if word in NONE:
        draft.put("safety.par_q", {"any_yes": False})
    elif cleared:
        draft.put("safety.par_q", {"any_yes": True, "follow_up": "cleared", "by": cleared[1], "date": cleared[2]})
    elif word.removeprefix("yes, ").removeprefix("yes ") == "referred":
        draft.put("safety.par_q", {"any_yes": True, "follow_up": "referred"})
    elif word in YES:
        draft.put("safety.par_q", {"any_yes": True, "follow_up": "not_done"})
    else:
        raise ValueError(f'expected no, yes, "yes, referred" or "yes, cleared by NAME on 2026-11-21", found "{text[:40]}"')


def birth(draft: Draft, text: str, _: Vocabulary) -> None:
    """`pregnant 20 weeks`, `8 weeks after birth`, or no."""
    weeks = re.search(r"([0-9]+(?:\.[0-9]+)?) ?(?:weeks|week|wks|wk|w)?\b", text)
    word = text.casefold()
    after = re.search(r"post|after|birth|partum", word)
    if word in NONE:
        return
    if weeks is None or not (after or "preg" in word):
        raise ValueError(f'expected no, "pregnant 20 weeks" or "8 weeks after birth", found "{text[:40]}"')
    draft.put("safety.postpartum.weeks" if after else "safety.pregnancy.weeks", Decimal(weeks[1]))


def entries_of(section: str) -> Read:
    """Findings in shorthand, each with the words it was given in. A term of the section's own kinds may stand alone."""

    def read(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
        if text.casefold() not in NONE:
            for entry in read_entries(text, vocabulary, kinds_of(section, vocabulary)):
                draft.add(section, entry, text)

    return read


def diagnosis(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
    """A condition by its name. A phrase such as "runner's knee" goes to the findings, where phrases are read."""
    if text.casefold() in NONE:
        return
    for entry in read_entries(text, vocabulary, kinds_of("diagnosis", vocabulary)):
        if isinstance(entry, dict) and "diagnosis" in entry:
            named = {"condition": entry["diagnosis"], **{key: value for key, value in entry.items() if key != "diagnosis"}}
            draft.add("diagnosis", named, text)
        else:
            draft.add("findings", entry, text)


def weeks(draft: Draft, text: str, _: Vocabulary) -> None:
    """Distances of the last weeks, in kilometres unless they end in mi."""
    parts = _split(text)
    unit = re.search(r"(km|mi|miles)\s*$", text)
    if not parts or not all(re.match(r"[0-9]", part) for part in parts):
        raise ValueError(f'expected kilometres a week, oldest first, such as "78, 82, 85, 90", found "{text[:40]}"')
    miles = unit is not None and unit[1] != "km"
    weeks = [_amount(re.sub(r"\s*(km|miles|mi)$", "", part)) for part in parts]
    draft.put("training.weekly_distance_mi" if miles else "training.weekly_distance_km", weeks if len(weeks) > 1 else weeks[0])


def week(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
    """`mon rest, tue intervals`."""
    for part in _split(text):
        day, _, session = part.partition(" ")
        weekday = _known(vocabulary, "weekdays", day, "day")
        draft.put(f"training.week.{weekday}", _known(vocabulary, LEAVES["training.week"].terms, session, "session"))


def race(draft: Draft, text: str, vocabulary: Vocabulary) -> None:
    """`marathon in 3 weeks`, `10k 2026-12-12 A`."""
    if text.casefold() in NONE:
        return
    day, weeks = re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text), re.search(r"\bin ([0-9]+(?:\.[0-9]+)?) weeks?\b", text)
    priority = re.search(r"\b([ABC])(?: race)?$", text)
    distance = text
    for match in filter(None, (day, weeks, priority)):
        distance = distance.replace(match[0], " ")
    distance = re.sub(r"\bon\b|,", " ", distance).strip()
    if not (day or weeks):
        raise ValueError(f'expected a distance and a day, such as "marathon in 3 weeks" or "10k 2026-12-12", found "{text[:40]}"')
    if distance and fold(distance) != "race":
        draft.put("race.distance", _known(vocabulary, LEAVES["race.distance"].terms, distance, "distance"))
    if day:
        draft.put("race.date", day[0])
    if weeks:
        draft.put("race.in_weeks", Decimal(weeks[1]))
    if priority:
        draft.put("race.priority", priority[1])
