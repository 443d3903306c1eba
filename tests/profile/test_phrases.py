"""Phrases of the vocabulary work as they are written; what is said twice is one fact, what disagrees is refused."""

from decimal import Decimal

import pytest

from plans import FOUR_PHRASES, built_in, intake, minimal, mistakes, taken, values
from stridewise.language.vocabulary import fold, slots_of
from stridewise.profile.phrases.slots import written_out

EXAMPLES = {
    "n": "3",
    "time": "6 weeks",
    "pain_regions": "achilles",
    "distances": "marathon",
    "muscles": "soleus",
    "absences": "fever",
    "conditions": "calf strain",
    "motions": "dorsiflexion",
    "medications": "warfarin",
}
LARGE = ("BP", "blood pressure", "cadence", "Blutdruck", "RR", "Schrittfrequenz", "Kadenz")  # what counts no 3

# --- phrases ----------------------------------------------------------------------------------------------------------


def test_the_four_phrases_of_the_example_are_understood() -> None:
    """Word for word, together and each alone, in every spelling."""
    together = intake(minimal(f"findings: [{', '.join(FOUR_PHRASES)}]")).facts
    alone = [fact for phrase in FOUR_PHRASES for fact in intake(minimal(f"findings: [{phrase}]")).facts]
    assert sorted(together, key=lambda f: f.sort_key) == sorted(alone, key=lambda f: f.sort_key)
    assert {fact.kind for fact in together} == {"weakness", "movement_fault", "reported_mileage", "weeks_to_race", "days_to_race"}


@pytest.mark.parametrize("phrase", sorted(alias.phrase for alias in built_in().vocabulary.aliases.values()))
def test_every_phrase_of_the_vocabulary_works_as_it_is_written(phrase: str) -> None:
    """No phrase is out of reach, and case and spaces do not matter."""
    number = {"n": "120"} if phrase.startswith(LARGE) else {}
    written = written_out(phrase, EXAMPLES | number)
    facts = intake(minimal(f'findings: ["{written}"]')).facts
    kinds = {next(iter(fact)) for fact in built_in().vocabulary.aliases[fold(phrase)].facts}
    assert kinds <= {fact.kind for fact in facts} | {"weeks_to_race"}
    assert facts
    assert intake(minimal(f'findings: ["  {written.upper().replace(" ", "   ")}"]')).facts == facts


def test_every_example_of_a_slot_is_one() -> None:
    slots = {slot for alias in built_in().vocabulary.aliases.values() for slot in slots_of(alias.phrase)}
    assert slots == EXAMPLES.keys()


@pytest.mark.parametrize(
    "phrase",
    [
        "race in -3 weeks",
        "race in 2-3 weeks",
        "race in 2 3 weeks",
        "race in 1,5 weeks",
        "race in n weeks",
        "race in three weeks",
        "60-70 km a week",
        "race in 3 weeks or so",
        "race in weeks",
        "strong glutes",
        "weak glute",
    ],
)
def test_a_phrase_is_never_understood_as_something_else(phrase: str) -> None:
    """A range, a sign or a gap in a number changes its meaning, so such a phrase is refused rather than guessed."""
    told = mistakes(minimal(f'findings: ["{phrase}"]'))
    assert len(told) == 1
    assert told[0].startswith("profile.yaml:3: findings[0]: ")


