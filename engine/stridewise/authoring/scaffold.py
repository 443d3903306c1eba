"""A new rule pack to start from: commented, small, and passing every check and test the day it is made."""

import json
import re
from pathlib import Path

from stridewise.authoring.completion import schema_with_terms
from stridewise.errors import PackError, Problem
from stridewise.program.program import Program

SCHEMAS = ("pack", "source", "vocabulary", "rule", "exercise", "pathway", "case", "profile")
SCHEMA_FOLDER = ".schemas"
TEMPLATES = Path(__file__).with_name("templates")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


def pack_name(folder: Path) -> str:
    """The name of a pack made in this folder: small letters, digits and hyphens. Raises PackError where there is none."""
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    if not _NAME.match(name) or name == "stridewise":
        message = f'"{folder.name}" makes no name for a pack; choose a folder name such as our-clinic'
        raise PackError([Problem(str(folder), 0, message)])
    return name


def new_pack(folder: Path, program: Program) -> dict[Path, str]:
    """The files of a new pack in `folder`, not yet written. Raises PackError where something is there already."""
    name = pack_name(folder)
    _refuse_taken(folder, name, program)
    return _pack_files(folder, name, program)


def new_distribution(folder: Path, program: Program) -> dict[Path, str]:
    """The files of an installable plugin around a new pack, not yet written. Raises PackError as `new_pack` does."""
    name = pack_name(folder)
    _refuse_taken(folder, name, program)
    word = name.replace("-", "_")
    return _filled("distribution", folder, name) | _pack_files(folder / f"{word}_rules" / word, name, program)


def _refuse_taken(folder: Path, name: str, program: Program) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PackError([Problem(str(folder), 0, "is there already and not empty; choose a new folder")])
    if name in {pack.name for pack in program.packs}:
        raise PackError([Problem(str(folder), 0, f'a pack named "{name}" is installed already; choose another folder name')])


def _pack_files(folder: Path, name: str, program: Program) -> dict[Path, str]:
    files = _filled("pack", folder, name)
    for document in SCHEMAS:
        schema = schema_with_terms(document, program)
        files[folder / SCHEMA_FOLDER / f"{document}.json"] = json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
    return files


def _filled(template: str, folder: Path, name: str) -> dict[Path, str]:
    """The files of a template with the pack's name: NAME with hyphens, WORD with underscores, in the names of files too. One that
    ends in .in is no module of ours."""
    top = TEMPLATES / template
    files = sorted(path for path in top.rglob("*") if path.is_file())

    def filled(text: str) -> str:
        return text.replace("NAME", name).replace("WORD", name.replace("-", "_"))

    return {
        folder / filled(path.relative_to(top).as_posix().removesuffix(".in")): filled(path.read_text(encoding="utf-8"))
        for path in files
    }
