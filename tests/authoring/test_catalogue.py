"""The rule catalogue is current, and says of every rule what it says, when, why, how sure, and which cases show it."""

from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli_kit import run
from kit import rule, write_pack
from plans import ATLAS, HINGE_GATE, built_in, clinic, exercise, vocabulary_pack
from stridewise.authoring.catalogue import OWN, catalogue_pages, main
from stridewise.authoring.generated import stale_files
from stridewise.packs.pack import load_pack
from stridewise.program.builder import build_program

FOLDER = Path(__file__).parents[2] / "docs" / "rules"


@cache
def pages() -> dict[str, str]:
    """The pages of the built-in packs, made once."""
    return catalogue_pages(built_in())


def test_the_committed_catalogue_is_current() -> None:
    """What is read on the page is what the packs say. `python -m stridewise.authoring.catalogue docs/rules` mends it."""
    assert stale_files(pages(), FOLDER, OWN) == []


def test_every_rule_that_was_written_is_on_a_page() -> None:
    """Gates are rules of the engine; every other rule can be looked up, that of a pathway with its stage."""
    of_pathways = frozenset().union(*(one.rules for one in built_in().pathways.values()))
    written = [one for one in built_in().rules if not one.id.endswith("-is-earned")]
    assert written
    assert of_pathways
    for one in written:
        name = f"`{one.id}`" if one.id in of_pathways else f"`{one.id}`\n"
        assert name in pages()[f"{one.pack}.md"], one.id


@pytest.mark.parametrize("part", ["**When**", "**Then**", "**Why:**", "**How sure:**", "**Sources:**", "**Cases:**"])
def test_every_rule_has_every_part(part: str) -> None:
    """Nothing is left out for any rule."""
    for name, page in pages().items():
        if name != "README.md":
            assert page.count(part) == page.count("\n### "), name


def test_every_rule_is_shown_by_a_case() -> None:
    """A rule that no case names would be a promise."""
    assert not [name for name, page in pages().items() if "\n- none" in page]


def test_conditions_are_told_in_words(tmp_path: Path) -> None:
    """Labels, comparisons and negations as a reader would say them."""
    made = rule(
        "words",
        [{"weakness": "soleus", "side": "$side"}, {"age": ">= 40"}, {"absent": {"high_mileage": True}}],
        [{"target": "soleus_strength", "side": "$side"}, {"avoid": {"demand": "impact", "above": 1}, "level": "precaution"}],
    )
    page = catalogue_pages(clinic(tmp_path, made))["trial.md"]
    assert "- weak soleus (side $side)" in page
    assert "at least 40" in page
    assert "- not: high weekly distance: yes" in page
    assert "- train soleus strength (side $side, priority medium)" in page
    assert "- avoid (precaution) all exercises with more than 1 of impact" in page


def test_a_source_says_its_level_and_whether_it_was_checked() -> None:
    """The reader sees at once what stands on a page that was read."""
    assert "level 2, checked)" in pages()["load.md"]
    assert "(`stridewise-policy#judgement`, level 5, not checked)" in pages()["safety.md"]


@pytest.mark.slow
def test_check_names_what_is_out_of_date(tmp_path: Path) -> None:
    """With --check nothing is written, and a changed, a missing and a left-over page are each named."""
    done = CliRunner().invoke(main, [str(tmp_path / "rules")])
    assert done.exit_code == 0
    assert CliRunner().invoke(main, ["--check", str(tmp_path / "rules")]).exit_code == 0
    (tmp_path / "rules" / "load.md").write_text("old", encoding="utf-8")
    (tmp_path / "rules" / "README.md").unlink()
    (tmp_path / "rules" / "gone.md").write_text("left over", encoding="utf-8")
    failed = CliRunner().invoke(main, ["--check", str(tmp_path / "rules")])
    assert failed.exit_code == 1
    assert all(name in failed.output for name in ("load.md", "README.md", "gone.md"))
    assert (tmp_path / "rules" / "load.md").read_text(encoding="utf-8") == "old"
    assert CliRunner().invoke(main, [str(tmp_path / "rules")]).exit_code == 0
    assert stale_files(pages(), tmp_path / "rules", OWN) == []


def test_a_page_holds_what_a_pack_brings_besides_rules(tmp_path: Path) -> None:
    """Its overrides with who decided so, its exercises, its kinds and its terms; a pack without rules has its page too."""
    decided = {"reason": "New runners.", "by": "A. B.", "expires": "2027-12-31"}
    change = {"threshold": "first/far", "action": "retune", "to": "56 km", **decided}
    hop = exercise("own_hop", gates=[HINGE_GATE], demands={"impact": 2})
    words = {
        "kinds": {"stairs": {"open": True, "label": "{value} of stairs", "value": {"number": "floors"}, "question": "How many?"}},
        "terms": {"muscles": {"big_toe": {"label": "big toe flexor", "aliases": ["toe muscle"]}}},
    }
    first = write_pack(tmp_path / "first", {}, thresholds={"far": {"value": 64, "unit": "km"}})
    files = {"exercises/all.yaml": [hop], "vocabulary/own.yaml": words, "sources.yaml": ATLAS}
    own = write_pack(tmp_path / "own", files, overrides=[change])
    packs = [vocabulary_pack(), load_pack(first, shown="first"), load_pack(own, shown="own")]
    page = catalogue_pages(build_program(packs, without_safety=True))["own.md"]
    assert "| `first/far` | set to 56 km | New runners. | A. B. | until 2027-12-31 |" in page
    assert "| Own hop (`own_hop`) | squat pattern | strength: 3 × 10 | impact 2 | Show a hinge. |" in page
    assert "| `stairs` | number (floors); open | … of stairs | How many? |" in page
    assert "| `muscles` | `big_toe` | big toe flexor | toe muscle |" in page


def test_no_text_of_a_pack_brings_a_tag_or_a_link_into_any_page(tmp_path: Path) -> None:
    """The index too: it told title and reviewer as they stood."""
    evil = "<img src=x> ![i](http://e.test) [l](http://e.test)"
    thresholds = {"far": {"value": 64, "unit": "km", "source": evil}}
    hop = {**exercise("own_hop"), "name": f"Hop {evil}"}
    head = {"title": f"Title {evil}", "reviewer": f"A. {evil}", "author": evil, "thresholds": thresholds}
    own = write_pack(tmp_path / "own", {"exercises/all.yaml": [hop], "sources.yaml": ATLAS}, **head)
    made = catalogue_pages(build_program([vocabulary_pack(), load_pack(own, shown="own")], without_safety=True))
    assert "[own](own.md)" in made["README.md"]
    assert "Title " in made["README.md"] and "Hop " in made["own.md"]
    assert not [name for name, page in made.items() if "<img" in page or "](http" in page]


def test_pages_are_never_written_into_a_pack(tmp_path: Path) -> None:
    """Its README would be lost."""
    pack = tmp_path / "clinic"
    pack.mkdir()
    (pack / "pack.yaml").write_text("name: clinic\nversion: 1\n", encoding="utf-8")
    (pack / "README.md").write_text("Ours.\n", encoding="utf-8")
    ran = run("pack", "docs", pack)
    assert ran.code == 2
    assert "is a rule pack; name another folder" in ran.err
    assert (pack / "README.md").read_text("utf-8") == "Ours.\n"
