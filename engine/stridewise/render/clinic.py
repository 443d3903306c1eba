"""Who hands a sheet out: name, telephone and logo of a clinic, from a file of its own or from a pack."""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from stridewise.documents.reader import parse_document, read_bytes
from stridewise.documents.shape import Word, validate
from stridewise.errors import PackError, Problems

MEDIA = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
LARGEST_LOGO = 200_000  # bytes: it stands in every sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicShape:
    """A clinic as written; `logo` is a picture file beside it, `language` what its runners are told plans in."""

    name: str
    phone: Word = ""
    logo: str = ""
    language: Word = ""


@dataclass(frozen=True, slots=True)
class Clinic:
    """A clinic as shown; empty where it is not known. `logo` is a data URL."""

    name: str = ""
    phone: str = ""
    logo: str = ""
    language: str = ""


NOBODY = Clinic()


def read_clinic(path: Path) -> Clinic:
    """The clinic that a YAML file describes: {name, phone, logo}. Raises PackError with everything that is wrong with it."""
    problems = Problems(str(path), PackError)
    document = parse_document(read_bytes(path, problems), str(path), PackError)
    shape = validate(ClinicShape, document.root, problems, 1)
    clinic = None if shape is None else _shown(shape, path.parent, problems, document.line("logo"))
    problems.raise_if_any()
    return clinic or NOBODY


def _shown(shape: ClinicShape, folder: Path, problems: Problems, line: int) -> Clinic:
    """The clinic with its logo read; what is wrong with the picture is recorded."""
    logo = _picture(folder / shape.logo, problems, line) if shape.logo else ""
    return Clinic(shape.name, shape.phone, logo, shape.language)


def _picture(path: Path, problems: Problems, line: int) -> str:
    media = MEDIA.get(path.suffix.lower())
    if media is None:
        problems.add(line, f'logo: "{path.name}" is no picture that can be shown; expected {", ".join(MEDIA)}')
        return ""
    if not path.is_file() or path.stat().st_size > LARGEST_LOGO:
        problems.add(
            line, f'logo: "{path.name}" is not there, or larger than {LARGEST_LOGO // 1000} kB; name a smaller file beside it'
        )
        return ""
    return f"data:{media};base64,{b64encode(path.read_bytes()).decode()}"
