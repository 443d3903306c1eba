"""Whatever stands in a file, and whatever happens to files, pipes and keys: a clear error with its place and the right code, in
bounded time and memory; no traceback, nothing half written, nothing executed, nothing read from outside a pack."""

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import SOURCES, VOCABULARY, rule, write_pack
from plans import DAY, FOREGROUND, PROFILES, built_in, plan_or_error
from population import profile_of
from stridewise.documents.reader import MAX_BYTES, parse_document
from stridewise.errors import PackError, ProfileError, StridewiseError
from stridewise.explain.verify import verify
from stridewise.packs.pack import load_pack
from stridewise.plan.model import Plan
from stridewise.profile.profile import load_profile, read_profile
from stridewise.program.builder import build_program
from stridewise.render.json import render_json
from stridewise.session import recommend

MANY = 20 if os.environ.get("STRIDEWISE_SLOW") == "1" else 1
AS_OF = ("--as-of", "2026-11-21")
RUN = (sys.executable, "-c", "from stridewise.cli import main; main()")
ROOT = Path(__file__).parents[2]
SHORT = ROOT / "profiles" / "shortest.yaml"
HEAD = "schema: 1\nrunner: {ref: R-1}\n"
MEMORY = 1_500_000_000  # bytes of address space of a whole run
CPU_S = 40
SUPPRESSED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture]


def often(number: int) -> settings:
    """So many examples, the same ones every time."""
    return settings(max_examples=number * MANY, deadline=None, database=None, derandomize=True, suppress_health_check=SUPPRESSED)


def told(error: StridewiseError, *files: str) -> None:
    """Every problem names one of the files, and says something that can be shown."""
    assert error.problems
    for problem in error.problems:
        assert problem.path in files, problem
        assert problem.line >= 0
        assert problem.message
        assert not [letter for letter in str(problem) if ord(letter) < 32 and letter not in "\n\t"], problem


# --- what may stand in a document -----------------------------------------------------------------------------------

SCALARS = [
    "", " ", "~", "null", "true", "yes", "-1", "0", "1e3", "1e400", "-1e-400", "1e99999999999999999999", ".inf",
    "-.inf", ".nan", "NaN", "Infinity",
    "0x1F", "0o17", "1_000", "1:30", "9" * 30, "2026-02-30", "2026-11-21", "9999-12-31", "0000-00-00",
    "2026-11-21T10:00:00Z", "{}", "[]", "[[]]",
    "[1, [2, [3]]]", "{a: {b: c}}", "{1: 2}", "{[a]: b}", "{null: 1}", "&a [*a]", "*nowhere", "&a x",
    "!!python/object/apply:os.system [echo]",
    "!!binary aGk=", "!!set {a}", "!custom x", "<<: {a: b}",
    "'\"", '"\\u0000"', '"\\ud800"', '"\\u202e"', '"\\e[2J"', "{n}", "{0.__class__}", "%s", "$x",
    "../../etc/passwd", "/dev/zero", "<script>alert(1)</script>", "a: b", "- a", "# none",
    "'''", "|\n  text", ">-\n  text", "weak glutes",
    "race in -3 weeks", "race in 1e9 weeks", "é" * 50, "x" * 2_000, "55 mi", "3..1", ">= 3", "any",
]  # fmt: skip
VALUES: list[Any] = [
    None, True, False, 0, -1, 10**9, 10**23, -(10**23), 0.1, 1e-20, "", " ", "x" * 500, "\u0000", "\ud800", "NaN",
    "2026-02-30", [], {}, [[]], [None], [{}],
    {"": ""}, {"a": {"b": []}}, ["a"] * 50, [[[[[1]]]]], "race in 3 weeks", {"weakness": "soleus"}, {"weakness": 5},
    "9999-12-31", "0001-01-01",
]  # fmt: skip
NAMES = ["toy.yaml", "toy.json"]


@given(st.binary(max_size=300), st.sampled_from(NAMES))
@often(300)
def test_any_bytes_are_a_document_or_a_problem_with_a_place(content: bytes, name: str) -> None:
    """Random bytes."""
    with contextlib.suppress(ProfileError):
        try:
            parse_document(content, name, ProfileError)
        except ProfileError as error:
            told(error, name)
            raise


MARKS = ["\n", "\n  ", "- ", ": ", ", ", "[", "{", "]", "}", "a", "\ufeff", "\r\n", "\t", "\x00"]


