"""A difference between two plans in short phrases."""

from stridewise.documents.sentences import first_sentence
from stridewise.plan.difference import Difference, EntryChange

# What is told of it, the gravest first. What is only set aside is left out.
PHRASES = {
    "referrals": "the referral to",
    "swaps": "the swap of",
    "prescriptions": "the exercise",
    "load_adjustments": "the advice on",
    "pathways": "the stage",
    "warnings": "the warning",
}
ADVICE = tuple(PHRASES)
VERBS = {"new": "adds", "gone": "drops", "changed": "changes"}
SOON = {"emergency": "now", "same_day": "today", "urgent": "within 72 hours", "routine": ""}
SHORT = 70  # letters of a warning


def summary(differs: Difference, names: dict[str, str]) -> tuple[str, ...]:
    """The difference in short phrases, the gravest first; `names` are the exercises'."""
    told: list[str] = []
    if differs.status[0] != differs.status[1]:
        first = "someone else must see the runner first"
        told.append(first if differs.status[1] == "refer_first" else "no longer refers first")
    verbs: dict[str, str] = {}
    for change in sorted((one for one in differs.all if one.section in PHRASES), key=lambda one: ADVICE.index(one.section)):
        if change.parts != ("because",):
            what, verb = f"{PHRASES[change.section]} {_spoken(change, names)}", VERBS[change.fate]
            verbs[what] = verb if verbs.get(what, verb) == verb else "changes"  # one referral for another to the same person
    return (*told, *(f"{verb} {what}" for what, verb in verbs.items()))


def _spoken(change: EntryChange, names: dict[str, str]) -> str:
    entry = (change.after or change.before)[0]
    match change.section:
        case "referrals":
            return f"{entry.addressee} {SOON[entry.urgency]}".strip()
        case "warnings":
            return f"“{first_sentence(entry.text, SHORT)}”"
        case "pathways":
            return f"“{entry.stage_title}” ({entry.title})"
    return names.get(change.name, change.name.replace("_", " ")).lower()
