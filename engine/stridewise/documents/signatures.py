"""Does a text name somebody? Whoever reviews, clears or acknowledges does so by name."""

NOBODY = frozenset({"", "none", "no", "nobody", "no one", "n/a", "na", "tbd", "tba", "todo", "pending", "open", "x"})


def names_somebody(text: str) -> bool:
    """A name, and not a word for "nobody yet".

    >>> names_somebody("A. Example"), names_somebody("TBD"), names_somebody("?")
    (True, False, False)
    """
    return text.strip().casefold().strip(".?!-") not in NOBODY and any(map(str.isalpha, text))
