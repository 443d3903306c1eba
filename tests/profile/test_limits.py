"""How much a profile may hold: what is beyond is refused with its line, before anything of it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import built_in, minimal, plan_or_error
from stridewise.errors import MAX_SHOWN, Problem, ProfileError, _differ, _distance
from stridewise.language.vocabulary import slots_of
from stridewise.profile.limits import MOST_ENTRIES, MOST_LETTERS
from stridewise.profile.phrases.details import details_in
from stridewise.profile.phrases.entries import LONGEST_LINE, read_entries
from stridewise.profile.phrases.slots import is_pattern, ways_to_say, written_out
from stridewise.profile.phrases.text import plain
from stridewise.profile.phrases.words import MOST_READINGS, _groups, readings


def refused(text: str) -> str:
    made = plan_or_error(minimal(text), name="p.yaml", engine="reference")
    assert isinstance(made, str), "it was read"
    return made


@pytest.mark.parametrize("section", ["findings", "symptoms", "nonsense"])
def test_a_list_without_end_is_refused_at_the_first_that_is_too_many(section: str) -> None:
    """In any section, and before what else is wrong with it."""
    text = f"{section}:\n" + "- {weakness: soleus}\n" * (MOST_ENTRIES + 1)
    assert (
        refused(text)
        == f"p.yaml:{3 + MOST_ENTRIES + 1}: {section}: 401 entries are listed, and at most 400 are read; leave out what repeats"
    )


def test_lists_inside_are_counted_too() -> None:
    assert "findings.0.weakness: 401 entries" in refused(f"findings: [{{weakness: [{', '.join(['soleus'] * 401)}]}}]\n")


def test_own_words_without_end_are_refused_where_they_get_too_many() -> None:
    line = "weak glutes " * 16  # less than the longest jotting
    count = MOST_LETTERS // (len(line) - 1)
    message = refused("findings:\n" + f"- {line}\n" * (count + 5))
    assert message.startswith(f"p.yaml:{4 + count}: findings[{count}]: the lines up to here hold more than 10000 letters")


def test_a_line_of_many_entries_is_bounded() -> None:
    """Each "and" in it is a place to part it: thousands would never end."""
    with pytest.raises(ValueError, match="1043 letters long; write shorter ones"):
        read_entries("weak glutes and " * 65 + "abc", built_in().vocabulary)
    assert len(read_entries("; ".join(["weak glutes"] * (LONGEST_LINE // 13)), built_in().vocabulary)) == LONGEST_LINE // 13


def test_a_jotting_of_details_alone_is_told_and_not_tried_out() -> None:
    """Twelve numbers can be taken out in thousands of ways."""
    with pytest.raises(ValueError, match="holds too many numbers, sides and times for one entry; part them with commas, or"):
        read_entries("knee 3/10 " * 14, built_in().vocabulary)


def test_words_that_can_be_taken_apart_in_too_many_ways_are_told() -> None:
    """A search for what takes long found it: a profile full of such lines took seven seconds."""
    line = (
        "weak upper asks about running economy (not irritable|non-irritable|mildly irritable) OA knee (not ir"
        "ritable|non-irritable|mildly irritable) Furcken (Schmerzen|schmerzt|Schmerz|tut weh) knee no gym ("
    )
    with pytest.raises(ValueError, match="write several"):
        read_entries(line, built_in().vocabulary)


def test_a_long_jotting_is_read_where_a_comma_parts_its_details() -> None:
    """All that can be said of a pain, in one breath, is too much; as the message says, one comma is enough."""
    pain, more = "ball of the foot pain 2/10 next morning 3 no night pain", "gradual onset diffuse for 12 weeks R stable"
    with pytest.raises(ValueError, match="part them with commas"):
        read_entries(f"{pain} {more}", built_in().vocabulary)
    (entry,) = read_entries(f"{pain}, {more}", built_in().vocabulary)
    assert (entry["pain"], entry["side"], entry["weeks"], entry["focal"]) == ("forefoot", "right", 12, "no")


def test_where_commas_part_it_whatever_is_taken_out_nothing_is_tried() -> None:
    text = ", ".join(["knee pain L 3/10 6 weeks"] * 5)
    assert list(readings(text, built_in().vocabulary)) == []
    assert 0 < len(list(readings("knee pain L 3/10 during run, 6 weeks", built_in().vocabulary))) < MOST_READINGS
    long = "achilles pain L 4/10 for 10 weeks gradual onset diffuse next morning 5/10 night 3/10 rising worst 7/10 after 9 min"
    assert list(readings(long, built_in().vocabulary))


def said(phrase: str) -> str:
    """A phrase as it may be typed."""
    terms = built_in().vocabulary.terms
    slots = {slot: next(iter(terms[slot].values())).label if slot in terms else "3 weeks" for slot in slots_of(phrase)}
    return written_out(phrase, {**slots, "n": "3"}) if is_pattern(phrase) else phrase


def test_no_phrase_holds_more_numbers_sides_and_times_than_are_left_in_a_jotting() -> None:
    """Three: what leaves more in is no way to read it, and is not tried. A comma ends the words that can be one phrase."""
    vocabulary = built_in().vocabulary
    terms = [way for listed in vocabulary.terms.values() for term in listed.values() for way in ways_to_say(term)]
    phrases = [said(alias.phrase) for alias in vocabulary.aliases.values()]
    whole = {plain(phrase) for phrase in (*phrases, *terms) if "," not in phrase}
    assert len(whole) > 3_000
    assert {phrase for phrase in whole if len(_groups(details_in(phrase, vocabulary))) > 3} == set()


def test_a_long_jotting_of_one_pain_is_read_whole() -> None:
    long = "achilles pain L 4/10 for 10 weeks gradual onset diffuse morning 5/10 getting worse worst 7/10 after 9 min running"
    (pain,) = read_entries(long, built_in().vocabulary, ("pain",))
    assert isinstance(pain, dict)
    said = [pain[name] for name in ("side", "intensity", "weeks", "next_morning", "worst", "onset_after_min", "focal", "rising")]
    assert said == ["left", 4, 10, 5, 7, 9, "no", "yes"]


def test_problems_that_are_counted_are_counted_once_and_told_last() -> None:
    """However often errors are gathered into another."""
    first = ProfileError([Problem("p.yaml", number, "wrong") for number in range(1, MAX_SHOWN + 301)])
    both = ProfileError([*first.problems, *ProfileError("alone").problems])
    assert str(first).splitlines()[-1] == "… and 300 more of the kind"
    assert str(both).splitlines()[-1] == "… and 301 more of the kind"
    assert sum("more of the kind" in line for line in str(both).splitlines()) == 1


@given(st.text("abcde", min_size=1, max_size=9), st.text("abcde", min_size=1, max_size=9))
def test_words_of_other_letters_are_no_slips(one: str, other: str) -> None:
    """The quick look leaves out only what two slips cannot explain."""
    assert not _differ(one, other) or _distance(one, other) > 2
