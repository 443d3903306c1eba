"""Text from outside inside Markdown: what a profile, a pack or a file's name says is shown letter by letter, and never obeyed."""

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&$@]|(?<=http):|(?<=https):|(?<=ftp):|(?<=www)\.)", re.IGNORECASE)
_AT_START = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")


def escape(text: str) -> str:
    r"""Text that Markdown shows as it is, on one line: no markup, no HTML, no image, no link.

    >>> escape("<b>*hi*</b>\n# no heading"), escape("1. no list")
    ('\\<b\\>\\*hi\\*\\</b\\> \\# no heading', '1\\. no list')
    """
    flat = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _AT_START.sub(lambda sign: f"\\{sign[0]}" if not sign[0][0].isdigit() else sign[0] + "\\", flat)
