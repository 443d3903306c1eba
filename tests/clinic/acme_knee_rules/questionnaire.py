"""Read the clinic's questionnaire: a CSV file of questions and answers, one a row.

question,answer
runner,R-21
recorded,2026-11-21
finding,weak glutes
step-downs left,9
"""

import csv
import io
from collections.abc import Mapping
from typing import Any

HEAD = ["question", "answer"]
# the questions, and where their answers stand in a profile
PATHS: dict[str, tuple[str, ...]] = {
    "runner": ("runner", "ref"),
    "age": ("runner", "age"),
    "recorded": ("recorded",),
    "goal": ("goal", "kind"),
    "km last week": ("training", "weekly_distance_km"),
    "screened": ("safety", "screened"),
}


def read(content: bytes) -> Mapping[str, Any] | None:
    """The profile, or None where this is not our questionnaire. What we do not know goes into the notes, unread but shown."""
    rows = [row for row in csv.reader(io.StringIO(content.decode("utf-8-sig", errors="replace"))) if any(row)]
    if not rows or [cell.strip().lower() for cell in rows[0]] != HEAD:
        return None
    profile: dict[str, Any] = {"schema": 1, "findings": []}
    for row in rows[1:]:
        _take(profile, row[0].strip(), ",".join(row[1:]).strip())
    return profile


def _take(profile: dict[str, Any], question: str, answer: str) -> None:
    asked = question.lower()
    if not answer:
        return
    if asked == "finding":
        profile["findings"].append(answer)
    elif asked == "red flags":
        flags = [] if answer.lower() == "none" else [flag.strip() for flag in answer.split(";")]
        profile.setdefault("safety", {})["red_flags"] = flags
    elif asked.startswith("step-downs "):
        profile["findings"].append({"step_down_reps": answer, "side": asked.removeprefix("step-downs ")})
    elif asked in PATHS:
        _put(profile, PATHS[asked], answer)
    else:
        profile["notes"] = "; ".join(filter(None, [profile.get("notes"), f"{question}: {answer}"]))


def _put(profile: dict[str, Any], path: tuple[str, ...], answer: str) -> None:
    for step in path[:-1]:
        profile = profile.setdefault(step, {})
    profile[path[-1]] = answer
