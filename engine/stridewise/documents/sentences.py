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


def uncapitalised(text: str) -> str:
    """The text with a small letter at its beginning, all else as it is.

    >>> uncapitalised("Easy run")
    'easy run'
    """
    return f"{text[:1].lower()}{text[1:]}"
