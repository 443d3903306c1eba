"""The plan as Markdown: an eight-line note to paste into a record, then the rest. All text from outside is escaped."""

from collections.abc import Iterable, Iterator, Sequence

from stridewise.language.dosage_words import spoken_work
from stridewise.language.rule import WarningLevel
from stridewise.language.translation import fixed, say
from stridewise.plan.model import REFER_FIRST, Because, Plan, Prescription
from stridewise.render import letter, pathways, schedule
from stridewise.render import plan_words as words
from stridewise.render.escaping import escape
from stridewise.render.sections import SERIOUS
from stridewise.render.summaries import (
    closing,
    key_findings,
    patient_words,
    said_first,
    shared_pain_limit,
    spoken_questions,
    spoken_set_aside,
)

MOST_FINDINGS = 6


def render_markdown(plans: Sequence[Plan], explain: bool = False) -> str:
    """One document a plan, parted by a rule."""
    return "\n---\n\n".join("\n".join(_document(plan, explain)) + "\n" for plan in plans)


def note(plan: Plan) -> list[str]:
    """Eight lines for the record: verdict, findings, referral, advice, exercises, load, review, standing."""
    findings = key_findings(plan)
    more = f"; {say('and {number} more', number=len(findings) - MOST_FINDINGS)}" if len(findings) > MOST_FINDINGS else ""
    firm = [warning.text for warning in plan.warnings if warning.level != "info"]
    lines = {
        fixed("Verdict"): words.verdict(plan),
        fixed("Findings used"): "; ".join(findings[:MOST_FINDINGS]) + more,
        fixed("Referral"): " ".join(
            f"{say(words.URGENCY_WORDS[referral.urgency])}: {referral.addressee}. {say(words.STOPS_WORDS[referral.stops])}"
            for referral in plan.referrals
        ),
        fixed("Advice"): " ".join(firm or [warning.text for warning in plan.warnings[:2]]),
        fixed("Exercises"): "; ".join(f"{prescription.name} {_short_dose(prescription)}" for prescription in plan.prescriptions),
        fixed("Load"): "; ".join(words.spoken_change(adjustment) for adjustment in plan.load_adjustments),
        fixed("Review"): "; ".join(filter(None, [plan.review.date or "", *plan.review.retest])),
        fixed("Standing"): _standing(plan),
    }
    return [f"- {say(title)}: {escape(text) or say('none')}" for title, text in lines.items()]


def _standing(plan: Plan) -> str:
    text = fixed("draft until a clinician signs it; plan {seal} of {day} for {runner}")
    return say(text, seal=plan.receipt.plan_sha256[:12], day=plan.as_of, runner=plan.runner)


def _short_dose(prescription: Prescription) -> str:
    return ", ".join(filter(None, [spoken_work(prescription.dosage), words.spoken_side(prescription)]))


def _document(plan: Plan, explain: bool) -> Iterator[str]:
    yield f"# {say('Exercise plan for {runner}, {day}', runner=escape(plan.runner), day=plan.as_of)}"
    yield ""
    yield from note(plan)
    first = (fixed("Say first"), _bullets(said_first(plan)))
    sent = (fixed("Referrals"), _referrals(plan, explain))
    sections: list[tuple[str, Iterable[str]]] = [
        *((sent, first) if plan.status == REFER_FIRST else (first, sent)),
        (fixed("Warnings"), _warnings(plan, explain, SERIOUS)),
        (fixed("What the runner does now"), _bullets(words.spoken_verdict(exercise) for exercise in plan.current)),
        (words.on_terms(plan, fixed("The first week")), _first_week(plan)),
        (words.on_terms(plan, fixed("Sessions of the next two weeks")), _sessions(plan)),
        (words.on_terms(plan, fixed("Exercises")), _exercises(plan, explain)),
        (pathways.TITLE, _stages(plan, explain)),
        (fixed("Running and strength load"), _load(plan, explain)),
        (fixed("Week by week"), _weeks(plan)),
        (fixed("Notes"), _warnings(plan, explain, ("info",))),
        (fixed("Swaps"), _swaps(plan, explain)),
        (fixed("Where the findings disagree"), _bullets(conflict.text for conflict in plan.conflicts)),
        (words.ACKNOWLEDGED, _acknowledged(plan, explain)),
        (fixed("Set aside"), _bullets(f"{first}: {rest}" for first, rest in spoken_set_aside(plan))),
        (fixed("Worth asking next"), _bullets(spoken_questions(plan))),
        (fixed("For the clinician"), _bullets(closing(plan))),
        *((fixed("Referral letter"), _letter(referral_letter)) for referral_letter in letter.letters(plan)),
    ]
    for title, body in sections:
        yield from _section(title, list(body))
    yield ""
    receipt = plan.receipt
    made = say("Engine: {engine}. Plan {seal}.", engine=escape(receipt.engine), seal=receipt.plan_sha256[:12])
    yield f"{made} {say('Signed:')} \\_\\_\\_\\_\\_\\_\\_\\_"


def _section(title: str, body: list[str]) -> Iterator[str]:
    if body:
        yield from ("", f"## {say(title)}", "", *body)


