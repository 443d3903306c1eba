"""`recommend new`: an interview that writes a commented profile."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stridewise.cli.inputs import load_program
from stridewise.cli.options import Day, pack_option, today
from stridewise.cli.output import show, write_file
from stridewise.cli.tab import offer

if TYPE_CHECKING:
    from stridewise.interview import Draft, Question
    from stridewise.language.vocabulary import Vocabulary

GREETING = """\
A new profile for one runner. Safety comes first; a code stands for the name.
Enter skips a question, ? explains it, Ctrl-C stops without writing anything.
"""


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@pack_option
@click.option("--as-of", type=Day(), default=None, metavar="DATE", help="The day of recording (default: today).")
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
def new(profile: Path, packs: tuple[Path, ...], as_of: date | None, force: bool) -> None:
    """Ask for everything in a clinician's order and write the commented PROFILE.

    Answers may be piped in, one a line: an empty line skips, and the first wrong one stops with its line."""
    _refuse(profile, force)
    if sys.stdin is None:
        raise click.UsageError("standard input is closed; pipe the answers in, or start the command in a terminal")
    from stridewise.interview import write

    vocabulary = load_program(packs).vocabulary
    draft = _Interview(vocabulary, _Terminal() if sys.stdin.isatty() else _Piped()).hold(as_of or today())
    _refuse(profile, force)  # somebody else may have written it meanwhile
    write_file(profile, write(draft))
    added = "".join(f" --pack {folder}" for folder in packs)
    show(f"Wrote {profile}. Next:\n  recommend {profile}{added}\n  recommend ask {profile}{added}\n")


def _refuse(profile: Path, force: bool) -> None:
    """Raises UsageError where the file may not be written."""
    if profile.suffix.lower() not in (".yaml", ".yml"):
        raise click.UsageError(f"{profile}: a profile is written as YAML; choose a name that ends in .yaml")
    if profile.is_dir() or (profile.exists() and not force):
        raise click.UsageError(f"{profile} is there already; choose another name, or write over it with --force")


class _Interview:
    """Asks every question until its answer fits."""

    def __init__(self, vocabulary: "Vocabulary", source: "_Terminal | _Piped") -> None:
        self.vocabulary = vocabulary
        self.source = source

    def hold(self, recorded: date) -> "Draft":
        from stridewise.interview import QUESTIONS, is_enough, start

        draft = start(recorded)
        self.source.say(GREETING)
        for question in QUESTIONS:
            if question.when(draft):
                draft = self._ask(question, draft)
        while not is_enough(draft):
            self.source.wrong("nothing to plan from yet: give a symptom, diagnosis, finding, goal, race or some training")
            draft = self._ask(next(question for question in QUESTIONS if question.title == "findings"), draft)
        return draft

    def _ask(self, question: "Question", draft: "Draft") -> "Draft":
        from stridewise.interview import answer, news

        prompt = question.ask
        self.source.knows(question.words(self.vocabulary))
        while text := self.source.line(f"{prompt}: ").strip():
            if text == "?":
                self.source.say(question.explain(self.vocabulary))
                continue
            try:
                before, draft = draft, answer(draft, question, text, self.vocabulary)
            except ValueError as error:
                self.source.wrong(str(error))
                continue
            if not question.many:
                break
            self.source.say("".join(f"  noted: {entry}\n" for entry in news(before, draft, self.vocabulary)).rstrip())
            prompt = "  more (Enter: no)"
        return draft


class _Terminal:
    """A person at a terminal: wrong answers are told and asked again."""

    def say(self, text: str) -> None:
        show(f"{text}\n")

    def knows(self, words: list[str]) -> None:
        """What the Tab key offers from now on."""
        offer(words)

    def wrong(self, message: str) -> None:
        show(f"  Not taken: {message}\n")

    def line(self, prompt: str) -> str:
        try:
            return input(prompt)
        except EOFError:  # Ctrl-D
            raise click.Abort from None


class _Piped:
    """Answers from a file or another program: nobody is there to ask again, so the first wrong one ends it."""

    def __init__(self) -> None:
        self.lines = enumerate(sys.stdin.buffer, 1)
        self.number = 0

    def say(self, text: str) -> None:
        """Nobody reads along."""

    def knows(self, words: list[str]) -> None:
        """Nobody types."""

    def wrong(self, message: str) -> None:
        from stridewise.errors import Problem, ProfileError

        raise ProfileError([Problem("answers", self.number, message)])

    def line(self, prompt: str) -> str:
        """The next line; where there are no more, an empty one: the rest is skipped."""
        self.number, content = next(self.lines, (self.number, b""))
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.wrong("is not UTF-8 text")
            raise
