"""The program of installed packs as data, made when their wheel is built, so that no start reads every rule again. The YAML stays
the truth: a compiled file counts only while every file of the packs, and the engine, are what it was made from.

`python -m stridewise.program.compiled PACKAGE` writes the file for a package that brings packs."""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

from stridewise import __version__
from stridewise.documents import shape
from stridewise.errors import PackError
from stridewise.language import condition, dosage, exercise, pathway, rule, traits, vocabulary
from stridewise.packs import pack as packs
from stridewise.packs.files import digest_of
from stridewise.packs.pack import FOLDER, PackFolder, RulePack, load_pack
from stridewise.program.program import Program
from stridewise.program.strata import Suppliers
from stridewise.program.table import read_table, write_table

FILE = "compiled.json"
# Whose dataclasses can come out of a compiled file. They hold values, and check them as they do when the values come from YAML.
MODULES = (condition, dosage, exercise, packs, pathway, rule, shape, traits, vocabulary)
CLASSES = {
    class_.__name__: class_
    for module in MODULES
    for class_ in vars(module).values()
    if isinstance(class_, type) and is_dataclass(class_) and class_.__module__ == module.__name__
}
MADE_AGAIN = ("packs", "suppliers", "lapsed", "without_safety", "plugins", "cache")
ROOT = Path(__file__).parents[1]
ROOMS = ("documents", "language", "packs", "program")  # in which YAML becomes a program


def compiled_program(folders: Sequence[PackFolder]) -> Program | None:
    """The program of exactly these packs, from a compiled file beside one of them. None where there is none that is whole and
    up to date, and where somebody named a folder: the packs are then read from their YAML."""
    if any(folder.origin == FOLDER for folder in folders):
        return None
    for package in sorted({folder.path.parent for folder in folders}):
        if (package / FILE).is_file() and (program := _read(package / FILE, folders)) is not None:
            return program
    return None


def _read(path: Path, folders: Iterable[PackFolder]) -> Program | None:
    by_shown = {folder.shown: folder for folder in folders}
    try:
        digests = {shown: digest_of(folder.path) for shown, folder in by_shown.items()}
        head, _, body = path.read_bytes().partition(b"\n")
        if head != _head(digests, body):
            return None
    except (OSError, PackError):  # whoever reads the YAML says what is wrong
        return None
    shapes, parts = read_table(json.loads(body), CLASSES)
    joined = tuple(_pack(by_shown[shown], shape, digests[shown]) for shown, shape in shapes.items())
    return Program(packs=joined, suppliers=Suppliers(rule for stratum in parts["strata"] for rule in stratum), **parts)


def _pack(folder: PackFolder, shape: packs.PackShape, sha256: str) -> RulePack:
    """A pack whose files are read when somebody asks what they hold."""
    read = cache(lambda: load_pack(folder.path, folder.origin, folder.shown).read())
    return RulePack(shape, folder.shown, folder.path.resolve(), folder.origin, sha256, read)


def compiled_file(program: Program) -> bytes:
    """What stands in the compiled file of a program. The same program gives the same bytes."""
    parts = {part.name: getattr(program, part.name) for part in fields(program) if part.name not in MADE_AGAIN}
    table = write_table(({pack.path: pack.shape for pack in program.packs}, parts), CLASSES)
    body = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
    return _head({pack.path: pack.sha256 for pack in program.packs}, body) + b"\n" + body


def _head(digests: Mapping[str, str], body: bytes) -> bytes:
    """The first line: all that must not have changed since the file was made."""
    head = {"version": __version__, "engine": engine_digest(), "packs": digests, "body": hashlib.sha256(body).hexdigest()}
    return json.dumps(head, sort_keys=True).encode()


def engine_digest() -> str:
    """The sha256 over the source of everything that decides how YAML becomes a program."""
    total = hashlib.sha256()
    for path in engine_files():
        total.update(path.read_bytes())
    return total.hexdigest()


def engine_files() -> list[Path]:
    """Everything that decides how YAML becomes a program, and what lies beside it."""
    return [ROOT / "errors.py", *(path for room in ROOMS for path in sorted((ROOT / room).glob("*.py")))]


def compile_package(package: Path, others: Iterable[PackFolder] = ()) -> bytes:
    """The compiled file of the packs in a package's folder, joined with the others. Raises PackError."""
    from stridewise.program.builder import build_program

    own = [path.parent for path in sorted(package.glob("*/pack.yaml"))]
    folders = [*others, *(PackFolder(package.name, path, f"{package.name}/{path.name}") for path in own)]
    return compiled_file(build_program([load_pack(folder.path, folder.origin, folder.shown) for folder in folders]))


def main(package: Path) -> None:
    """Write the compiled file of a package, whose packs are joined with all that are installed."""
    from stridewise.packs.plugins import pack_folders, plugin_manager

    others = [folder for folder in pack_folders(plugin_manager()) if folder.path.resolve().parent != package.resolve()]
    (package / FILE).write_bytes(compile_package(package.resolve(), others))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
