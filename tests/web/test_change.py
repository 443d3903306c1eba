"""The clinician's choices from the plan: into the profile, comments kept, and never over what somebody else wrote."""

import json
from pathlib import Path

import pytest

from stridewise.web.folder import digest
from web_kit import FLAGGED, MARATHON, Browser, filled, hidden, words

NAME = "R-014.yaml"
PAGE = f"/p/{NAME}/change"


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return filled(tmp_path)


def choose(browser: Browser, do: str, exercise: str, reason: str = "tried before", name: str = NAME, **more: str) -> object:
    was = digest((browser.folder / name).read_bytes())
    fields = {"was": was, "do": do, "exercise": exercise, "reason": reason, **more}
    return browser.post(f"/p/{name}/change", fields)


def exercises(browser: Browser) -> list[str]:
    """The exercises that can be left out, in the order of the plan."""
    from web_kit import read

    forms = read(browser.get(PAGE)).root.all("section")
    fields = [one.all("input") for one in forms]
    return [next(f.attributes["value"] for f in each if f.attributes["name"] == "exercise") for each in fields]


def test_leaving_out_writes_it_into_the_profile_and_keeps_every_line(browser: Browser) -> None:
    first = exercises(browser)[0]
    answer = choose(browser, "ban", first, "hurt last: year # 2")
    assert answer.status_code == 200
    assert browser.file(NAME).startswith(MARATHON)
    assert browser.file(NAME).removeprefix(MARATHON) == (
        f'clinician:\n  ban:\n    - {{exercise: {first}, reason: "hurt last: year # 2"}}\n'
    )
    assert first not in exercises(browser)
    assert "gone" in words(answer)


def test_the_command_gives_the_same_plan_from_what_was_written(browser: Browser) -> None:
    from cli_kit import run

    choose(browser, "ban", exercises(browser)[0])
    ran = run(browser.folder / NAME, "--as-of", "2026-11-21", "--engine", "reference", "--format", "html")
    shown = browser.get(f"/p/{NAME}").text
    assert ran.code == 0
    assert ran.out.partition("<main>")[2] == shown.partition("<main>")[2]


def test_keeping_takes_the_place_of_leaving_out(browser: Browser) -> None:
    first = exercises(browser)[0]
    choose(browser, "ban", first)
    choose(browser, "pin", first)
    assert "ban:" not in browser.file(NAME)
    assert f"pin:\n    - {{exercise: {first}" in browser.file(NAME)
    assert first in exercises(browser)


def test_a_swap_is_two_choices_with_one_reason(browser: Browser) -> None:
    first = exercises(browser)[0]
    answer = choose(browser, "swap", first, instead="dead_bug")
    assert answer.status_code == 200
    assert first not in exercises(browser)
    assert "dead_bug" in exercises(browser)
    assert browser.file(NAME).count("tried before") == 2


def test_a_dosage_is_set_and_the_rest_stays(browser: Browser) -> None:
    first = exercises(browser)[-1]
    answer = choose(browser, "retune", first, sets="1", reps="5-6", left="4")
    assert answer.status_code == 200
    written = f"{{exercise: {first}, dosage: {{sets: 1, reps: {{min: 5, max: 6}}, effort: {{left: 4}}}}, reason: tried before}}"
    assert written in browser.file(NAME)
    assert "1 × 5–6" in words(browser.get(PAGE))


def test_a_choice_can_be_taken_back(browser: Browser) -> None:
    choose(browser, "ban", exercises(browser)[0])
    browser.post(
        PAGE,
        {
            "was": hidden(browser.get(PAGE), "was"),
            "do": "take back",
            "listed": "ban",
            "exercise": hidden(browser.get(PAGE), "exercise"),
        },
    )
    assert browser.file(NAME) == MARATHON


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"do": "ban", "exercise": "split_squat", "reason": " "}, "a reason is missing"),
        ({"do": "ban", "exercise": "nothing_such", "reason": "x"}, '"nothing_such" is no exercise'),
        ({"do": "swap", "exercise": "split_squat", "instead": "", "reason": "x"}, '"" is no exercise'),
        ({"do": "retune", "exercise": "split_squat", "reason": "x"}, "no dosage is given"),
        ({"do": "retune", "exercise": "split_squat", "reason": "x", "sets": "many"}, 'found "many"'),
        ({"do": "retune", "exercise": "split_squat", "reason": "x", "reps": "9-5"}, "is larger than max"),
        ({"do": "retune", "exercise": "split_squat", "reason": "x", "sets": "0"}, "expected more than 0"),
        ({"do": "clear", "exercise": "split_squat", "reason": "x"}, "is nothing that can be done here"),
    ],
)
def test_what_cannot_be_done_is_told_and_what_was_typed_is_shown(browser: Browser, fields: dict[str, str], told: str) -> None:
    answer = browser.post(PAGE, {"was": digest(MARATHON.encode()), **fields})
    assert answer.status_code == 422
    assert told in words(answer)
    assert fields["exercise"] in words(answer)
    assert browser.file(NAME) == MARATHON


