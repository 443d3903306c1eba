"""The words of the vocabulary that the engine itself reads. Every other kind and term belongs to the packs: what the engine has
to know of it, the vocabulary says (`traits.py`). A test looks for words in the engine that are neither here nor in the tables
of `profile/paths.py`, which name the kinds that fields of a profile state."""

from typing import get_args

from stridewise.language.exercise import DEMANDS, POSITIONS_RULED_OUT, Goal
from stridewise.language.pathway import RunningMode

# The kinds that planning reads itself. A pack may conclude the derived ones; their names are part of the pack author's API.
READ = frozenset(
    {
        "current_exercise",
        "equipment",
        "cannot",
        "pinned_exercise",
        "banned_exercise",
        "cleared_flag",
        "safety_screen",
        "red_flag",
        "minutes_per_session",
        "sessions_per_week",
        "earned",
        "dose_goal",
        "new_exercise_dose",
        "heavy_allowed",
        "repetitions_left",
        "pain",
        "age",
        "weekly_distance",
        "longest_run",
        "planned_longest_run",
        "strength_sessions_per_week",
        "training_day",
        "days_to_race",
        "par_q",
        "phase",
        "race_window",
        "pain_limit",
        "session_minutes",
        "exercises_at_most",
        "sign",
        "running_waits",
        "progress_waits",
        "other_diagnosis",
        "goal",
        "diagnosis",
        "race_distance",
        "sex",
        "reached",
        "stage",
        "running",
        "running_base",
        "week_share",
        "longest_share",
        "longest_at_most",
        "hard_runs_wait",
        "long_runs_wait",
        "build_target",
        "build_step",
        "cut_back_every",
        "cut_back_share",
        "longest_of_week",
        "longest_of_week_from",
        "running_cut",
        "longest_cut",
        "pain_free_run",
        "pain_free_minutes",
        "minutes_a_km",
        "quiet_weeks",
        "regrowth",
        "weeks_since_race",
        "runs_per_week",
        "pace",
        "coach",
        "available_day",
        "blackout",
    }
)
# Terms that the engine reads, by their list: what exercises, doses, sessions, weeks and loads are made of, the two sides, the
# answers to the PAR-Q+, and the conditions that a profile gives by fields of their own.
TERMS: dict[str, frozenset[str]] = {
    "sides": frozenset({"left", "right", "both"}),
    "demands": frozenset(DEMANDS) - {"skill"},
    "cannot_terms": frozenset({*POSITIONS_RULED_OUT, "jump"}),
    "dose_goals": frozenset(get_args(Goal)),
    "new_exercise_doses": frozenset({"half"}),
    "load_degrees": frozenset({"light", "moderate"}),
    "equipment_items": frozenset(
        {
            "barbell",
            "cable",
            "dumbbell",
            "kettlebell",
            "long_band",
            "machine",
            "mini_band",
            "trap_bar",
        }
    ),
    "day_sessions": frozenset({"cross", "easy", "intervals", "long", "race", "rest", "strength", "tempo"}),
    "weekdays": frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"}),
    "phases": frozenset({"base", "build", "off_season", "race_week", "recovery", "taper"}),
    "race_windows": frozenset({"clear_days", "no_heavy_legs"}),
    "load_metrics": frozenset(
        {
            "hard_sessions",
            "plyometric_contacts",
            "strength_load",
            "strength_sessions",
            "strength_sets",
        }
    ),
    "follow_ups": frozenset({"cleared", "not_done", "referred"}),
    "conditions": frozenset({"bone_stress_injury", "pregnancy", "postpartum"}),
    "pain_limits": frozenset({"none_at_all", "up_to_five", "up_to_two"}),
    "running_modes": frozenset(get_args(RunningMode)),
    "priorities": frozenset({"A", "B"}),  # also the names of two sessions that take turns
    "sexes": frozenset({"male"}),  # who is not asked about a pregnancy in the interview
}
