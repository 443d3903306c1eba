"""What a plan holds, as data, and its seal."""
