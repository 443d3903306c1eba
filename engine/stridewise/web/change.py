"""The clinician's own choices, straight from the plan: keep, leave out, swap, set a dosage, take back. They are written into the
profile, so that every later plan keeps them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from starlette.requests import Request
from starlette.responses import Response

from stridewise.errors import ProfileError
from stridewise.explain.fates import explained
from stridewise.language.dosage_words import spoken_amount
from stridewise.language.translation import ENGLISH, fixed, say, speaking
from stridewise.plan.model import Plan
from stridewise.profile.profile import Profile
from stridewise.render.answers.what_if import difference_lines
from stridewise.web.choices import Choice, choices_in, with_choices, without_choice
from stridewise.web.desk import Desk
from stridewise.web.folder import ChangedError, digest
from stridewise.web.forms import Form
from stridewise.web.pages import desk_of, form_of, page
from stridewise.web.typed import with_point
from stridewise.web.words import AMOUNTS, CHOICES, called, chosen, paths

ASKED = ("do", "exercise", "instead", "reason", *AMOUNTS)  # what a form of a choice holds
NO_REASON = fixed("a reason is missing: write one; the plan shows it")
NOT_IN_PLAN = fixed("{exercise} is noted, but it is not in the plan.")
NOT_IN_PLAN_FOR = fixed("{exercise} is noted, but it is not in the plan: {reason}")
WORDS = ("tempo", "note")  # of a dosage
NO_DOSAGE = fixed("no dosage is given: fill in at least one field")
_RANGE = re.compile(r"([0-9.]+) ?[-–] ?([0-9.]+)")


def show(request: Request) -> Response:
    """The exercises of the plan, each with what can be done about it, and what can be asked."""
    desk, name = desk_of(request), request.path_params["name"]
    profile = desk.profile(name)
    plan = desk.session(profile, language=desk.words.code).plan
    held = {one.exercise for one in plan.prescriptions}
    return page(
        request,
        "change.html.j2",
        name=name,
        plan=plan,
        was=profile.sha256,
        choices=choices_in(profile.document.root),
        names=names(desk),
        amounts=AMOUNTS,
        paths=paths(),
        done=CHOICES,
        aside=[one for one in plan.set_aside if one.exercise and one.exercise not in held],
        findings=[(_in_words(one), isinstance(one, dict)) for one in profile.document.root.get("findings") or ()],
        now=_now,
    )


def names(desk: Desk) -> dict[str, str]:
    """Every exercise and its name in the page's language, in the order of the names."""
    with speaking(desk.words):
        told = ((one.id, say(one.name)) for one in desk.program.exercises.values())
        return dict(sorted(told, key=lambda pair: normalize("NFKD", pair[1].casefold())))  # Ü beside U


def _in_words(entry: Any) -> str:
    return ", ".join(f"{key}: {value}" for key, value in entry.items()) if isinstance(entry, dict) else str(entry)


def _now(dosage: Any, name: str) -> str:
    """What a dosage says at a field of the form."""
    value = dosage.effort and dosage.effort.left if name == "left" else getattr(dosage, name)
    return say(value) if isinstance(value, str) else spoken_amount(value)


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
    plans = [desk.session(profile, language=ENGLISH.code).plan for profile in (before, after)]
    try:
        desk.folder.write(name, new, digest(content))
    except ChangedError:
        return _changed_meanwhile(request, form, desk.profile(name))
    unkept = _unkept(desk, form, after, plans[1])
    return page(request, "written.html.j2", name=name, unkept=unkept, lines=list(difference_lines(explained(*plans))))


def _content(desk: Desk, profile: Profile, form: Form) -> bytes:
    """The profile's file with what the form asks for. Raises ProfileError."""
    if form.text("do") == "take back":
        return without_choice(profile.document, form.text("listed"), form.text("exercise"))
    return with_choices(profile.document, list(_choices(desk, form)))


def _choices(desk: Desk, form: Form) -> Iterator[Choice]:
    """The choices that a form stands for: a swap is two. Raises ProfileError where one is not complete."""
    do, exercise, reason = form.text("do"), form.text("exercise"), " ".join(form.text("reason").split())
    if not reason:
        raise ProfileError(NO_REASON)
    for one in (exercise, form.text("instead")) if do == "swap" else (exercise,):
        if one not in desk.program.exercises:
            raise ProfileError(f'"{one[:60]}" is no exercise; choose one of the list')
    if do == "swap":
        yield Choice("ban", exercise, reason)
        yield Choice("pin", form.text("instead"), reason)
    elif do in ("pin", "ban"):
        yield Choice(do, exercise, reason)
    elif do == "retune":
        yield Choice("retune", exercise, reason, _dosage(desk, form))
    else:
        raise ProfileError(f'"{do[:60]}" is nothing that can be done here')


def _dosage(desk: Desk, form: Form) -> dict[str, Any]:
    """What the clinician sets of the dosage; the rest stays as the plan has it. Raises ProfileError."""
    with speaking(desk.words):
        typed = {name: form.text(name) if name in WORDS else with_point(form.text(name)) for name in AMOUNTS}
    given = {name: _amount(text) for name, text in typed.items() if text}
    if "left" in given:
        given["effort"] = {"left": given.pop("left")}
    if not given:
        raise ProfileError(NO_DOSAGE)
    return given


def _amount(text: str) -> Any:
    """A number, a range, or the words themselves: the profile's own check says what is wrong with them."""
    both = _RANGE.fullmatch(text)
    if both:
        return {"min": _number(both[1]), "max": _number(both[2])}
    return _number(text)


def _number(text: str) -> Decimal | str:
    return Decimal(text) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", text) else text


def _unkept(desk: Desk, form: Form, profile: Profile, plan: Plan) -> str:
    """That what was to be kept is not in the plan, and why, in the page's language: safety is before a wish."""
    field = {"pin": "exercise", "swap": "instead", "retune": "exercise"}.get(form.text("do"), "")
    wanted = form.text(field)
    if not field or any(one.exercise == wanted for one in plan.prescriptions):
        return ""
    aside = desk.session(profile, language=desk.words.code).plan.set_aside
    why = next((one.reason for one in aside if one.exercise == wanted), "")
    with speaking(desk.words):
        told = names(desk).get(wanted, wanted)
        return say(NOT_IN_PLAN_FOR, exercise=told, reason=why) if why else say(NOT_IN_PLAN, exercise=told)


def _changed_meanwhile(request: Request, form: Form, now: Profile) -> Response:
    sent: Sequence[tuple[str, str]] = [(field, form.text(field)) for field in (*ASKED, "listed") if form.text(field)]
    name, desk = request.path_params["name"], desk_of(request)
    with speaking(desk.words):
        shown = [(called(field), _in_page_words(desk, field, value)) for field, value in sent]
    return page(request, "changed.html.j2", 409, name=name, sent=sent, shown=shown, was=now.sha256)


def _in_page_words(desk: Desk, field: str, value: str) -> str:
    """What was chosen in a field, as the form showed it."""
    return names(desk).get(value, value) if field in ("exercise", "instead") else chosen(field, value)