@given(st.lists(st.sampled_from([*SCALARS, *MARKS]), max_size=25))
@often(300)
def test_any_pieces_of_yaml_are_a_document_or_a_problem(pieces: list[str]) -> None:
    """Pieces that mean something to a parser, in any order."""
    text = "".join(pieces).encode("utf-8", "replace")
    for name in NAMES:
        try:
            plain(parse_document(text, name, ProfileError).root)
        except ProfileError as error:
            told(error, name)


def plain(value: Any) -> None:
    """Only mappings with text as keys, lists, text, whole numbers, finite decimals, true, false and null."""
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value)
    assert value is None or isinstance(value, dict | list | str | int | Decimal)
    assert not isinstance(value, Decimal) or value.is_finite()
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        plain(item)


def paths_of(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside a value."""
    yield before
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths_of(item, (*before, key))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy with another value there."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(copy[path[0]], path[1:], new)
    return copy


def spoilt(values: Sequence[Any]) -> st.SearchStrategy[Any]:
    """One of these documents with one or two of its values, wherever they stand, replaced by something hostile."""

    @st.composite
    def draw_one(draw: st.DrawFn) -> Any:
        value = draw(st.sampled_from(values))
        for _ in range(draw(st.integers(1, 2))):
            path = draw(st.sampled_from(list(paths_of(value))))
            value = put(value, path, draw(st.sampled_from(VALUES)))
            if draw(st.booleans()) and isinstance(value, dict):
                key = draw(st.sampled_from(["x", "", "schema ", "runner.ref", "__class__", "1"]))
                value = {**value, key: draw(st.sampled_from(VALUES))}
        return value

    return draw_one()


@given(spoilt([profile_of(seed) for seed in range(40)]))
@often(250)
def test_a_spoilt_profile_is_a_plan_or_a_problem_with_a_place(runner: Any) -> None:
    """Wrong types and hostile values anywhere in a profile: what still fits is planned, all else is told; nothing crashes."""
    text = json.dumps(runner)
    made = plan_or_error(text, name="p.yaml", engine="reference")
    if isinstance(made, str):
        assert made.startswith("p.yaml:"), made
    else:
        json.loads(render_json([made]), parse_constant=pytest.fail)


EXAMPLES = [path.read_text(encoding="utf-8") for path in PROFILES]


@given(st.sampled_from(EXAMPLES), st.data())
@often(150)
def test_a_profile_with_a_slip_of_the_pen_is_a_plan_or_a_problem(text: str, data: st.DataObject) -> None:
    """A line lost, doubled or moved, a value replaced, a letter too many: as happens when people edit."""
    lines = text.split("\n")
    for _ in range(data.draw(st.integers(1, 2))):
        number = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.sampled_from(["lose", "double", "indent", "value", "letter", "cut"]))
        line = lines[number]
        new = {
            "lose": [], "double": [line, line], "indent": [f"  {line}"], "cut": [line[: len(line) // 2]],
            "value": [f"{line.split(':')[0]}: {data.draw(st.sampled_from(SCALARS))}"],
            "letter": [line + data.draw(st.sampled_from(list(":-[]{}&*#?|>%@`'\"\\,\t")))],
        }[kind]  # fmt: skip
        lines[number : number + 1] = new or [""]
    made = plan_or_error("\n".join(lines), name="p.yaml")
    assert isinstance(made, Plan) or made.startswith("p.yaml")


LOG = b"date,km,minutes,rpe\n2026-11-01,10,60,3\n2026-11-08,12.5,70,4\n"


CELLS = [
    b"date,km",
    b"\n",
    b",",
    b"2026-11-01",
    b"10",
    b'"',
    b"\r",
    b"\x00",
    b"\xff",
    b"1e9",
    b"nan",
    b"-3",
    b"\xef\xbb\xbf",
    b";",
    LOG,
]


@given(st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(CELLS), max_size=20).map(b"".join)))
@often(100)
def test_any_log_is_read_or_told(tmp_path: Path, content: bytes) -> None:
    """A training log of any bytes."""
    (tmp_path / "runs.csv").write_bytes(content)
    (tmp_path / "p.yaml").write_text(f"{HEAD}training: {{log: runs.csv}}\n", encoding="utf-8")
    try:
        recommend(load_profile(tmp_path / "p.yaml"), built_in(), DAY, "reference")
    except ProfileError as error:
        told(error, str(tmp_path / "runs.csv"), str(tmp_path / "p.yaml"))


def test_what_a_terminal_would_obey_is_spelt_out(tmp_path: Path) -> None:
    """A cell is quoted in a message; it must not colour, clear or end it."""
    (tmp_path / "runs.csv").write_bytes(b"date,km\n2026-11-01,\x1b[2J\x00\xc2\x9b\n")
    (tmp_path / "p.yaml").write_text(f"{HEAD}training: {{log: runs.csv}}\n", encoding="utf-8")
    with pytest.raises(ProfileError) as failure:
        recommend(load_profile(tmp_path / "p.yaml"), built_in(), DAY, "reference")
    assert str(failure.value) == rf'{tmp_path / "runs.csv"}:2: km: expected a distance in km, found "\u001b[2J\u0000\u009b"'


@cache
def a_plan() -> Any:
    return json.loads(render_json([recommend(load_profile(SHORT), built_in(), DAY, "reference")]))


@given(st.data())
@often(60)
def test_a_spoilt_plan_is_verified_or_told(tmp_path: Path, data: st.DataObject) -> None:
    """`verify` reads what anybody may have edited; only the list of packs has a test of its own."""
    value = a_plan()
    for _ in range(data.draw(st.integers(1, 2))):
        ways = [path for path in paths_of(value) if path not in {("receipt",), ("receipt", "packs")} and path]
        value = put(value, data.draw(st.sampled_from(ways)), data.draw(st.sampled_from(VALUES)))
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    try:
        verify(path, load_profile(SHORT), built_in(), "reference")
    except ProfileError as error:
        told(error, str(path))


@pytest.mark.parametrize("packs", [5, None, True])
def test_a_plan_whose_packs_are_no_list_is_told(tmp_path: Path, packs: Any) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(put(a_plan(), ("receipt", "packs"), packs)), encoding="utf-8")
    verify(path, load_profile(SHORT), built_in(), "reference")


# --- what may stand in a pack, and where it may lead ------------------------------------------------------------------

TOY = {
    "pack.yaml": {
        "name": "toy", "version": "1.0", "requires": [], "reviewed": "2026-01-01", "expires": "2027-01-01",
        "thresholds": {"tall": {"value": 40, "unit": "cm", "source": "atlas", "verified": False}},
    },
    "vocabulary/toy.yaml": VOCABULARY,
    "rules/rules.yaml": [
        rule("a", [{"colour": "red", "side": "$side"}, {"size": ">= tall"}], [{"conclude": {"pile": "red", "side": "$side"}}]),
        rule("b", [{"any_of": [{"shape": "round"}, {"badge": ["gold", "silver"]}]}, {"absent": {"pile": "red"}}],
             [{"warn": "So {shape}", "level": "info"}]),
    ],
    "sources.yaml": SOURCES,
    "cases/a.yaml": [{"name": "It is.", "profile": {"findings": [{"colour": "red"}]}, "expect": {"status": "ready"}}],
}  # fmt: skip


@given(st.sampled_from(sorted(TOY)), st.data())
@often(250)
def test_a_spoilt_pack_is_a_program_or_a_problem_with_a_place(tmp_path: Path, name: str, data: st.DataObject) -> None:
    """Wrong types and hostile values anywhere in any file of a pack."""
    files = {**TOY, name: data.draw(spoilt([TOY[name]]))}
    folder = tmp_path / "toy"
    write_pack(folder, {other: json.dumps(content) for other, content in files.items()})
    try:
        build_program([load_pack(folder, shown="toy")])
    except PackError as error:
        told(error, *(f"toy/{other}" for other in TOY), "toy")


@given(st.sampled_from(sorted(TOY)), st.data())
@often(150)
def test_a_pack_with_a_slip_of_the_pen_is_a_program_or_a_problem(tmp_path: Path, name: str, data: st.DataObject) -> None:
    """A line of a pack's YAML replaced by something that means something to a parser."""
    lines = yaml.safe_dump(TOY[name], sort_keys=False).split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    joint, value = data.draw(st.sampled_from([": ", "", " - ", "  "])), data.draw(st.sampled_from(SCALARS))
    lines[number] = lines[number].split(":")[0] + joint + value
    folder = write_pack(tmp_path / "toy", {**TOY, name: "\n".join(lines)})
    try:
        build_program([load_pack(folder, shown="toy")])
    except PackError as error:
        told(error, *(f"toy/{other}" for other in TOY), "toy")


def leads_out(folder: Path, name: str, target: Path) -> Path:
    """The toy pack with one entry replaced by a link."""
    write_pack(folder, TOY)
    path = folder / name
    if path.is_dir():
        for inner in path.iterdir():
            inner.unlink()
        path.rmdir()
    path.unlink(missing_ok=True)
    path.symlink_to(target)
    return folder


@pytest.mark.parametrize(
    "name", ["pack.yaml", "rules/rules.yaml", "vocabulary/toy.yaml", "sources.yaml", "cases/a.yaml", "rules", "cases"]
)
def test_a_pack_reads_nothing_outside_its_folder(tmp_path: Path, name: str) -> None:
    """A link that leads out, to a file or as a folder, is refused; nothing of what is there is shown."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.yaml").write_text("secret: s3cret\n")
    folder = leads_out(tmp_path / "toy", name, secret if "." not in name else secret / "a.yaml")
    with pytest.raises(PackError, match="leads outside the pack's folder") as raised:
        load_pack(folder, shown="toy")
    assert "s3cret" not in str(raised.value)


def test_links_inside_a_pack_are_fine_and_circles_end(tmp_path: Path) -> None:
    """A link to the pack's own folder is no endless walk."""
    folder = write_pack(tmp_path / "toy", TOY)
    (folder / "rules" / "again").symlink_to(folder)
    (folder / "rules" / "gone.yaml").symlink_to(folder / "nowhere.yaml")
    with pytest.raises(PackError, match=r"gone\.yaml: cannot be read: No such file"):
        load_pack(folder, shown="toy")


@pytest.mark.parametrize("kind", ["fifo", "folder", "socket"])
@pytest.mark.parametrize("name", ["rules/rules.yaml", "sources.yaml", "pack.yaml"])
def test_what_is_no_file_in_a_pack_is_told(tmp_path: Path, kind: str, name: str) -> None:
    """A pipe would block for ever; it is not opened."""
    folder = write_pack(tmp_path / "toy", TOY)
    (folder / name).unlink()
    no_file(folder / name, kind)
    with pytest.raises(PackError) as raised:
        load_pack(folder, shown="toy")
    assert "is not a regular file" in str(raised.value) or "holds no pack.yaml" in str(raised.value)


def no_file(path: Path, kind: str) -> None:
    """Something at this path that is no regular file."""
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        import socket

        with socket.socket(socket.AF_UNIX) as made, contextlib.chdir(path.parent):
            made.bind(path.name)


# --- the whole command, with its limits -----------------------------------------------------------------------------


@dataclass
class Ran:
    """How a run of the command went."""

    code: int
    out: str
    err: str


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))


