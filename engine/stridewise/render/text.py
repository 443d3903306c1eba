"""The plan as text: verdict, what must be said first, the week, what to do, then why; readable at 80 columns."""

from collections.abc import Iterable, Iterator

from stridewise.language.translation import fixed, say, speaking
from stridewise.plan.model import REFER_FIRST, Plan
from stridewise.render import letter, pathways, sections
from stridewise.render.paragraphs import WIDTH, Line, Rows, bullets, section, to_text
from stridewise.render.plan_words import ACKNOWLEDGED, on_terms, verdict
from stridewise.render.summaries import FEW_QUESTIONS, MOST_QUESTIONS, closing, said_first, spoken_questions


def render_text(plan: Plan, explain: bool = False, width: int = WIDTH) -> str:
    """The plan as plain text."""
    with speaking(plan.words):
        return to_text(lines(plan, explain), width)


def lines(plan: Plan, explain: bool) -> Iterator[Rows]:
    """The plan in paragraphs; short where someone else comes first."""
    refer_first = plan.status == REFER_FIRST
    yield Line(verdict(plan), "alarm" if refer_first else "verdict")
    yield Line(say("Plan for {runner}, {day}. Draft until a clinician signs it.", runner=plan.runner, day=plan.as_of))
    for title, body in (_short if refer_first and not explain else _whole)(plan, explain):
        yield from section(say(title), body, "title")
    for referral_letter in letter.letters(plan):
        yield from section(say("Letter to copy"), letter.text_lines(referral_letter), "title")
    yield from _footer(plan)


def _whole(plan: Plan, explain: bool) -> Iterator[tuple[str, Iterable[Rows]]]:
    first = (fixed("Say first"), bullets(said_first(plan)))
    sent = (fixed("Referrals"), sections.referrals(plan, explain))
    yield from (sent, first) if plan.status == REFER_FIRST else (first, sent)
    yield fixed("Warnings"), sections.warnings(plan, explain, sections.SERIOUS)
    yield fixed("What the runner does now"), sections.current(plan, explain)
    yield on_terms(plan, fixed("The first week")), sections.first_week(plan)
    yield on_terms(plan, fixed("Sessions of the next two weeks")), sections.sessions(plan)
    yield on_terms(plan, fixed("Exercises")), sections.exercises(plan, explain)
    yield pathways.TITLE, sections.stages(plan, explain)
    yield fixed("Running and strength load"), sections.load(plan, explain)
    yield fixed("Week by week"), sections.week_table(plan, explain)
    yield fixed("Notes"), sections.warnings(plan, explain, ("info",))
    yield fixed("Swaps"), sections.swaps(plan, explain)
    yield fixed("Where the findings disagree"), bullets(conflict.text for conflict in plan.conflicts)
    yield ACKNOWLEDGED, sections.acknowledged(plan, explain)
    yield fixed("Set aside"), sections.set_aside(plan, explain)
    yield fixed("Review"), sections.review(plan)
    yield fixed("Worth asking next"), bullets(spoken_questions(plan, MOST_QUESTIONS if explain else FEW_QUESTIONS))
    yield fixed("For the clinician"), bullets(closing(plan))


def _short(plan: Plan, explain: bool) -> Iterator[tuple[str, Iterable[Rows]]]:
    yield fixed("Referrals"), sections.referrals(plan, explain)
    yield fixed("Say first"), bullets(said_first(plan))
    yield fixed("Warnings"), sections.warnings(plan, explain)
    yield ACKNOWLEDGED, sections.acknowledged(plan, explain)
    yield fixed("Only until then, and only if the clinician agrees"), sections.meanwhile(plan)
    yield fixed("Review"), sections.review(plan)
    yield fixed("For the clinician"), bullets(closing(plan))


def _footer(plan: Plan) -> Iterator[Line]:
    yield Line("")
    yield Line(say("Every line can be checked: recommend why PROFILE ITEM, or --explain."), "quiet")
    receipt = plan.receipt
    yield Line(say("Engine: {engine}. Plan {seal}.", engine=receipt.engine, seal=receipt.plan_sha256[:12]), "quiet")
