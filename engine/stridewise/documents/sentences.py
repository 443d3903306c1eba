"""Words as they stand in a sentence."""


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


def inside(title: str) -> str:
    """An English title inside a sentence: with a small letter, but for what starts in capitals.

    >>> inside("Load the tendon"), inside("ACL repair")
    ('load the tendon', 'ACL repair')
    """
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"
