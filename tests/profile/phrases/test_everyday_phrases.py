"""What clinicians type on a clinic day is read as they mean it, or refused; never as something else."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from plans import intake, minimal, mistakes
from stridewise.interview.draft import in_one_line
from stridewise.language.fact import Fact

HERE = Path(__file__).parent
WANTED = 0.85


@cache
def everyday() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / "everyday.yaml").read_text(encoding="utf-8"))
    return loaded


REFUSED = yaml.safe_load((HERE / "refused.yaml").read_text(encoding="utf-8"))


def facts_of(*entries: Any) -> list[Fact]:
    return list(intake(minimal(f"findings: {in_one_line(list(entries))}")).facts)


@pytest.mark.parametrize("phrase", [phrase for phrase, facts in everyday().items() if facts])
def test_an_everyday_phrase_states_the_facts_that_are_meant(phrase: str) -> None:
    assert facts_of(phrase) == facts_of(*everyday()[phrase])


@pytest.mark.parametrize("phrase", [*REFUSED, *(phrase for phrase, facts in everyday().items() if not facts)])
def test_what_is_not_understood_is_one_error_at_its_place(phrase: str) -> None:
    """Above all what denies, excludes, hopes or fears is never read as if it were there."""
    (told,) = mistakes(minimal(f"findings: {in_one_line([phrase])}"))
    assert told.startswith("profile.yaml:3: findings[0]: ")


def test_most_of_what_is_typed_is_read() -> None:
    read = [phrase for phrase, facts in everyday().items() if facts]
    assert len(everyday()) >= 115
    assert len(read) >= WANTED * len(everyday())
