"""Free text of a profile is text in every document: no image, link or HTML comes out of what a clinician typed, or was sent."""

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest
from markdown_it import MarkdownIt

from cli_kit import AS_OF, run
from kit import SOURCES, rule, write_pack
from stridewise.cli.main import recommend
from stridewise.cli.plan import PlanFormat
from stridewise.profile.paths import LEAVES
from stridewise.profile.shapes import Acknowledgement, Choice, Clearance, Retune, Surgery
from stridewise.render.formats import ENDINGS

pytestmark = pytest.mark.usefixtures("built_in_only")

MARKUP = (
    "![x](http://e.vil/i.png) <img src=http://e.vil/x onerror=x> [a](javascript:alert) <http://e.vil> [r]: http://e.vil 'r' [r] "
    "![r] www.e.vil HTTPS://e.vil mailto:me@e.vil **b** `c` | # h &lt;img&gt; ~~s~~ \\![x](//e.vil) \\\\<b> "
    "]( </p><script>1</script>"
)
DAY = "2026-11-20"
# What the free text of each place begins with; every place is told somewhere.
MARKS = (
    "Ref",
    "Other",
    "Procedure",
    "Limits",
    "Health",
    "ParQ",
    "Pin",
    "Ban",
    "Retune",
    "ClearedBy",
    "ClearedFor",
    "Because",
    "By",
    "Released",
    "Notes",
)


def evil(mark: str, first: str = "") -> str:
    """Hostile text that can be found again."""
    assert mark in MARKS
    return f"{first}Mark{mark} {MARKUP}"


def runner(**more: Any) -> dict[str, Any]:
    """A profile with markup in every free text."""
    return {
        "schema": 1,
        "recorded": DAY,
        "runner": {"ref": evil("Ref"), "age": 30},
        "notes": evil("Notes", "# "),
        "findings": ["weak glutes", {"other_diagnosis": evil("Other")}],
        "history": [{"injury": "hamstring_strain", "side": "right", "months_ago": 5}],
        "surgery": [
            {
                "part": "anterior_knee",
                "side": "left",
                "procedure": evil("Procedure"),
                "limits": evil("Limits"),
                "months_ago": 30,
            }
        ],
        "training": {"weekly_distance_km": [30, 31, 32, 33], "longest_run_km": 12, "strength": {"sessions_per_week": 1}},
        "safety": {
            "screened": DAY,
            "red_flags": ["fever"],
            "par_q": {"any_yes": True, "follow_up": "cleared", "by": evil("ParQ"), "date": DAY},
        },
        "clinician": {
            "pin": [{"exercise": "dead_bug", "reason": evil("Pin", "- ")}],
            "ban": [{"exercise": "iron_cross", "reason": evil("Ban")}],
            "retune": [{"exercise": "dead_bug", "dosage": {"sets": 1, "reps": 5}, "reason": evil("Retune")}],
            "clear": [{"flag": "fever", "by": evil("ClearedBy"), "date": DAY, "reason": evil("ClearedFor")}],
            "acknowledge": [
                {
                    "warning": "conditions/recent-hamstring-strain-takes-speed-slowly",
                    "because": evil("Because"),
                    "by": evil("By"),
                    "date": DAY,
                }
            ],
        },
        **more,
    }


REFERRED = {
    "diagnosis": [
        {
            "condition": "bone_stress_injury",
            "side": "left",
            "certainty": "confirmed",
            "released": {"by": evil("Released"), "date": DAY},
        },
        {"condition": "achilles_tendinopathy", "side": "left", "certainty": "working", "irritability": "moderate"},
    ],
    "findings": [
        "weak glutes",
        {"other_diagnosis": evil("Other")},
        {"health": "joint_replacement", "part": "hip", "limits": evil("Health")},
    ],
    "symptoms": [{"pain": "low_back", "intensity": 4, "weeks": 3}, {"red_flag": "saddle_numbness"}],
}
NAME = "![x](e.vil) <b>"  # of the files


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """One runner who can train, and one whom somebody sees first; beside them two versions of a pack."""
    folder = tmp_path / "runners"
    (folder / "plan").mkdir(parents=True)
    for name, profile in ((f"{NAME}.json", runner()), (f"{NAME} referred.json", runner(**REFERRED))):
        (folder / name).write_text(json.dumps(profile), encoding="utf-8")
    for name, text in (("old", "Go slowly."), ("new", "Go more slowly.")):
        weak = rule("weak", [{"weakness": "any"}], [{"warn": text, "level": "info"}])
        write_pack(tmp_path / name, {"rules/r.yaml": [weak], "sources.yaml": SOURCES}, name="own")
    return folder


# --- every place and every document -------------------------------------------------------------------------------------

PLAIN = {"runner.ref", "safety.par_q.by", "notes"}
NO_TEXT = {"training.log", "language"}  # a file's name and a language's code: what is none ends in an error
OF_ENTRIES = {
    Choice: {"reason"},
    Retune: {"reason"},
    Clearance: {"by", "reason"},
    Acknowledgement: {"by", "because", "warning"},
    Surgery: {"procedure", "limits"},
}


def test_no_free_text_is_left_out() -> None:
    """Whoever adds a place for free text adds it here, too."""
    assert {path for path, leaf in LEAVES.items() if leaf.shape is str and not leaf.terms} == PLAIN | NO_TEXT
    for shape, names in OF_ENTRIES.items():
        texts = {name for name, hint in shape.__annotations__.items() if hint in (str, "str", str | None) or "Word" in str(hint)}
        assert texts <= names | {"side"}
    said = json.dumps([runner(), runner(**REFERRED)])
    assert all(f"Mark{mark} " in said for mark in MARKS)


