"""Whatever stands in a call: nothing that leaves the program steers a terminal, and every command refuses what is no text."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import pytest

from cli_kit import SHORT, Ran, run
from plans import built_in_packs
from stridewise.cli import output
from stridewise.cli.main import recommend
from stridewise.errors import spelt_out
from stridewise.packs import plugins

pytestmark = pytest.mark.usefixtures("built_in_only")
STEERING = "\x1b[31m\x07\u202e"
SPELT = re.compile(r"\\(?:u00|x)1b\[31m\\(?:u00|x)07\\u202e")  # ours, or click's where it quotes a word as Python does
NO_TEXT = ("\udcff", "a\ud83c.yaml", "findings=\udcff")  # bytes that are no UTF-8, half of a pair
ORDINARY = {"document": "profile", "text": "plank"}  # what an argument is that names no profile
WRITTEN = {"plan --output", "draw --output", "batch --output", "pack docs folder"}  # a new file may be called anything
REPORTED = {"batch --lang", "pack check folders", "pack check --pack"}  # exit 1: among what is wrong with the profiles or packs
OTHERS_FIRST = {
    "new --pack",
    "draw --pack",
    "compare --pack",
    "pack diff new",
    "pack diff --profiles",
    "pack diff --over",
    "serve --secret",
    "serve --feedback",
}  # another argument is told first


ONE_OF = {"diff": ("--profiles", "--over")}  # options of which one must be there


def commands(group: click.Group = recommend, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it, from click's own tree."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield (*before, name), command


def filled(command: click.Command, attacked: click.Parameter, value: str) -> list[str]:
    """What follows the command's name: this value for one parameter, something ordinary for the others that must be there."""
    words: list[str] = []
    for one in command.params:
        is_it = one is attacked
        if isinstance(one, click.Argument) and (is_it or one.required):
            words.append(value if is_it else ORDINARY.get(str(one.name), str(SHORT)))
        elif isinstance(one, click.Option) and (is_it or one.required):
            words += [f"{one.opts[0]}={value if is_it else 'somewhere'}"]
    needed = ONE_OF.get(str(command.name), ())
    return words if not needed or attacked.opts[0] in needed else [*words, f"{needed[0]}=somewhere"]


def calls() -> Iterator[Any]:
    """Each parameter of each command. Where a path is asked for the packs are read, and a batch starts processes: slow."""
    for words, command in commands():
        for one in command.params:
            is_slow = isinstance(one.type, click.Path) or words == ("batch",)
            name = f"{' '.join(words)} {one.opts[0]}"
            yield pytest.param(name, words, command, one, id=name, marks=[pytest.mark.slow] if is_slow else [])


CALLS = list(calls())


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a call may write is written in a folder of the test, the user's own list of packs too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    load, read = plugins.read_pack, {pack.folder: pack for pack in built_in_packs()}
    monkeypatch.setattr(plugins, "read_pack", lambda folder, *more: read.get(folder.resolve()) or load(folder, *more))


def quiet(ran: Ran) -> None:
    """Nothing raw, and no mistake of ours."""
    said = ran.out + ran.err
    assert spelt_out(said) == said
    assert "Internal error" not in said and "Traceback" not in said


@pytest.mark.parametrize(("name", "words", "command", "attacked"), CALLS)
def test_a_sign_that_steers_is_spelt_out_wherever_it_was_typed(
    name: str, words: tuple[str, ...], command: click.Command, attacked: click.Parameter
) -> None:
    ran = run(*words, *filled(command, attacked, STEERING))
    quiet(ran)
    assert ran.code == 2 or (ran.code, name) in {(0, one) for one in WRITTEN} | {(1, one) for one in REPORTED}
    is_flag = isinstance(attacked, click.Option) and attacked.is_flag
    assert is_flag or name in OTHERS_FIRST | WRITTEN or SPELT.search(ran.out + ran.err)


def test_what_is_no_text_is_refused_wherever_it_was_typed() -> None:
    for words, command in commands():
        for attacked in command.params:
            for value in NO_TEXT:
                ran = run(*words, *filled(command, attacked, value))
                quiet(ran)
                assert (ran.code, ran.out) == (2, "")
                assert f'{spelt_out(value)}" is not UTF-8 text; type it again, or rename the file' in ran.err


@pytest.mark.parametrize(
    "call",
    [
        ("\udcff",),
        ("--\udcff",),
        ("pack", "\udcff"),
        ("--", "\udcff"),
        (f"--{STEERING}",),
        (STEERING,),
        ("pack", STEERING),
        (SHORT, STEERING),
        (SHORT, "-\x1b"),
        ("pack", "list", STEERING),
    ],
)
def test_nor_where_no_parameter_is(call: Sequence[object]) -> None:
    """Options and commands that do not exist, and one argument too many."""
    ran = run(*call)
    quiet(ran)
    assert (ran.code, ran.out) == (2, "")
    assert re.search(r"\\u|\\x1b", ran.err)


def test_text_leaves_in_one_place() -> None:
    """`say` and `show`: no other module of the command prints by itself."""
    own = Path(output.__file__)
    printing = re.compile(r"\becho\(|\bprint\(|std(?:out|err)\.write\(|\.show\(")
    others = {path.name for path in own.parent.glob("*.py") if path != own and printing.search(path.read_text(encoding="utf-8"))}
    assert others == {"plan.py"}  # in colour, through rich