@pytest.mark.parametrize("number", ["0", "3", "2.5", "12", "0.5"])
def test_a_number_in_a_phrase_is_taken_over(number: str) -> None:
    """{n} is any number from 0 on; a race is on a whole day."""
    assert values(minimal(f"findings: [race in {number} weeks]"), "days_to_race") == [Decimal(number) * 7 // 1]


def test_attributes_are_passed_on_to_a_phrase() -> None:
    """{alias: weak glutes, side: left} is weak glutes on the left."""
    found = taken(minimal("findings: [{alias: weak glutes, side: left, grade: marked}]"), "weakness")
    assert {(fact.value, fact.side, fact.get("grade")) for fact in found} == {
        ("gluteus_maximus", "left", "marked"),
        ("gluteus_medius", "left", "marked"),
    }


def test_an_explicit_finding_replaces_what_a_phrase_says() -> None:
    """The same kind, value and side in its own words wins over the phrase, wherever it stands; the rest of the phrase stays."""
    explicit = "{weakness: gluteus_medius, side: left, grade: marked}"
    for entries in (f"[weak glutes, {explicit}]", f"[{explicit}, weak glutes]"):
        found = taken(minimal(f"findings: {entries}"), "weakness")
        assert {(fact.value, fact.side): fact.get("grade") for fact in found} == {
            ("gluteus_maximus", "left"): "mild",
            ("gluteus_maximus", "right"): "mild",
            ("gluteus_medius", "left"): "marked",
            ("gluteus_medius", "right"): "mild",
        }


def test_the_same_said_twice_is_one_fact_with_both_lines() -> None:
    """Two lines that say the same are two places of one fact; what one of them says is not assumed."""
    (fact, _) = taken(minimal("findings:\n  - {weakness: soleus}\n  - {weakness: soleus, grade: mild}\n"), "weakness")
    assert [place.line for place in fact.places] == [4, 5]
    assert fact.assumed == {"side"}


# --- contradictions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sections",
    [
        "findings: [race in 3 weeks]\nrace: {in_weeks: 4}",
        "findings: [race in 3 weeks]\nrace: {date: 2026-12-13}",
        "findings: [race in 3 weeks, race in 4 weeks]",
        "findings: [marathon in 3 weeks]\nrace: {distance: 10k, in_weeks: 3}",
        "findings: [60 km a week]\ntraining: {weekly_distance_km: [50, 61]}",
        "findings: [longest run 20 km]\ntraining: {longest_run_km: 21}",
        "findings: [new to strength training]\ntraining: {strength: {experience_months: 12}}",
        "findings: [{weakness: soleus, grade: normal}, {weakness: soleus, side: left, grade: marked}]",
        "findings: [{heel_raise_reps: 20}, {heel_raise_reps: {left: 22, right: 20}}]",
        "findings: [{age: 30}]\ntraining: {surface: road}\ngoal: {}\nhistory: [{age: 31}]",
    ],
)
def test_two_sections_that_disagree_are_refused(sections: str) -> None:
    """Neither of two contradicting statements is dropped in silence; both lines are named."""
    told = mistakes(minimal(sections))
    assert len(told) == 1
    assert "keep one" in told[0]
    assert told[0].count("profile.yaml:") == 2


@pytest.mark.parametrize(
    "sections",
    [
        "findings: [race in 3 weeks]\nrace: {in_weeks: 3, distance: 10k}",
        "findings: [race in 3 weeks]\nrace: {date: 2026-12-12}",
        "findings: [60 km a week]\ntraining: {weekly_distance_km: [50, 60]}",
        "findings: [weak glutes, {weakness: gluteus_medius, side: left, grade: normal}]",
        "findings: [{weakness: soleus, side: left, grade: normal}, {weakness: soleus, side: right, grade: marked}]",
        "findings: [{pain: heel, side: left, during: run}, {pain: heel, side: left, during: walk}]",
        "findings: [{heel_raise_reps: 20}, {heel_raise_reps: {left: 20, right: 20}}]",
    ],
)
def test_what_agrees_is_no_contradiction(sections: str) -> None:
    """Saying the same twice, or different things of different sides, is fine."""
    assert intake(minimal("recorded: 2026-11-21\n" + sections)).facts


def test_numbers_that_are_equal_are_equal_however_written() -> None:
    """60, 60.0 and 60 km are one statement."""
    assert len(values(minimal("findings: [{weekly_distance: 60.0}, {weekly_distance: 60 km}]"), "weekly_distance")) == 1
