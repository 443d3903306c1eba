"""What was sent with a form, by the standard library."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from stridewise.errors import ProfileError

MOST_FIELDS = 2000


class Form:
    """The fields of a form; a field that was left empty is "" or nothing."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self.fields = fields

    def text(self, name: str) -> str:
        """The field's text, line ends as in files."""
        return self.raw(name).strip()

    def raw(self, name: str) -> str:
        """The field's text as it was typed, but for line ends: blanks at its beginning and end count."""
        return self.fields.get(name, [""])[-1].replace("\r\n", "\n")

    def all(self, name: str) -> list[str]:
        """Every value of a field that may stand several times."""
        return [value.strip() for value in self.fields.get(name, []) if value.strip()]


def read_form(body: bytes) -> Form:
    """The form in a body. Raises ProfileError where it is none."""
    try:
        return Form(parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS))
    except ValueError as error:  # of decoding too
        raise ProfileError(f"the form cannot be read: {error}") from error