def command(*arguments: object, streams: str = "", **more: Any) -> Ran:
    """The command in a process of its own with little memory and time; `streams` redirects its streams."""
    words: list[str] = [*RUN, *map(str, arguments)]
    if streams:
        words = ["sh", "-c", f'exec "$@" {streams}', "sh", *words]
    environment = {**os.environ, "STRIDEWISE_LOAD_PLUGINS": ""}
    made = subprocess.run(words, capture_output=True, env=environment, preexec_fn=limited, timeout=120, check=False, **more)
    return Ran(made.returncode, made.stdout.decode(), made.stderr.decode("utf-8", "backslashreplace"))


def quiet_error(ran: Ran, code: int = 2) -> None:
    """The right code, a message, no output, no traceback, nothing endless."""
    assert ran.code == code, ran.err[-500:]
    assert ran.out == ""
    assert ran.err.strip()
    assert len(ran.err) < 100_000
    assert not [word for word in ("Traceback", "Internal error") if word in ran.err], ran.err[-500:]


LARGE = MAX_BYTES - 1_000
HOSTILE: dict[str, Callable[[], str]] = {
    "ten_megabytes.yaml": lambda: f'{HEAD}findings: ["{"a" * 10_000_000}"]\n',
    "long_text.yaml": lambda: f'{HEAD}findings: ["{"a" * LARGE}"]\n',
    "long_key.yaml": lambda: f'{HEAD}"{"a" * LARGE}": 1\n',
    "long_number.yaml": lambda: f"{HEAD}findings: [{'9' * LARGE}]\n",
    "long_number.json": lambda: f'{{"schema": {"9" * LARGE}}}',
    "deep.yaml": lambda: "[" * LARGE,
    "deep.json": lambda: "[" * LARGE,
    "deep_block.yaml": lambda: "- " * (LARGE // 2),
    "deep_mapping.json": lambda: '{"a":' * (LARGE // 5),
    "many.yaml": lambda: "- x\n" * (LARGE // 4),
    "bomb.yaml": lambda: "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(9)),
    "colons.yaml": lambda: ":" * LARGE,
    "spaces.yaml": lambda: " " * LARGE,
    "empty.yaml": lambda: "",
    "tags.yaml": lambda: "- !!python/object/apply:os.system ['echo pwned > pwned']\n" * 50,
    "utf16.yaml": lambda: "\x00s\x00c\x00h\x00e\x00m\x00a\x00:\x001",
    "doubled.yaml": lambda: HEAD + "findings: []\n" * 50,
    "second.yaml": lambda: f"{HEAD}findings: []\n---\nschema: 1\n",
    "far.yaml": lambda: f"{HEAD}race: {{date: 9999-12-31x}}\nfindings: []\n",
}  # fmt: skip


def test_hostile_profiles_are_told_in_bounded_time_and_memory(tmp_path: Path) -> None:
    """Very long, very deep, very many, bombs and tags: all of them in one run, each by its name, nothing executed or written."""
    for name, text in HOSTILE.items():
        (tmp_path / name).write_text(text(), encoding="utf-8")
    ran = command(*(tmp_path / name for name in HOSTILE), *AS_OF, "--output", tmp_path / "out", cwd=tmp_path)
    quiet_error(ran)
    assert not [name for name in HOSTILE if f"/{name}:" not in ran.err]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(HOSTILE)


LONG_WINDED: dict[str, Callable[[int], str]] = {
    "unknown keys": lambda n: HEAD + "".join(f"key{i}: 1\n" for i in range(n)),
    "unknown phrases": lambda n: HEAD + "findings:\n" + "".join(f"- weak glut{i}\n" for i in range(n)),
    "unknown kinds": lambda n: HEAD + "findings:\n" + "".join(f"- {{weaknes: x{i}}}\n" for i in range(n)),
    "one finding again and again": lambda n: HEAD + "findings:\n" + "- {weakness: soleus}\n" * n,
}


AGAIN = "one finding again and again"


@pytest.mark.parametrize("name", LONG_WINDED)
def test_a_file_of_nothing_but_one_mistake_is_told_in_bounded_time(tmp_path: Path, name: str) -> None:
    """Thousands of the same: seconds, not minutes."""
    path = tmp_path / "p.yaml"
    path.write_text(LONG_WINDED[name](8_000), encoding="utf-8")
    began = time.process_time()
    with contextlib.suppress(ProfileError):
        recommend(load_profile(path), built_in(), DAY, "reference")
    assert time.process_time() - began < (3 if name == AGAIN else 12)


@pytest.mark.parametrize("kind", ["fifo", "folder", "socket", "gone", "link to itself", "unreadable", "device"])
def test_what_is_no_readable_file_is_told(tmp_path: Path, kind: str) -> None:
    """As a profile, and as a log; a pipe or a device is not opened."""
    path = tmp_path / "p.yaml"
    if kind in ("fifo", "folder", "socket"):
        no_file(path, kind)
    elif kind == "link to itself":
        path.symlink_to(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "unreadable":
        if os.geteuid() == 0:
            pytest.skip("root reads everything")
        path.write_text(HEAD)
        path.chmod(0)
    with pytest.raises(ProfileError) as raised:
        load_profile(path)
    told(raised.value, str(path))
    if kind != "gone":
        path.rename(tmp_path / "runs.csv") if kind != "link to itself" else (tmp_path / "runs.csv").symlink_to("runs.csv")
    document = parse_document(f"{HEAD}training: {{log: runs.csv}}\n".encode(), "q.yaml", ProfileError)
    problems = read_profile(document, tmp_path).problems
    assert [problem.path for problem in problems] == [str(tmp_path / "runs.csv")]


@pytest.mark.parametrize("name", ["/etc/passwd", "../runs.csv", "a/../../runs.csv"])
def test_a_log_is_beside_its_profile(tmp_path: Path, name: str) -> None:
    """No profile reads a file elsewhere, and nothing of it is quoted."""
    document = parse_document(f"{HEAD}training: {{log: {name}}}\n".encode(), "q.yaml", ProfileError)
    (problem,) = read_profile(document, tmp_path).problems
    assert "is not a file beside the profile" in problem.message


def test_a_file_that_vanishes_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and reading."""
    path = tmp_path / "p.yaml"
    path.write_text(HEAD)
    read = Path.read_bytes

    def vanish(self: Path) -> bytes:
        self.unlink()
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", vanish)
    with pytest.raises(ProfileError, match=r"p\.yaml: cannot be read: No such file"):
        load_profile(path)


@pytest.mark.parametrize("streams", [">/dev/full", ">&-"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_stdout_that_takes_nothing_is_told(streams: str, form: str) -> None:
    """A full disk behind stdout, or none at all: exit 2 and why."""
    quiet_error(command(SHORT, *AS_OF, "--format", form, streams=streams))


def test_without_a_stderr_the_code_is_still_right(tmp_path: Path) -> None:
    """Nobody hears the message; the code says it."""
    assert command(tmp_path / "gone.yaml", *AS_OF, streams="2>&-").code == 2


def test_a_disk_that_fills_up_leaves_the_old_plan(tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: the old plan stays, no part of the new one is left."""
    (tmp_path / "plan.json").write_text("old")

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))

    words = [*RUN, str(SHORT), *AS_OF, "--output", str(tmp_path / "plan.json")]
    made = subprocess.run(words, capture_output=True, preexec_fn=small, check=False)
    assert made.returncode == 2
    assert b"cannot be written: File too large" in made.stderr
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"plan.json": "old"}


def test_an_output_that_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """`--output` at a pipe or a device (/dev/stdout, /dev/null) never turns it into a file."""
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        command(SHORT, *AS_OF, "--output", tmp_path / "pipe")
        assert (tmp_path / "pipe").is_fifo()
    finally:
        os.close(reader)


def test_ctrl_c_ends_quietly_with_130(tmp_path: Path) -> None:
    """In the middle of the work: one word, no traceback, nothing written."""
    profiles = []
    for number in range(400):
        profiles.append(tmp_path / f"{number}.json")
        profiles[-1].write_text(json.dumps(profile_of(number)), encoding="utf-8")
    words = [*RUN, *map(str, profiles), *AS_OF, "--output", str(tmp_path / "out")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **FOREGROUND) as running:
        while "_yaml" not in Path(f"/proc/{running.pid}/maps").read_text():  # the plan is under way
            if running.poll() is not None:
                break
            time.sleep(0.02)
        time.sleep(0.5)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err.decode().split()) == (130, b"", ["Stopped."])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["html", "markdown", "text"])
