"""Findings, cases, coverage and mutation scores for a pack's author."""

from collections.abc import Iterator, Sequence
from datetime import date

from stridewise.authoring.checks.coverage import boundaries, never_fired
from stridewise.authoring.checks.finding import LEVELS, Finding, Subject
from stridewise.authoring.checks.mutation import Score
from stridewise.authoring.translations import Coverage
from stridewise.authoring.trial import Trial
from stridewise.packs.pack import RulePack
from stridewise.render.json import as_json


def render_findings(shown: Sequence[Finding], findings: Sequence[Finding]) -> str:
    """The findings shown, each with its line and how to mend it, and the count of all that were found."""
    lines = [line for finding in shown for line in _finding(finding)]
    counts = {level: sum(finding.level == level for finding in findings) for level in LEVELS}
    total = ", ".join(f"{number} {level}{'s' if number != 1 and level != 'info' else ''}" for level, number in counts.items())
    hidden = len(findings) - len(shown)
    least = "--level info shows the rest" if any(f.level == "info" for f in findings) else "--level warning shows the rest"
    return "\n".join([*lines, f"{total}{f' ({hidden} not shown; {least})' if hidden else ''}"]) + "\n"


def _finding(finding: Finding) -> Iterator[str]:
    yield str(finding)
    if finding.witness:
        yield "    both fire for this runner:"
        yield from (f"      {line}" for line in finding.witness.splitlines())


def render_findings_json(shown: Sequence[Finding]) -> str:
    """The findings as JSON."""
    entries = [
        {
            "level": f.level,
            "path": f.place.path,
            "line": f.place.line,
            "check": f.check,
            "message": f.message,
            "mend": f.mend,
            "witness": f.witness or None,
        }
        for f in shown
    ]
    return as_json(entries)


def render_language(code: str, told: Sequence[Coverage], has_list: bool) -> str:
    """How many of the texts of each sort a language says; with the list, those that it does not."""
    lines = [f'Said in "{code}"; the rest is told in English:']
    for one in told:
        lines.append(f"  {one.sort}: {one.number - len(one.missing)} of {one.number}")
        lines += [f'    not yet: "{text}"' for text in one.missing] if has_list else []
    return "\n".join(lines) + "\n"


def render_trials(trials: Sequence[Trial]) -> str:
    """Every failed case with what was expected and what came, then the count."""
    lines = []
    for trial in trials:
        if trial.failures:
            lines += [f"FAILED {trial.case.place}: {trial.case.shape.name}", *(f"    {failure}" for failure in trial.failures)]
            others = sorted(trial.fired)
            lines += [f"    fired: {', '.join(others) or 'no rule'}"]
    failed = sum(bool(trial.failures) for trial in trials)
    return "\n".join([*lines, f"{len(trials) - failed} passed, {failed} failed"]) + "\n"


def render_coverage(subject: Subject) -> str:
    """Rules that no case made fire, and numbers without a case on each side."""
    silent = never_fired(subject)
    lacking = list(boundaries.find(subject))
    fired = len(subject.rules) - len(silent)
    lines = [f"never fired: {rule.place}: {rule.id}" for rule in silent]
    lines += [f"boundary: {finding.place}: {finding.message}" for finding in lacking]
    total = f"{fired} of {len(subject.rules)} rules fired; {len(lacking)} numbers without all their cases"
    return "\n".join([*lines, total]) + "\n"


def render_score(score: Score) -> str:
    """The mutants that no case noticed, and the share of those that were."""
    lines = [f"survived: {mutant.place}: {mutant.original.id}: {mutant.change}" for mutant in score.survivors]
    total = f"mutation score {score.percent}%: {score.noticed} of {score.number} mutants noticed"
    return "\n".join([*lines, total]) + "\n"


def spoken_review(pack: RulePack, today: date) -> str:
    """Who reviewed a pack and whether that still holds today."""
    shape = pack.shape
    if not shape.is_signed(today):
        return "not signed yet"
    if shape.expires is not None and shape.expires < today:
        return f"{shape.reviewer}, was due {shape.expires}"
    return f"{shape.reviewer}, {shape.reviewed}" if shape.reviewed else shape.reviewer
