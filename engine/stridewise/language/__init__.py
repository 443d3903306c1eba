"""The words and sentences that profiles and rules share."""
