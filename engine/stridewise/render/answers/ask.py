"""The questions worth asking next, and whether a profile still gives the plan on file, as text."""

from collections.abc import Iterator

from stridewise.explain.ask import MAX_RUNS, Questions, TriedQuestion
from stridewise.explain.verify import Verified
from stridewise.language.traits import EVERYDAY, EXAMINATION, HISTORY, SAFETY
from stridewise.planning.merging import grouped
from stridewise.render.answers.effects import effects
from stridewise.render.paragraphs import Line, bullet, bullets, section
from stridewise.render.plan_words import URGENCY_WORDS

TITLES = {
    SAFETY: "For safety, before anything else",
    EVERYDAY: "What every runner can answer at once",
    HISTORY: "What the history could add",
    EXAMINATION: "What an examination could add",
}
NOTHING = "Nothing that is missing would change this plan."
NOT_NOW = "No question here is worth a delay; ask again when the runner has been seen."
MAX_ANSWERS = 3  # told for a question


def ask_lines(asked: Questions) -> Iterator[Line]:
    """The groups in the order to ask them, each question with what its weightiest answers would do."""
    for referral in asked.first:
        yield Line(f"Before anything is asked: {referral.addressee}, {URGENCY_WORDS[referral.urgency]}", "alarm")
        yield Line(referral.text, indent=2)
    if not asked.questions:
        yield Line(NOT_NOW if asked.first else NOTHING, "quiet" if asked.first else "title")
    first = not asked.first
    for group, title in TITLES.items():
        mine = [question for question in asked.questions if question.group == group]
        if mine:
            yield from () if first else (Line(""),)
            yield Line(title, "title")
            first = False
        for number, question in enumerate(mine, 1):
            yield from _question(question, number)
    yield from (Line(text, "quiet") for text in _ending(asked))


def _ending(asked: Questions) -> Iterator[str]:
    if asked.left_out:
        what = "1 further question" if asked.left_out == 1 else f"{asked.left_out} further questions"
        yield f"{what} could change something too; of each group the weightiest are told."
    if not asked.complete:
        yield f"Not every answer was tried: the search stops at {MAX_RUNS} plans."


def _question(question: TriedQuestion, number: int) -> Iterator[Line]:
    yield Line(question.question, "item", 2, f"{number}. ")
    told = grouped(question.answers, lambda answer: answer.does)[:MAX_ANSWERS]
    for alike in told:
        yield bullet(f"{_either([answer.answer for answer in alike])}: {effects(alike[0].does)}.", 5)
    if left := len(question.answers) - sum(map(len, told)):
        yield Line(f"{left} more answer{'s' if left > 1 else ''} would change something (in full: --format json).", "quiet", 5)


def _either(answers: list[str]) -> str:
    """Answers with one effect; of many, the first few."""
    if len(answers) > 5:
        return f"{', '.join(answers[:4])} or {len(answers) - 4} others"
    return f"{', '.join(answers[:-1])} or {answers[-1]}" if len(answers) > 1 else answers[0]


def verify_lines(verified: Verified) -> Iterator[Line]:
    """Identical, or what differs and why."""
    if verified.holds:
        yield Line(f"Identical: the profile gives this plan for {verified.as_of}, and its receipt holds.", "verdict")
    elif verified.identical:
        yield Line(f"The profile still gives this plan for {verified.as_of}, but the file does not vouch for it.", "alarm")
    else:
        yield Line(f"Different: today's packs and profile give another plan for {verified.as_of}.", "alarm")
    yield from bullets(f"Changed since, without effect on the plan: {text}." for text in verified.notes)
    yield from section("What differs", bullets(verified.differs), "title")
    yield from section("What was changed", bullets(verified.causes), "title")
