"""Where a profile says what: profile paths and the kinds of fact they state. docs/profile.md is generated from these tables."""

# Profile path → kind, where a single value is recorded as it stands.
SINGLE: dict[str, str] = {
    "runner.age": "age",
    "runner.sex": "sex",
    "goal.kind": "goal",
    "race.distance": "race_distance",
    "race.priority": "race_priority",
    "training.longest_run": "longest_run",
    "training.planned_longest_run": "planned_longest_run",
    "training.running_years": "running_years",
    "training.surface": "surface",
    "training.strength.sessions_per_week": "strength_sessions_per_week",
    "training.strength.experience_months": "strength_experience_months",
    "safety.pregnancy.weeks": "pregnancy_weeks",
    "safety.postpartum.weeks": "postpartum_weeks",
    "constraints.minutes_per_session": "minutes_per_session",
    "constraints.sessions_per_week": "sessions_per_week",
}
# Profile path → closed kind: the list, even an empty one, answers the question.
LISTS: dict[str, str] = {
    "safety.red_flags": "red_flag",
    "safety.par_q.yes_to": "par_q_yes_to",
    "training.current_exercises": "current_exercise",
    "constraints.equipment": "equipment",
    "constraints.cannot": "cannot",
    "safety.postpartum.symptoms": "postpartum_symptom",
}
# Profile path → kind, worked out from what is recorded there.
WORKED_OUT: dict[str, tuple[str, ...]] = {
    "race.date, race.in_weeks": ("weeks_to_race", "days_to_race"),
    "training.weekly_distance, training.log": (
        "weekly_distance", "mean_weekly_distance", "weekly_distance_change", "weekly_distance_versus_mean",
    ),
    "training.longest_run, training.planned_longest_run": ("planned_run_spike",),
    "training.week": ("training_day",),
    "safety.screened": ("safety_screen",),
    "safety.par_q": ("par_q",),
    "diagnosis": ("diagnosis", "condition"),
    "clinician.pin": ("pinned_exercise",),
    "clinician.ban": ("banned_exercise",),
    "clinician.clear": ("cleared_flag",),
}  # fmt: skip
SUFFIXES = ("", "_km", "_mi")  # a distance may carry its unit in its key
SINGLE_VALUED = frozenset(SINGLE.values())
