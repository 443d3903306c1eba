"""What takes longest? Change documents part by part, those most that took longest so far.

    PYTHONPATH=tests/support python tools/slowest.py profiles 900 FOLDER       for so many seconds of a processor

`profiles`: read, planned by both matchers and shown in every format; `asked`: what to ask next of them; `packs`: toy packs,
checked; `jottings`: each as if a profile were full of it. Said and kept in the folder: what is raised but is no StridewiseError,
a problem without its file, and at the end what took longest. Nothing is to take more than five seconds."""

import contextlib
import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml

from check_kit import check
from hostile_kit import told
from mutants import mutant
from plans import DAY, PROFILES, built_in
from population import profile_of
from program_maker import make_case
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError, StridewiseError
from stridewise.explain.ask import ask
from stridewise.explain.inquiry import open_inquiry
from stridewise.profile.limits import MOST_ENTRIES, MOST_LETTERS
from stridewise.profile.phrases.entries import LONGEST, kinds_of, read_entries
from stridewise.profile.profile import read_profile
from stridewise.render.answers.ask import ask_lines
from stridewise.render.formats import ENDINGS, render_plans
from stridewise.session import recommend

BOUND_S, GIVE_UP_S = 5, 40
KEPT = 30  # slowest inputs, each to be changed further


class TooLongError(BaseException):
    """Nobody waits that long."""


def _give_up(*_: object) -> None:
    raise TooLongError


# --- what is tried: an input, done --------------------------------------------------------------------------------------


def read(value: Any) -> Any:
    return read_profile(parse_document(json.dumps(value, indent=1).encode(), "p.yaml", ProfileError))


def planned(value: Any) -> None:
    made = recommend(read(value), built_in(), DAY, "both")
    for form in ENDINGS:
        render_plans([made], form, explain=True)


def asked(value: Any) -> None:
    ask_lines(ask(open_inquiry(read(value), built_in(), DAY, "reference")))


def checked(rules: Any) -> None:
    with tempfile.TemporaryDirectory(prefix="stridewise-slow-") as folder:
        check(Path(folder), {"rules": rules})


def jotted(line: Any) -> None:
    try:
        read_entries(line, built_in().vocabulary, kinds_of("findings", built_in().vocabulary))
    except ValueError as error:
        str(error)


# --- where it starts ------------------------------------------------------------------------------------------------------


def profiles() -> list[Any]:
    written = [json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str)) for path in PROFILES]
    return written + [profile_of(seed) for seed in range(60)]


def packs() -> list[Any]:
    return [make_case(Random(seed)).rules for seed in range(200)]  # noqa: S311


def lines() -> list[Any]:
    details = [one.phrase.replace("{n}", "4").replace("{time}", "3 weeks") for one in built_in().vocabulary.details.values()]
    phrases = [one.phrase for one in built_in().vocabulary.aliases.values() if "{" not in one.phrase]
    return [*details, *phrases, "left", "L>R", "4/10", "xknee", "and", "or", "no", ",", ";", "a", "running", "knee pain"]


def line(rng: Random, known: Any) -> str:
    """Pieces of lines, one after another; one piece taken out, put in, or put elsewhere."""
    pieces = " ".join(rng.choice(known) for _ in range(rng.randint(1, 3))).split(" ")
    for _ in range(rng.randint(0, 3)):
        pieces.insert(rng.randrange(len(pieces) + 1), rng.choice(known))
        if rng.random() < 0.5:
            del pieces[rng.randrange(len(pieces))]
    return " ".join(pieces)[:LONGEST]


@dataclass
class Kind:
    """What is done with an input, how one is made of others, the first ones, and how much a second counts."""

    run: Callable[[Any], None]
    known: Callable[[], list[Any]]
    make: Callable[[Random, Any], Any] = mutant
    weight: Callable[[Any], float] = field(default=lambda value: 1)


KINDS = {
    "profiles": Kind(planned, profiles),
    "asked": Kind(asked, profiles),
    "packs": Kind(checked, packs),
    "jottings": Kind(jotted, lines, line, lambda value: min(MOST_ENTRIES, MOST_LETTERS / len(value)) if value else 0),
}


# --- the search -----------------------------------------------------------------------------------------------------------


def attempt(kind: Kind, value: Any) -> tuple[float, str]:
    """Seconds of a processor that an input takes, and what is wrong with it. What seems long is tried again: patterns are made
    once."""
    took, wrong = _attempt(kind, value)
    return (min(took, _attempt(kind, value)[0]), wrong) if BOUND_S / 2 < took < GIVE_UP_S else (took, wrong)


def _attempt(kind: Kind, value: Any) -> tuple[float, str]:
    began, wrong = time.process_time(), ""
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVE_UP_S)
    try:
        kind.run(value)
    except StridewiseError as error:
        try:
            told(error, "p.yaml", "toy/rules/rules.yaml", "toy")
        except AssertionError as place:
            wrong = f"no place: {str(place)[:200]}"
    except TooLongError:
        wrong = f"no end within {GIVE_UP_S} s"
    except Exception as error:
        wrong = f"{type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return (time.process_time() - began) * kind.weight(value), wrong


def search(kind: Kind, seconds: float, folder: Path, seed: int) -> list[tuple[float, Any]]:
    """What took longest, the slowest first; Ctrl-C ends the search early."""
    rng, known = Random(seed), kind.known()  # noqa: S311
    slow: list[tuple[float, Any]] = []
    found, number, until = set[str](), 0, time.process_time() + seconds
    with contextlib.suppress(KeyboardInterrupt):
        while time.process_time() < until:
            start = [rng.choice(slow)[1]] if slow and rng.random() < 0.6 else []
            value = kind.make(rng, start + rng.sample(known, 8))
            took, wrong = attempt(kind, value)
            number += 1
            slow = sorted([*slow, (took, value)], key=lambda one: -one[0])[:KEPT]
            if wrong and wrong.split(":")[0] not in found:
                found.add(wrong.split(":")[0])
                (folder / f"{number}.json").write_text(json.dumps(value), encoding="utf-8")
                print(f"{number}.json: {wrong}", flush=True)
    print(f"{number} tried")
    return slow


def main() -> None:
    name, seconds, folder = sys.argv[1], float(sys.argv[2]), Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGVTALRM, _give_up)
    for place, (took, value) in enumerate(search(KINDS[name], seconds, folder, int(sys.argv[4]) if len(sys.argv) > 4 else 0)):
        (folder / f"slow-{place}.json").write_text(json.dumps(value), encoding="utf-8")
        print(f"{took:.2f} s{' (too long)' if took > BOUND_S else ''}: slow-{place}.json, {len(json.dumps(value))} letters")


if __name__ == "__main__":
    main()
