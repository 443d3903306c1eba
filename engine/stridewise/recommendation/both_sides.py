"""How a sentence about one side is told of both, or of none: "on the {side}" as "on both sides", "Your {side} shin hurts." as
"Your shin hurts (both sides)."."""

import re

SIDES_TOLD = "both sides"
_LEG = r"\bon (?:the|your) \{NAME\} (leg|foot)\b"
_ON = r"\bon (?:the|your) \{NAME\}"
_ALONE = r"\b(?:the|your) \{NAME\}(?! [a-zA-Z{])"
_BEFORE_A_NAME = r"\b([Tt]he|[Yy]our) \{NAME\} (\{\w+\})"
_BEFORE_A_NOUN = r"\{NAME\} ([a-zA-Z][^.,;:()]*)"


def told_of_both(text: str, name: str) -> str:
    """The text with the placeholder `{name}` of a side said of both sides."""
    text = re.sub(_for(_LEG, name), r"on either \1", text)
    text = re.sub(_for(_ON, name), f"on {SIDES_TOLD}", text)
    text = re.sub(_for(_ALONE, name), SIDES_TOLD, text)
    text = re.sub(_for(_BEFORE_A_NAME, name), rf"\1 \2 on {SIDES_TOLD}", text)
    while (noun := re.search(_for(_BEFORE_A_NOUN, name), text)) is not None:
        clause = noun[1].rstrip()
        text = f"{text[: noun.start()]}{clause} ({SIDES_TOLD}){noun[1][len(clause) :]}{text[noun.end() :]}"
    return text.replace(f"{{{name}}}", SIDES_TOLD)


def told_without_a_side(text: str, name: str) -> str:
    """The text without the placeholder `{name}`, for what has no left and right: "Pain at the low back ({side})" and the like."""
    for pattern, told in ((r" on (?:the|your) \{NAME\}", ""), (r" \(\{NAME\}\)", ""), (r", \{NAME\}", ""), (r"\{NAME\} ", "")):
        text = re.sub(_for(pattern, name), told, text)
    return text


def _for(pattern: str, name: str) -> str:
    return pattern.replace("NAME", name)
