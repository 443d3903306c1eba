"""Who hands a sheet out: name, telephone and logo of a clinic, from a file of its own or from a pack."""

from base64 import b64encode
from dataclasses import dataclass, replace
from pathlib import Path

from stridewise.documents.reader import parse_document, read_bytes
from stridewise.documents.shape import Word, validate
from stridewise.errors import PackError, Problems

MEDIA = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
LARGEST_LOGO = 200_000  # bytes: it stands in every sheet


@dataclass(frozen=True, slots=True)
class Clinic:
    """A clinic; `logo` is a picture file beside it as written, a data URL as read, `language` that of its runners."""

    name: str
    phone: Word = ""
    logo: str = ""
    language: Word = ""


NOBODY = Clinic("")


def read_clinic(path: Path) -> Clinic:
    """The clinic that a YAML file describes: {name, phone, logo}. Raises PackError with everything that is wrong with it."""
    problems = Problems(str(path), PackError)
    document = parse_document(read_bytes(path, problems), str(path), PackError)
    clinic = validate(Clinic, document.root, problems, 1)
    if clinic is not None and clinic.logo:
        clinic = replace(clinic, logo=_picture(path.parent / clinic.logo, problems, document.line("logo")))
    problems.raise_if_any()
    return clinic or NOBODY


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
