"""A plan in another language is the English one, told anew: the same in all that is no text. Every text it tells is one that
translators are shown, and the runner's sheet in German says nothing in English."""

import json
import random
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from cli_kit import run
from plans import DAY, PROFILES, built_in, built_in_packs, profile
from population import profile_of
from stridewise import session as sessions
from stridewise.authoring.cases import document_of, read_cases
from stridewise.authoring.translations import OWN, SHEET, coverage, texts_of
from stridewise.documents.reader import read_document
from stridewise.errors import InferenceError, ProfileError
from stridewise.language.translation import Language, speaking
from stridewise.plan.audit.told import check_told
from stridewise.plan.model import Plan
from stridewise.plan.seal import to_values
from stridewise.profile.profile import read_profile
from stridewise.program.languages import language_of
from stridewise.render.formats import render_plans
from stridewise.session import recommend

MANY = 60
TOLD = ("handout", "letter", "text", "ics")


class Asked(dict[str, str]):
    """Texts of a language that says nothing, and notes what was wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def __bool__(self) -> bool:
        return True

    def get(self, text: str, default: object = None) -> None:  # type: ignore[override]  # it only notes
        self.texts.add(text)


@cache
def german(path: Path) -> Plan:
    return recommend(read_profile(read_document(path, path.name, ProfileError), path.parent), built_in(), DAY, "reference", "de")


# --- the same plan ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_german_plan_differs_from_the_english_one_in_words_alone() -> None:
    """Made for random runners; `hold_session` compares the two and would raise."""
    for seed in random.Random(7).sample(range(20_000), MANY):  # noqa: S311
        made = recommend(profile(json.dumps(profile_of(seed))), built_in(), DAY, "reference", "de")
        assert made.language == "de"


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ({"km": 5}, {"km": 6}),
        ({"prescriptions": [1]}, {"prescriptions": []}),
        ({"exercise": "squat"}, {"exercise": "kniebeuge"}),
        ({"text": "Stop."}, {"text": ""}),
        ({"text": "Stop."}, {"km": 5}),
    ],
)
def test_a_plan_that_says_more_or_less_is_refused(english: object, told: object) -> None:
    with pytest.raises(InferenceError, match='the plan in "de" is not the English one'):
        check_told(english, told, "de")


def test_other_words_are_no_difference() -> None:
    check_told({"text": "Stop.", "km": 5}, {"text": "Halt.", "km": 5, "language": "de"}, "de")


def test_an_english_plan_holds_no_language() -> None:
    """Its JSON is the contract's, key for key."""
    made = recommend(profile(json.dumps(profile_of(1))), built_in(), DAY, "reference", "en")
    assert "language" not in to_values(made)


# --- every text -------------------------------------------------------------------------------------------------------


