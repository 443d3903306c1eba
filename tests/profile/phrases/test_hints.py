"""A hint is a slip in the same words: never an opposite, a negation, another number, or a red flag that was not named."""

import pytest

from plans import built_in, minimal, mistakes
from stridewise.errors import did_you_mean

OPPOSITES = [
    ("weak abductors", "weak adductors"),
    ("hip abduction", "hip adduction"),
    ("internal rotation", "external rotation"),
    ("hypomobile", "hypermobile"),
    ("weak hip extensors", "weak hip flexors"),
    ("inversion", "eversion"),
    ("increase", "decrease"),
    ("uncontrolled", "controlled"),
    ("unstable", "stable"),
    ("varus knee", "valgus knee"),
    ("pronation", "supination"),
    ("female", "male"),
    ("abducters", "adductors"),
    ("progression", "regression"),
]
OTHERS = [
    ("no chest pain when running", "chest pain when running"),
    ("chest pain", "achilles pain"),
    ("not swollen", "hot swollen"),
    ("hypertension", "uncontrolled_hypertension"),
    ("50 km", "5 km"),
    ("10k", "100k"),
    ("a12", "a1"),
    ("calf pain", "half pain"),
    ("glute", "glute med"),
]


@pytest.mark.parametrize(("word", "name"), [*OPPOSITES, *(pair[::-1] for pair in OPPOSITES), *OTHERS])
def test_another_word_is_never_offered(word: str, name: str) -> None:
    assert did_you_mean(word, [name]) == ""


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("gluteus_maximum", "gluteus_maximus"),
        ("weak gluts", "weak glutes"),
        ("findngs", "findings"),
        ("achiles pain", "achilles pain"),
        ("rde", "red"),
        ("Fevr", "fever"),
        ("weekly_distanse_km", "weekly_distance_km"),
        ("feever", "fever"),
    ],
)
def test_a_slip_in_the_same_words_is_found(word: str, name: str) -> None:
    assert did_you_mean(word, [name, "something else", "elsewhere"]) == f' Did you mean "{name}"?'


def test_no_phrase_of_the_vocabulary_is_the_hint_of_its_denial() -> None:
    """Whatever is put before a phrase that turns it round, no hint leads back to it."""
    for alias in built_in().vocabulary.aliases.values():
        for denied in (f"no {alias.phrase}", f"not {alias.phrase}", f"non-{alias.phrase}"):
            assert did_you_mean(denied, [alias.phrase]) == "", denied


@pytest.mark.parametrize("phrase", ["sadle numbness", "chest pain when runing", "collapsed during a rnu", "swolen calf", "fevr"])
def test_a_red_flag_is_no_hint_among_the_findings(phrase: str) -> None:
    (told,) = mistakes(minimal(f'findings: ["{phrase}"]'))
    assert "Did you mean" not in told


def test_in_the_list_of_red_flags_a_slip_is_found() -> None:
    """Who writes there means one."""
    (told,) = mistakes(minimal("goal: {}\nsafety: {red_flags: [saddle_numbnes]}"))
    assert 'Did you mean "saddle_numbness"?' in told