def test_the_second_of_two_windows_is_told_and_nothing_is_lost(browser: Browser) -> None:
    """Both show the same profile; the first writes; the second writes nothing, and can still make its choice."""
    was, (first, second, *_) = hidden(browser.get(PAGE), "was"), exercises(browser)
    browser.post(PAGE, {"was": was, "do": "ban", "exercise": first, "reason": "of the first window"})
    after_first = browser.file(NAME)
    answer = browser.post(PAGE, {"was": was, "do": "ban", "exercise": second, "reason": "of the second"})
    assert answer.status_code == 409
    assert browser.file(NAME) == after_first
    assert "was changed meanwhile" in words(answer)
    assert "of the second" in words(answer)
    again = {name: hidden(answer, name) for name in ("was", "do", "exercise", "reason")}
    assert browser.post(PAGE, again).status_code == 200
    assert "reason: of the first window}" in browser.file(NAME)
    assert "reason: of the second}" in browser.file(NAME)


def test_an_editor_that_saves_meanwhile_is_not_written_over(browser: Browser) -> None:
    was = hidden(browser.get(PAGE), "was")
    (browser.folder / NAME).write_text(MARATHON + "# from the editor\n", encoding="utf-8")
    assert browser.post(PAGE, {"was": was, "do": "ban", "exercise": "split_squat", "reason": "x"}).status_code == 409
    assert browser.file(NAME).endswith("# from the editor\n")


def test_safety_comes_before_a_wish_and_it_is_said(browser: Browser) -> None:
    """What a red flag stops is not put in because somebody asked for it."""
    answer = choose(browser, "pin", "goblet_squat", name="R-020.yaml")
    assert answer.status_code == 200
    assert "Goblet squat is noted, but it is not in the plan" in words(answer)
    assert browser.file("R-020.yaml").startswith(FLAGGED)


def test_a_file_that_cannot_be_changed_alone_is_left_as_it_is(browser: Browser) -> None:
    text = MARATHON + "requires_packs: &none []\nclinician: {ban: *none}\n"
    (browser.folder / NAME).write_text(text, encoding="utf-8")
    answer = choose(browser, "ban", "split_squat")
    assert answer.status_code == 422
    assert "by hand" in words(answer)
    assert browser.file(NAME) == text


def test_a_json_profile_stays_json(browser: Browser) -> None:
    text = json.dumps({"schema": 1, "runner": {"ref": "R-9"}, "training": {"weekly_distance_km": 30}}, indent=1)
    (browser.folder / "R-9.json").write_text(text, encoding="utf-8")
    assert choose(browser, "retune", "split_squat", name="R-9.json", sets="1.5").status_code == 200
    kept = json.loads(browser.file("R-9.json"))["clinician"]
    assert kept == {"retune": [{"exercise": "split_squat", "dosage": {"sets": 1.5}, "reason": "tried before"}]}


@pytest.mark.parametrize("reason", ["<script>alert(1)</script>", '"; DROP', "{a: [b", "- x\n  - y", "null", "é → ü", "'"])
def test_any_reason_is_kept_word_for_word(browser: Browser, reason: str) -> None:
    answer = choose(browser, "ban", exercises(browser)[0], reason)
    assert answer.status_code == 200
    shown = browser.get(PAGE)
    assert " ".join(reason.split()) in words(shown)
    assert "<script" not in shown.text


def test_a_reason_that_would_steer_a_terminal_is_refused(browser: Browser) -> None:
    assert choose(browser, "ban", "split_squat", "a\x1b[2Jb").status_code == 422
    assert browser.file(NAME) == MARATHON
