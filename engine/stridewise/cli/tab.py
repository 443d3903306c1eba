"""The Tab key of the interview: the words that a question knows, wherever Python has readline; elsewhere the key does nothing."""

from collections.abc import Callable, Iterable

SEPARATORS = ",;"  # of the entries of an answer


def offer(words: Iterable[str]) -> None:
    """Complete these words from now on, each entry of an answer by itself."""
    try:
        import readline
    except ImportError:  # Windows, or a Python without it
        return
    readline.set_completer_delims(SEPARATORS)
    readline.set_completer(completer(list(words)))
    is_libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")


def completer(words: list[str]) -> Callable[[str, int], str | None]:
    """What readline asks for the first, second, … word that an entry may become; blanks before it stay."""

    def nth(begun: str, number: int) -> str | None:
        typed = begun.lstrip()
        blanks = begun[: len(begun) - len(typed)]
        fitting = [blanks + word for word in words if word.startswith(typed.casefold().replace("_", " "))]
        return fitting[number] if number < len(fitting) else None

    return nth
