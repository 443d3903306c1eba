"""The plan as Markdown: an eight-line note to paste into a record, then the rest. All text from outside is escaped."""

import re
from collections.abc import Iterable, Iterator, Sequence

from stridewise.plan.model import REFER_FIRST, Because, Plan, Prescription
from stridewise.render import days, letter
from stridewise.render.view import (
    closing,
    key_findings,
    name,
    patient_words,
    shared_pain_limit,
    spoken_questions,
    spoken_set_aside,
)  # fmt: skip
from stridewise.render.words import (
    BLOCK_TITLES,
    STOPS_WORDS,
    URGENCY_WORDS,
    WARNING_WORDS,
    grade,
    on_terms,
    reason_line,
    spoken_change,
    spoken_dosage,
    spoken_side,
    spoken_sources,
    spoken_swap,
    spoken_trade,
    spoken_turn,
    spoken_verdict,
    spoken_work,
    verdict,
)  # fmt: skip

MOST_FINDINGS = 6
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&$]|(?<=http):|(?<=https):|(?<=ftp):|(?<=www)\.)", re.IGNORECASE)
_AT_START = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")


def escape(text: str) -> str:
    r"""Text that Markdown shows as it is, on one line: no markup, no HTML, no link.

    >>> escape("<b>*hi*</b>\n# no heading"), escape("1. no list")
    ('\\<b\\>\\*hi\\*\\</b\\> \\# no heading', '1\\. no list')
    """
    flat = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _AT_START.sub(lambda found: f"\\{found[0]}" if not found[0][0].isdigit() else found[0] + "\\", flat)


def render_markdown(plans: Sequence[Plan], explain: bool = False) -> str:
    """One document a plan, parted by a rule."""
    return "\n---\n\n".join("\n".join(_document(plan, explain)) + "\n" for plan in plans)


def note(plan: Plan) -> list[str]:
    """Eight lines for the record: verdict, findings, referral, advice, exercises, load, review, standing."""
    found = key_findings(plan)
    more = f"; and {len(found) - MOST_FINDINGS} more" if len(found) > MOST_FINDINGS else ""
    firm = [one.text for one in plan.warnings if one.level != "info"]
    lines = {
        "Verdict": verdict(plan),
        "Findings used": "; ".join(found[:MOST_FINDINGS]) + more,
        "Referral": " ".join(f"{URGENCY_WORDS[one.urgency]}: {name(one.to)}. {STOPS_WORDS[one.stops]}" for one in plan.referrals),
        "Advice": " ".join(firm or [one.text for one in plan.warnings[:2]]),
        "Exercises": "; ".join(f"{one.name} {_short_dose(one)}" for one in plan.prescriptions),
        "Load": "; ".join(spoken_change(one) for one in plan.load_adjustments),
        "Review": "; ".join(filter(None, [plan.review.date or "", *plan.review.retest])),
        "Standing": f"draft until a clinician signs it; plan {plan.receipt.plan_sha256[:12]} of {plan.as_of} for {plan.runner}",
    }
    return [f"- {title}: {escape(text) or 'none'}" for title, text in lines.items()]


def _short_dose(one: Prescription) -> str:
    return ", ".join(filter(None, [spoken_work(one.dosage), spoken_side(one)]))


def _document(plan: Plan, explain: bool) -> Iterator[str]:
    yield f"# Exercise plan for {escape(plan.runner)}, {plan.as_of}"
    yield ""
    yield from note(plan)
    first = ("Say first", _bullets(plan.notices))
    sent = ("Referrals", _referrals(plan, explain))
    sections: list[tuple[str, Iterable[str]]] = [
        *((sent, first) if plan.status == REFER_FIRST else (first, sent)),
        ("Warnings", _warnings(plan, explain)),
        (on_terms(plan, "The first week"), _first_week(plan)),
        (on_terms(plan, "Sessions of the next two weeks"), _sessions(plan)),
        (on_terms(plan, "Exercises"), _exercises(plan, explain)),
        ("Running and strength load", _load(plan, explain)),
        ("Week by week", _weeks(plan)),
        ("What the runner does now", _bullets(spoken_verdict(one) for one in plan.current)),
        ("Swaps", _swaps(plan, explain)),
        ("Settled between rules", _bullets(one.text for one in plan.conflicts)),
        ("Set aside", _bullets(f"{first}: {rest}" for first, rest in spoken_set_aside(plan))),
        ("Worth asking next", _bullets(spoken_questions(plan))),
        ("For the clinician", _bullets(closing(plan))),
        *(("Referral letter", _letter(one)) for one in letter.letters(plan)),
    ]
    for title, body in sections:
        yield from _section(title, list(body))
    yield ""
    yield f"Engine: {escape(plan.receipt.engine)}. Plan {plan.receipt.plan_sha256[:12]}. Signed: \\_\\_\\_\\_\\_\\_\\_\\_"