def test_every_text_that_is_told_is_shown_to_translators(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans, sheets, letters and calendars of a part of the casebook ask for no text that is not listed."""
    asked = Asked()
    monkeypatch.setattr(sessions, "language_of", lambda program, code: Language("de", asked, {}))
    cases = [case for pack in built_in_packs() for case in read_cases(pack)][::25]
    for case in cases:
        try:
            made = recommend(read_profile(document_of(case)), built_in(), case.shape.as_of, "reference", "de")
        except ProfileError:
            continue
        for form in TOLD:
            render_plans([made], form)
    listed = {text for _, _, text in texts_of(built_in())}
    assert len(asked.texts) > 500
    told = {text for text in asked.texts if any(map(str.isalpha, text))}
    assert not sorted(told - listed)


def test_german_says_all_that_the_runner_reads() -> None:
    told = {one.sort: one.missing for one in coverage(built_in(), language_of(built_in(), "de"))}
    for sort in (OWN, "exercises", "terms", "pathways", "what rules say", SHEET):
        assert not told[sort], sort


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_the_german_sheet_says_nothing_in_english(path: Path) -> None:
    """No word that only English has stands on it."""
    sheet = render_plans([german(path)], "handout")
    words = set(re.findall(r"[a-z]+", re.sub(r"<style>.*?</style>|<[^>]+>", " ", sheet, flags=re.DOTALL).lower()))
    assert '<html lang="de">' in sheet
    assert not words & {"the", "your", "with", "and", "until", "leave", "stop", "pain", "keep", "this", "weeks", "not", "is"}


def test_a_threshold_in_a_text_has_its_unit_in_german() -> None:
    with speaking(language_of(built_in(), "de")):
        told = built_in().numbers("load").values()
    assert any("Wochen" in number for number in told)
    assert not any("weeks" in number for number in told)
    assert any("weeks" in number for number in built_in().numbers("load").values())


def test_a_text_that_has_changed_is_told_in_english() -> None:
    """A translation is known by its English text: it can never outlive it."""
    language = language_of(built_in(), "de")
    assert language.of("Your exercise plan") is not None
    assert language.of("Your exercise plan, changed") is None


# --- half a translation -----------------------------------------------------------------------------------------------

IN_ENGLISH = "of this plan|dieses Plans"  # whichever language has the sentence itself


def without(path: Path, monkeypatch: pytest.MonkeyPatch, *gone: str) -> Plan:
    """The German plan of a runner for whom German lacks these texts."""
    whole = language_of(built_in(), "de")
    texts = {text: said for text, said in (whole.texts or {}).items() if text not in gone}
    only = {where: {text: said for text, said in of.items() if text not in gone} for where, of in (whole.only or {}).items()}
    monkeypatch.setattr(sessions, "language_of", lambda program, code: Language("de", texts, only))
    return recommend(read_profile(read_document(path, path.name, ProfileError), path.parent), built_in(), DAY, "reference", "de")


def test_a_plan_of_which_a_language_says_half_says_so_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the clinician, with how to list the texts; the runner's sheet and the letters hold no word of it."""
    exercise = built_in().exercises[german(PROFILES[0]).prescriptions[0].exercise]
    gone = [exercise.stop_if, exercise.feel, exercise.fault]
    made = without(PROFILES[0], monkeypatch, *gone)
    (notice,) = [one for one in made.notices if re.search(IN_ENGLISH, one)]
    assert notice.startswith(f"{len(gone)} Texte")
    assert "recommend pack check --lang de --level info" in notice
    for form in ("text", "markdown", "html", "json"):
        shown = re.sub(r"\s+", " ", render_plans([made], form))
        assert len(re.findall(IN_ENGLISH, shown)) == 1, form
    for form in ("handout", "letter", "ics"):
        assert not re.search(IN_ENGLISH, render_plans([made], form)), form


def test_what_a_plan_does_not_tell_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every piece of equipment is looked up, and only what stands in the plan is told."""
    assert without(PROFILES[0], monkeypatch, "trap bar", "cable machine").notices == german(PROFILES[0]).notices


def test_a_language_that_says_everything_says_nothing_of_itself() -> None:
    assert not [one for path in PROFILES for one in german(path).notices if re.search(IN_ENGLISH, one)]


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_language_is_asked_for_or_the_runners_own(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(f"language: de\n{PROFILES[0].read_text('utf-8')}", encoding="utf-8")
    assert "Ihr Übungsplan" in run(str(own), "--format", "handout", "--as-of", "2026-11-21").out
    assert "Your exercise plan" in run(str(own), "--format", "handout", "--lang", "en", "--as-of", "2026-11-21").out
    assert "Ihr Übungsplan" in run(str(PROFILES[0]), "--format", "handout", "--lang", "de", "--as-of", "2026-11-21").out


def test_a_clinics_language_is_what_is_left(tmp_path: Path) -> None:
    clinic, own = tmp_path / "clinic.yaml", tmp_path / "own.yaml"
    clinic.write_text("name: Hügelpraxis\nlanguage: de\n", encoding="utf-8")
    own.write_text(f"language: en\n{PROFILES[0].read_text('utf-8')}", encoding="utf-8")
    printed = ("--format", "handout", "--clinic", str(clinic), "--as-of", "2026-11-21")
    assert "Ihr Übungsplan" in run(str(PROFILES[0]), *printed).out
    assert "Your exercise plan" in run(str(own), *printed).out


def test_an_unknown_language_is_an_error_that_names_the_known_ones() -> None:
    result = run(str(PROFILES[0]), "--lang", "ge")
    assert (result.code, result.out) == (2, "")
    assert 'no pack has texts in "ge"; there is en, de' in result.err


def test_dates_are_written_as_the_language_writes_them() -> None:
    made = german(next(path for path in PROFILES if path.stem == "marathoner_in_three_weeks"))
    assert "Samstag, 21. November 2026" in render_plans([made], "handout")
    assert date.fromisoformat(made.as_of) == DAY


def test_pack_check_counts_what_a_language_says() -> None:
    result = run("pack", "check", "--lang", "de")
    assert result.code == 0
    assert re.search(r"exercises: (\d+) of \1\n", result.out)
