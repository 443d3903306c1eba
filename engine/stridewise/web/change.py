"""The clinician's own choices, straight from the plan: keep, leave out, swap, set a dosage, take back. They are written into the
profile, so that every later plan keeps them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from stridewise.errors import ProfileError
from stridewise.explain.difference import difference
from stridewise.language.dosage_words import spoken_amount
from stridewise.plan.model import Plan
from stridewise.profile.profile import Profile
from stridewise.render.answers.what_if import difference_lines
from stridewise.render.paragraphs import Line
from stridewise.web.choices import Choice, choices_in, with_choices, without_choice
from stridewise.web.desk import Desk
from stridewise.web.folder import ChangedError, digest
from stridewise.web.forms import Form
from stridewise.web.pages import desk_of, form_of, page
from stridewise.web.words import AMOUNTS, paths

ASKED = ("do", "exercise", "instead", "reason", *AMOUNTS)  # what a form of a choice holds
_RANGE = re.compile(r"([0-9.]+) ?[-–] ?([0-9.]+)")


def show(request: Request) -> Response:
    """The exercises of the plan, each with what can be done about it, and what can be asked."""
    desk, name = desk_of(request), request.path_params["name"]
    profile = desk.profile(name)
    return page(request, "change.html.j2", name=name, **_shown(desk, profile, desk.session(profile).plan))


def _shown(desk: Desk, profile: Profile, plan: Plan) -> dict[str, Any]:
    held = {one.exercise for one in plan.prescriptions}
    return {
        "plan": plan, "was": profile.sha256, "choices": choices_in(profile.document.root), "names": names(desk),
        "amounts": AMOUNTS, "paths": paths(),
        "aside": [one for one in plan.set_aside if one.exercise and one.exercise not in held],
        "findings": [_in_words(one) for one in profile.document.root.get("findings") or ()], "now": _now,
    }  # fmt: skip


def names(desk: Desk) -> dict[str, str]:
    """Every exercise and its name, in the order of the names."""
    return dict(sorted(((one.id, one.name) for one in desk.program.exercises.values()), key=lambda pair: pair[1].casefold()))


def _in_words(entry: Any) -> str:
    return ", ".join(f"{key}: {value}" for key, value in entry.items()) if isinstance(entry, dict) else str(entry)


def _now(dosage: Any, name: str) -> str:
    """What a dosage says at a field of the form."""
    value = dosage.effort and dosage.effort.left if name == "left" else getattr(dosage, name)
    return value if isinstance(value, str) else spoken_amount(value)


def make(request: Request) -> Response:
    """Write a choice into the profile, and say what it changes. Where the file is no longer the one that was shown, nothing is
    written, and the choice is offered again."""
    desk, form, name = desk_of(request), form_of(request), request.path_params["name"]
    content = desk.folder.content(name)
    before = desk.read(name, content)
    if form.text("was") != digest(content):
        return _changed_meanwhile(request, form, before)
    new = _content(desk, before, form)
    after = desk.read(name, new)
    plans = desk.session(before).plan, desk.session(after).plan
    try:
        desk.folder.write(name, new, digest(content))
    except ChangedError:
        return _changed_meanwhile(request, form, desk.profile(name))
    lines = [*_kept(form, plans[1]), *difference_lines(difference(*plans))]
    return page(request, "written.html.j2", name=name, lines=lines)


def _content(desk: Desk, profile: Profile, form: Form) -> bytes:
    """The profile's file with what the form asks for. Raises ProfileError."""
    if form.text("do") == "take back":
        return without_choice(profile.document, form.text("listed"), form.text("exercise"))
    return with_choices(profile.document, list(_choices(desk, form)))


def _choices(desk: Desk, form: Form) -> Iterator[Choice]:
    """The choices that a form stands for: a swap is two. Raises ProfileError where one is not complete."""
    do, exercise, reason = form.text("do"), form.text("exercise"), " ".join(form.text("reason").split())
    if not reason:
        raise ProfileError("a reason is missing: write one; the plan shows it")
    for one in (exercise, form.text("instead")) if do == "swap" else (exercise,):
        if one not in desk.program.exercises:
            raise ProfileError(f'"{one[:60]}" is no exercise; choose one of the list')
    if do == "swap":
        yield Choice("ban", exercise, reason)
        yield Choice("pin", form.text("instead"), reason)
    elif do in ("pin", "ban"):
        yield Choice(do, exercise, reason)
    elif do == "retune":
        yield Choice("retune", exercise, reason, _dosage(form))
    else:
        raise ProfileError(f'"{do[:60]}" is nothing that can be done here')


def _dosage(form: Form) -> dict[str, Any]:
    """What the clinician sets of the dosage; the rest stays as the plan has it. Raises ProfileError."""
    given = {name: _amount(form.text(name)) for name in AMOUNTS if form.text(name)}
    if "left" in given:
        given["effort"] = {"left": given.pop("left")}
    if not given:
        raise ProfileError("no dosage is given: fill in at least one field")
    return given


def _amount(text: str) -> Any:
    """A number, a range, or the words themselves: the profile's own check says what is wrong with them."""
    both = _RANGE.fullmatch(text)
    if both:
        return {"min": _number(both[1]), "max": _number(both[2])}
    return _number(text)


def _number(text: str) -> Decimal | str:
    return Decimal(text) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", text) else text


def _kept(form: Form, plan: Plan) -> Iterator[Line]:
    """Whether what was to be kept is in the plan: safety comes before a wish."""
    wanted = {"pin": form.text("exercise"), "swap": form.text("instead"), "retune": form.text("exercise")}.get(form.text("do"))
    if wanted is None or any(one.exercise == wanted for one in plan.prescriptions):
        return
    why = next((one.reason for one in plan.set_aside if one.exercise == wanted), "")
    called = wanted.replace("_", " ")
    yield Line(f"{called.capitalize()} is noted, but it is not in the plan{f': {why}' if why else '.'}", "alarm")


def _changed_meanwhile(request: Request, form: Form, now: Profile) -> Response:
    sent: Sequence[tuple[str, str]] = [(field, form.text(field)) for field in (*ASKED, "listed") if form.text(field)]
    name = request.path_params["name"]
    return page(request, "changed.html.j2", 409, name=name, sent=sent, was=now.sha256)
