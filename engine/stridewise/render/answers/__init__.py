"""Explanations for readers: why, why not, what if, what to ask."""
