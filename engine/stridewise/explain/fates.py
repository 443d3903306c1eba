"""Why each entry of a plan came, went or changed between two plans, in a sentence."""

from dataclasses import replace

from stridewise.plan.difference import Difference, EntryChange, difference
from stridewise.plan.entries import because_of, reasons_of
from stridewise.plan.model import Because, Plan


def explained(before: Plan, after: Plan) -> Difference:
    """The difference between two plans, each change with its reason."""
    differs, held = difference(before, after), {_identity(reason) for reason in reasons_of(after)}
    told = (
        tuple(replace(change, reason=_reason(change, after, held)) for change in changes)
        for changes in (differs.added, differs.removed, differs.changed)
    )
    return Difference(differs.status, *told)


Held = set[tuple[str, str]]  # the rules and texts of all reasons in a plan, whatever they are given for


def _identity(reason: Because) -> tuple[str, str]:
    return (reason.rule, reason.text)


def _reason(change: EntryChange, after: Plan, held: Held) -> str:
    if change.fate == "gone":
        return _why_gone(change, after, held)
    if change.fate == "new":
        return change.because[0].text if change.because else ""
    was = [reason.text for entry in change.before for reason in because_of(entry)]
    now = [reason.text for reason in change.because]
    if come := [text for text in now if text not in was]:
        return f"New reason: {come[0]}"
    true = {text for _, text in held}
    gone = [text for text in was if text not in now]
    if untrue := [text for text in gone if text not in true]:
        return f"No longer holds: {untrue[0]}"
    return f"Something else is in the plan for this now: {gone[0]}" if gone else "The same reasons, other figures."


def _why_gone(change: EntryChange, after: Plan, held: Held) -> str:
    """An entry is set aside, replaced or stopped, or its reasons no longer hold."""
    if change.section in ("prescriptions", "swaps"):
        for aside in after.set_aside:
            if aside.exercise == change.name:
                return f"Set aside: {aside.reason.rstrip('.')}."
        for swap in after.swaps:
            if swap.avoid == change.name and change.section == "prescriptions":
                return f"Kept out: {swap.because[0].text if swap.because else ''}"
    if change.section in ("prescriptions", "swaps", "pathways") and any(referral.stops_all for referral in after.referrals):
        return "A referral stops all exercise."
    if change.section == "set_aside" and any(one.exercise == change.name for one in after.prescriptions):
        return "It is in the plan now."
    if gone := [reason for reason in change.because if _identity(reason) not in held]:
        return f"No longer holds: {gone[0].text}"
    reasons = {_identity(reason) for reason in change.because}
    serving = [one.name for one in after.prescriptions if reasons & {_identity(reason) for reason in one.because}]
    for_them = f"; in the plan for them now: {', '.join(serving)}" if serving else ""
    return f"Its reasons still hold{for_them}." if reasons else ""
