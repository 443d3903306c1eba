"""Words as they stand in a sentence."""

from collections.abc import Mapping, Sequence
from itertools import islice

MOST_KEYS = 3  # shown of what was found


def capitalised(text: str) -> str:
    """The text with a capital at its beginning, all else as it is.

    >>> capitalised("easy run with Anna")
    'Easy run with Anna'
    """
    return f"{text[:1].upper()}{text[1:]}"


def sentence(text: str) -> str:
    """The text as one sentence: a capital, and one full stop.

    >>> sentence("the calf is above its limit")
    'The calf is above its limit.'
    """
    return f"{capitalised(text.rstrip('.'))}."


def first_sentence(text: str, most: int) -> str:
    """The first sentence without its full stop; of one with more letters than that, the words that fit.

    >>> first_sentence("Rest the calf. Then walk.", 60), first_sentence("Rest the calf.", 10)
    ('Rest the calf', 'Rest …')
    """
    said = text.split(". ", maxsplit=1)[0].rstrip(".")
    return said if len(said) <= most else f"{said[: most - 3].rsplit(' ', 1)[0]} …"


def counted(number: int, what: str) -> str:
    """So many of a thing.

    >>> counted(1, "plan"), counted(0, "plan")
    ('1 plan', '0 plans')
    """
    return f"{number} {what}{'' if number == 1 else 's'}"


def enumerated(words: Sequence[str]) -> str:
    """Words one after the other.

    >>> enumerated(["squat", "lunge", "hop"]), enumerated(["hop"])
    ('squat, lunge and hop', 'hop')
    """
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def inside(title: str) -> str:
    """An English title inside a sentence: with a small letter, but for what starts in capitals.

    >>> inside("Load the tendon"), inside("ACL repair")
    ('load the tendon', 'ACL repair')
    """
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def as_found(written: object) -> str:
    """What stands in a document, in the words of whoever typed it.

    >>> as_found({"side": "left"}), as_found(["left"]), as_found(None), as_found("left")
    ('"side: …"', 'a list', 'nothing', '"left"')
    """
    if isinstance(written, Mapping):
        return f'"{", ".join(f"{str(key)[:40]}: …" for key in islice(written, MOST_KEYS))}"' if written else "an empty {}"
    if isinstance(written, list | tuple):
        return "a list" if written else "an empty list"
    if written is None:
        return "nothing"
    return f'"{(str(written).lower() if isinstance(written, bool) else str(written))[:60]}"'


def lost_decimal(key: object, written: object) -> str:
    """What is wrong where a decimal comma parted a number, so that what stands behind it is a key of its own; else nothing.

    >>> lost_decimal("5", None), lost_decimal("side", None)
    ('found the key "5" without a value; a decimal has a point, as in 7.5', '')
    """
    is_one = isinstance(key, str) and key.isdigit() and written is None
    return f'found the key "{key}" without a value; a decimal has a point, as in 7.5' if is_one else ""
