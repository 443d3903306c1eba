"""Two profiles as two visits of one runner: on which days, and whether they are that."""

from datetime import date

from stridewise.errors import Problem, ProfileError
from stridewise.profile.profile import Profile


def days_of(before: Profile, after: Profile, last: date) -> tuple[date, date]:
    """The days of both visits; `last` where the second does not say. Raises ProfileError where they are not two visits of one
    runner in their order."""
    first, second = before.sections.recorded, last
    problems = []
    if before.sections.runner.ref != after.sections.runner.ref:
        message = f"runner.ref: {after.sections.runner.ref} is not the runner of the first visit, {before.sections.runner.ref}"
        problems.append(Problem(after.document.path, after.document.line("runner", "ref"), message))
    if first is None:
        problems.append(Problem(before.document.path, 1, "recorded: the day of the first visit is missing; add it"))
    elif first > second:
        message = f"recorded: the first visit, {first}, lies after the second, {second}; give the older profile first"
        problems.append(Problem(before.document.path, before.document.line("recorded"), message))
    if problems or first is None:
        raise ProfileError(problems)
    return first, second
