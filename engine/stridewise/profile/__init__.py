"""From a profile file to facts."""
