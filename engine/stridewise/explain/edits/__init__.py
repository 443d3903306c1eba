"""Changed profiles: located values, the entries that state facts, and copies with a change made."""