def _bullets(texts: Iterable[str]) -> list[str]:
    return [f"- {escape(text)}" for text in texts]


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    listed = [f"| {' | '.join(map(escape, row))} |" for row in rows]
    return [f"| {' | '.join(map(say, titles))} |", f"|{' --- |' * len(titles)}", *listed] if listed else []


def _referrals(plan: Plan, explain: bool) -> Iterator[str]:
    for referral in plan.referrals:
        head = f"{say(words.URGENCY_WORDS[referral.urgency])}: {escape(referral.addressee)}"
        yield f"- **{head}.** {escape(referral.text)} {say(words.STOPS_WORDS[referral.stops])}"
        yield from _why(referral.because, explain)


def _warnings(plan: Plan, explain: bool, levels: Sequence[WarningLevel]) -> Iterator[str]:
    for warning in (one for one in plan.warnings if one.level in levels):
        yield f"- **{say(words.WARNING_WORDS[warning.level])}:** {escape(warning.text)}"
        yield from _why(warning.because, explain)


def _first_week(plan: Plan) -> list[str]:
    return _table(schedule.GLANCE_TITLES, schedule.glance_cells(plan))


def _sessions(plan: Plan) -> Iterator[str]:
    for alike in schedule.same_sessions(plan):
        on = f" ({escape(alike.days)})" if alike.days else ""
        yield f"- **{escape(alike.title)}**{on}: {escape(alike.exercises)}".rstrip(": ")
        yield from (f"  - {escape(text)}" for text in alike.remarks)


def _exercises(plan: Plan, explain: bool) -> Iterator[str]:
    limit = shared_pain_limit(plan)
    if limit:
        yield f"{say('Pain, unless said otherwise:')} {escape(limit)}."
    block = ""
    for prescription in plan.prescriptions:
        if prescription.block != block:
            block = prescription.block
            yield from ("", f"### {words.block_title(plan, block)}", "")
        yield from _exercise(prescription, limit, explain)


def _exercise(prescription: Prescription, limit: str, explain: bool) -> Iterator[str]:
    yield f"- **{escape(prescription.name)}**: {escape(words.spoken_prescription(prescription))}"
    own_limit = "" if prescription.pain_limit == limit else prescription.pain_limit
    said = {
        "": patient_words(prescription.because),
        "Stop: ": prescription.stop_if,
        "Pain: ": own_limit,
        "Next step: ": prescription.progression,
        "Easier: ": prescription.regression,
    }
    yield from (f"  - {title}{escape(text)}" for title, text in said.items() if text)
    yield from _why(prescription.because, explain)


def _stages(plan: Plan, explain: bool) -> Iterator[str]:
    for item in plan.pathways:
        yield f"- **{escape(pathways.heading(item))}.** {escape(' '.join(pathways.remarks(item)))}"
        yield from (f"  - {escape(text)}" for text in (*pathways.passing(item), pathways.again(plan, item)) if text)
        yield from _why(item.because, explain)


def _load(plan: Plan, explain: bool) -> Iterator[str]:
    for adjustment in plan.load_adjustments:
        yield f"- **{escape(words.spoken_change(adjustment))}.** {escape(adjustment.text)}"
        yield from _why(adjustment.because, explain)


def _weeks(plan: Plan) -> list[str]:
    part = schedule.part_week_words(plan)
    return [*_table(schedule.WEEK_TITLES, schedule.week_cells(plan)), *(["", part] if part else [])]


def _acknowledged(plan: Plan, explain: bool) -> Iterator[str]:
    for one in plan.acknowledged:
        yield f"- {escape(one.text)} {escape(words.spoken_acceptance(one))}"
        if explain:
            yield from _why(one.because, explain)


def _swaps(plan: Plan, explain: bool) -> Iterator[str]:
    for swap in plan.swaps:
        yield f"- **{escape(words.spoken_swap(swap))}.** {escape(words.spoken_trade(swap))}".rstrip()
        yield from _why(swap.because, explain)


def _why(because: Sequence[Because], explain: bool) -> Iterator[str]:
    if not explain:
        yield from (f"  - {say('Why: {reason}', reason=escape(words.reason_line(because)))}" for _ in because[:1])
        return
    for reason in because:
        yield f"  - {say('Because:')} {escape(reason.text)} ({escape(reason.rule)}; {escape(words.grade(reason))})"
        yield from (f"    - {say(words.FOR_EVERYBODY)}" for _ in range(reason.for_everybody))
        yield from (f"    - {escape(f'{fact.text} [{fact.at or fact.derived_by}]')}" for fact in reason.facts)
        yield from (
            f"    - {say('Sources: {sources}', sources=escape(words.spoken_sources(reason)))}" for _ in reason.sources[:1]
        )


def _letter(referral_letter: letter.Letter) -> Iterator[str]:
    yield f"{say('To: {name}', name=escape(referral_letter.to))}  "
    yield f"{say('Date: {day}', day=referral_letter.date)}  "
    yield say("Subject: {subject}; {urgency}", subject=escape(referral_letter.subject), urgency=referral_letter.urgency)
    yield from ("", say(letter.SALUTATION))
    for title, text in referral_letter.paragraphs:
        yield from ("", f"**{title}.** {escape(text)}")
    yield from ("", say(letter.DRAFT), "")
    yield from (f"{say(title)}: \\_\\_\\_\\_\\_\\_\\_\\_  " for title in letter.PLACEHOLDERS)