def _section(title: str, body: list[str]) -> Iterator[str]:
    if body:
        yield from ("", f"## {title}", "", *body)


def _bullets(texts: Iterable[str]) -> list[str]:
    return [f"- {escape(text)}" for text in texts]


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    listed = [f"| {' | '.join(map(escape, row))} |" for row in rows]
    return [f"| {' | '.join(titles)} |", f"|{' --- |' * len(titles)}", *listed] if listed else []


def _referrals(plan: Plan, explain: bool) -> Iterator[str]:
    for one in plan.referrals:
        yield f"- **{URGENCY_WORDS[one.urgency]}: {escape(name(one.to))}.** {escape(one.text)} {STOPS_WORDS[one.stops]}"
        yield from _why(one.because, explain)


def _warnings(plan: Plan, explain: bool) -> Iterator[str]:
    for one in plan.warnings:
        yield f"- **{WARNING_WORDS[one.level]}:** {escape(one.text)}"
        yield from _why(one.because, explain)


def _first_week(plan: Plan) -> list[str]:
    return _table(days.GLANCE_TITLES, days.glance_cells(plan))


def _sessions(plan: Plan) -> Iterator[str]:
    for one in days.same_sessions(plan):
        on = f" ({escape(one.days)})" if one.days else ""
        yield f"- **{escape(one.title)}**{on}: {escape(one.exercises)}".rstrip(": ")
        yield from (f"  - {escape(text)}" for text in one.remarks)


def _exercises(plan: Plan, explain: bool) -> Iterator[str]:
    limit = shared_pain_limit(plan)
    if limit:
        yield f"Pain, unless said otherwise: {escape(limit)}."
    block = ""
    for one in plan.prescriptions:
        if one.block != block:
            block = one.block
            yield from ("", f"### {BLOCK_TITLES[block]}", "")
        yield from _exercise(one, limit, explain)


def _exercise(one: Prescription, limit: str, explain: bool) -> Iterator[str]:
    dose = "; ".join(filter(None, [spoken_dosage(one.dosage), spoken_side(one), spoken_turn(one)]))
    yield f"- **{escape(one.name)}**: {escape(dose)}"
    said = {
        "": patient_words(one.because), "Stop: ": one.stop_if, "Pain: ": "" if one.pain_limit == limit else one.pain_limit,
        "Harder: ": one.progression, "Easier: ": one.regression,
    }  # fmt: skip
    yield from (f"  - {title}{escape(text)}" for title, text in said.items() if text)
    yield from _why(one.because, explain)


def _load(plan: Plan, explain: bool) -> Iterator[str]:
    for one in plan.load_adjustments:
        yield f"- **{escape(spoken_change(one))}.** {escape(one.text)}"
        yield from _why(one.because, explain)


def _weeks(plan: Plan) -> list[str]:
    return _table(days.WEEK_TITLES, days.week_cells(plan))


def _swaps(plan: Plan, explain: bool) -> Iterator[str]:
    for one in plan.swaps:
        yield f"- **{escape(spoken_swap(one))}.** {escape(spoken_trade(one))}".rstrip()
        yield from _why(one.because, explain)


def _why(because: Sequence[Because], explain: bool) -> Iterator[str]:
    if not explain:
        yield from (f"  - Why: {escape(reason_line(because))}" for _ in because[:1])
        return
    for one in because:
        yield f"  - Because: {escape(one.text)} ({escape(one.rule)}; {escape(grade(one))})"
        yield from (f"    - {escape(f'{fact.text} [{fact.at or fact.derived_by}]')}" for fact in one.facts)
        yield from (f"    - Sources: {escape(spoken_sources(one))}" for _ in one.sources[:1])


def _letter(one: letter.Letter) -> Iterator[str]:
    yield f"To: {escape(one.to)}  "
    yield f"Date: {one.date}  "
    yield f"Subject: {escape(one.subject)}; {one.urgency}"
    yield from ("", "Dear colleague,", "", escape(letter.introduction(one)))
    for title, listed in letter.parts(one):
        yield from ("", f"**{title}**", "", *_bullets(listed))
    yield from ("", letter.DRAFT, "")
    yield from (f"{title}: \\_\\_\\_\\_\\_\\_\\_\\_  " for title in letter.PLACEHOLDERS)
