"""Everything that can be said about a rule pack without a runner: one class a check, all findings at once."""