ASKED: dict[tuple[str, ...], list[tuple[str, ...]]] = {
    ("plan",): [("P",), ("P", "--explain"), ("R",), ("R", "--explain")],
    ("why",): [
        ("P", "dead_bug"),
        ("P", "thresholds"),
        ("R", "safety/joint-replacement-keeps-impact-low"),
        ("R", "bone_released"),
        ("P", "conditions/recent-hamstring-strain-takes-speed-slowly"),
    ],
    ("why-not",): [("P", "iron_cross"), ("R", "dead_bug")],
    ("what-if",): [("P", "--remove", "clinician.pin")],
    ("ask",): [("R",)],
    ("compare",): [("P", "R")],
    ("verify",): [("PLAN", "R")],
    ("affected",): [("conditions/recent-hamstring-strain-takes-speed-slowly", "PLAN")],
    ("pack", "review"): [("FOLDER", "--with-refs")],
    ("pack", "diff"): [("OLD", "NEW", "--over", "FOLDER")],
}
SWEEP = ("P", "--sweep", "training.longest_run_km=11..13")
SHOWN = ("markdown", "html", "handout", "letter")


def formats(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every command that shows documents, with each format."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from formats(command, (*before, name))
            continue
        for kind in (option.type for option in command.params if "--format" in option.opts):
            known = ENDINGS if isinstance(kind, PlanFormat) else kind.choices if isinstance(kind, click.Choice) else ()
            yield from (((*before, name), form) for form in known if form in SHOWN)


DOCUMENTS = list(formats(recommend))
QUICK = [(("plan",), "markdown"), (("plan",), "handout")]


@pytest.mark.parametrize(
    ("command", "form"), [one if one in QUICK else pytest.param(*one, marks=pytest.mark.slow) for one in DOCUMENTS]
)
def test_a_document_obeys_no_free_text(folder: Path, command: tuple[str, ...], form: str) -> None:
    """Every command in every format that somebody renders."""
    for words in [SWEEP] if (command, form) == (("what-if",), "html") else ASKED[command]:
        document = shown(folder, command, form, words)
        assert (obeyed_html if document.lstrip().startswith("<!") else obeyed_markdown)(document) == []


@pytest.mark.slow
def test_every_free_text_is_shown_somewhere(folder: Path) -> None:
    """Or the others would prove nothing."""
    asked = [(command, words) for command in ASKED for words in ASKED[command] if (command, "markdown") in DOCUMENTS]
    documents = [shown(folder, command, "markdown", words) for command, words in asked]
    assert [mark for mark in MARKS if not any(f"Mark{mark} " in text for text in documents)] == []


def shown(folder: Path, command: tuple[str, ...], form: str, words: tuple[str, ...]) -> str:
    """What a command prints for the profiles P and R of the folder."""
    stands_for = {"P": folder / f"{NAME}.json", "R": folder / f"{NAME} referred.json", "FOLDER": folder}
    stands_for |= {"OLD": folder.parent / "old", "NEW": folder.parent / "new"}
    made = (*AS_OF, "--engine", "reference")
    if "PLAN" in words:
        stands_for["PLAN"], made = folder / "plan" / f"{NAME}.plan", ()
        stands_for["PLAN"].write_text(run(stands_for["P"], "--format", "json", *AS_OF).out, encoding="utf-8")
    ran = run(*command, *(stands_for.get(word, word) for word in words), "--format", form, *made)
    assert (ran.code, ran.err) == (1 if command == ("verify",) else 0, "")
    return ran.out


# --- reading the documents ----------------------------------------------------------------------------------------------

LINKED = re.compile(r"(?i)\b(?:https?|ftp):|\bwww\.|[a-z0-9]@[a-z0-9]")  # what GitHub makes a link of, without any sign around it
OBEYED = ("image", "link_open", "html_inline", "html_block", "code_inline", "fence", "s_open")


@cache
def reader() -> MarkdownIt:
    """Markdown with tables, strikethrough and raw HTML."""
    made = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # another reader may let javascript: through
    return made


def obeyed_markdown(text: str) -> list[str]:
    """Whatever in it is no plain text, by two ways of looking."""
    tokens = [token for block in reader().parse(text) for token in (block, *(block.children or ()))]
    found = [f"{token.type} {token.content} {token.attrs}" for token in tokens if token.type in OBEYED]
    bold = [after.content for before, after in pairwise(tokens) if before.type == "strong_open"]
    return found + [text for text in bold if text == "b"] + LINKED.findall(text)


class Page(HTMLParser):
    """The elements of a page that lead elsewhere or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        leads = [f"{tag} {name}={value}" for name, value in attrs if name in ("href", "src") or name.startswith("on")]
        self.found += [lead for lead in leads if not re.fullmatch(r"a href=#[\w.-]+", lead)]
        self.found += [tag] if tag in ("img", "script", "iframe", "object", "embed", "form", "b") else []


def obeyed_html(text: str) -> list[str]:
    page = Page()
    page.feed(text)
    return page.found


@pytest.mark.parametrize("text", MARKUP.split(" "))
def test_what_reads_the_documents_sees_markup(text: str) -> None:
    """Every piece alone is seen, but those that mean nothing alone."""
    alone = ("'r'", "[r]", "![r]", "[r]:", "|", "#", "h", "](", "&lt;img&gt;", "<img", "onerror=x>", "\\![x](//e.vil)")
    assert (text in alone) or obeyed_markdown(text) != []
