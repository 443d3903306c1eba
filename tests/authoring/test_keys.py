"""The reference knows every key that a pack's documents may hold, and no other; editors show the same meanings."""

from collections.abc import Iterator

import pytest

from stridewise.authoring.key_docs import DOCUMENTS, FILLED_IN, TITLES, shapes_of
from stridewise.authoring.reference_docs import key_page
from stridewise.authoring.schemas import meanings, schema_of

PAGE = key_page()


def shapes() -> Iterator[tuple[str, set[str]]]:
    """Every shape that is told, with its keys."""
    for document, names in DOCUMENTS.items():
        known = shapes_of(document)
        yield from ((name, {key for key in known[name]["properties"] if (name, key) != FILLED_IN}) for name in names)


@pytest.mark.parametrize(("name", "keys"), list(shapes()), ids=[name for name, _ in shapes()])
def test_every_key_has_its_meaning_and_every_meaning_its_key(name: str, keys: set[str]) -> None:
    told = meanings()[name]
    assert set(told) == keys
    section = PAGE.split(f"\n### {TITLES[name]}\n")[1].split("\n#")[0]
    for key, text in told.items():
        assert f"| `{key}` | {text.replace('|', '/')} |" in section
        assert text.endswith((".", "?"))


def test_no_shape_is_told_that_is_none() -> None:
    assert set(meanings()) == {name for name, _ in shapes()} == set(TITLES)


@pytest.mark.parametrize(
    ("shape", "key"), [("Gate", "earn"), ("Exercise", "demands"), ("Override", "expires"), ("Expectation", "silent")]
)
def test_an_editor_shows_the_meaning(shape: str, key: str) -> None:
    document = {"Gate": "exercise", "Exercise": "exercise", "Override": "pack", "Expectation": "case"}[shape]
    assert schema_of(document)["definitions"][shape]["properties"][key]["description"] == meanings()[shape][key]


def test_what_a_key_may_hold_is_told_in_words() -> None:
    assert "| `expires` | The day until which it holds." in PAGE
    assert "| a day, as 2027-12-31 | yes |" in PAGE
    assert "| `preference`, `precaution`, `contraindication` | yes |" in PAGE
    assert "| `needs` | A condition, or a list of them. |" in PAGE