def test_nothing_of_a_profile_becomes_markup(tmp_path: Path, form: str) -> None:
    """Tags, quotes, template braces and format fields of a profile and its file name are shown as they stand."""
    attack = "<script>alert(1)</script>{{7*7}}{0.__class__}<img src=x onerror=a>"
    reason = json.dumps(attack)
    path = tmp_path / "<b>&.json"
    path.write_text(
        f'{{"schema": 1, "runner": {{"ref": {reason}}}, "findings": ["weak glutes"], "notes": {reason}, '
        f'"clinician": {{"ban": [{{"exercise": "plank", "reason": {reason}}}]}}}}',
        encoding="utf-8",
    )
    ran = command(path, *AS_OF, "--format", form, "--explain")
    assert ran.code == 0, ran.err
    assert "{{7*7}}" in ran.out.replace("\n", "").replace("\\", "")
    if form == "html":
        assert "<script>alert" not in ran.out
        assert "<img" not in ran.out
        assert "&lt;script&gt;" in ran.out


def test_what_a_mistake_quotes_is_cut(tmp_path: Path) -> None:
    """Enough of a value to find it, not all of it."""
    folder = write_pack(tmp_path / "toy", {**TOY, "rules/rules.yaml": [rule("a", ["x" * 5_000])]})
    with pytest.raises(PackError) as raised:
        build_program([load_pack(folder, shown="toy")])
    assert len(str(raised.value)) < 1_000
