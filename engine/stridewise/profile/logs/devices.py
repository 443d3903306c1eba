"""The files of watches: TCX as it is, GPX and FIT by libraries that come with the extra stridewise[log]."""

import io
import warnings
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from importlib import import_module
from typing import Any

from stridewise.errors import Problems
from stridewise.profile.logs.activity import Log
from stridewise.profile.logs.builder import Builder, Said
from stridewise.profile.logs.markup import elements

UTC = "Watches tell their times in UTC: a run near midnight may stand a day off."
EXTRA = "is read with the extra stridewise[log]; install it: pip install 'stridewise[log]'"
TCX_PARTS = frozenset({"Activity", "Id", "TotalTimeSeconds", "DistanceMeters"})


def read_tcx(content: bytes, name: str, problems: Problems) -> Log:
    """Every activity of a TCX file on its own, laps added up. (tcxreader 0.4 makes one of all, with the last one's sport.)"""
    builder = Builder(name, problems)
    start, metres, seconds = "", Decimal(0), Decimal(0)
    for element in elements(iter([content]), TCX_PARTS, problems):
        with problems.at(element.line, ""):
            if element.name == "Id" and element.parent == "Activity":
                start = element.text
            elif element.parent == "Lap":
                metres += _decimal(element.text) if element.name == "DistanceMeters" else 0
                seconds += _decimal(element.text) if element.name == "TotalTimeSeconds" else 0
            elif element.name == "Activity":
                sport = element.attributes.get("Sport", "")
                builder.add(Said(element.line, start, sport, metres, "m", seconds))
                start, metres, seconds = "", Decimal(0), Decimal(0)
    return builder.log("TCX", UTC)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except ArithmeticError:
        number = Decimal("nan")
    if not number.is_finite():
        raise ValueError(f'expected a number, found "{text[:40]}"')
    return number


def read_gpx(content: bytes, name: str, problems: Problems) -> Log:
    """Every track of a GPX file: the length between its points, and the sport it names."""

    def tracks(library: Any) -> Iterator[Said]:
        return map(_track, library.parse(content.decode("utf-8-sig")).tracks)

    return _by_library("gpxpy", "GPX", tracks, name, problems)


def read_fit(content: bytes, name: str, problems: Problems) -> Log:
    """Every session of a FIT file, as the watch summed it up."""
    return _by_library("fitdecode", "FIT", partial(_sessions, content), name, problems)


def _by_library(module: str, form: str, read: Callable[[Any], Iterable[Said]], name: str, problems: Problems) -> Log:
    builder = Builder(name, problems)
    try:
        library = import_module(module)
    except ImportError:
        problems.add(0, EXTRA)
        return builder.log(form, UTC)
    try:
        activities = list(read(library))
    except Exception as failure:  # whatever a foreign library raises of a broken file
        problems.add(0, f"cannot be read as {form}: {str(failure)[:120]}")
        activities = []
    for said in activities:
        builder.add(said)
    return builder.log(form, UTC)


def _track(track: Any) -> Said:
    times = track.get_time_bounds()
    start = f"{times.start_time:%Y-%m-%d %H:%M}" if times.start_time else ""
    seconds = int((times.end_time - times.start_time).total_seconds()) if times.start_time and times.end_time else ""
    return Said(0, start, str(track.type or ""), f"{track.length_2d():.1f}", "m", seconds)


def _sessions(content: bytes, library: Any) -> Iterator[Said]:
    """Sessions alone; fields that a maker added are of no matter, a checksum that does not fit is."""
    with warnings.catch_warnings(), library.FitReader(io.BytesIO(content), check_crc=library.CrcCheck.RAISE) as frames:
        warnings.simplefilter("ignore")
        for frame in frames:
            if frame.frame_type != library.FIT_FRAME_DATA or frame.name != "session":
                continue
            told = ("start_time", "sport", "total_distance", "total_timer_time")
            start, sport, metres, seconds = (frame.get_value(field, fallback=None) for field in told)
            yield Said(0, f"{start:%Y-%m-%d %H:%M}" if start else "", str(sport or ""), metres, "m", seconds)
