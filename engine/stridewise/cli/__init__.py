"""The command `recommend`: arguments in, text and exit code out, nothing else. What is heavy is imported where it is used."""

from stridewise.cli.main import main

__all__ = ["main"]
