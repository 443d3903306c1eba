"""Moved: `stridewise.inquiry.why` tells why. This name stays until nothing imports it from here."""

from stridewise.inquiry.why import Found, Reason
from stridewise.inquiry.why import find as explain

__all__ = ["Found", "Reason", "explain"]
