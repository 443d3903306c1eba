"""The files of watches: TCX as it is, GPX and FIT by libraries that come with the extra stridewise[log]."""

import io
import warnings
from collections.abc import Iterator
from decimal import Decimal
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
                builder.add(Said(element.line, start, sport, str(metres), "m", str(seconds)))
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
    builder = Builder(name, problems)
    library = _library("gpxpy", name, problems)
    if library is not None:
        try:
            tracks = library.parse(content.decode("utf-8-sig")).tracks
        except Exception as failure:  # whatever a foreign library raises of a broken file
            problems.add(0, f"cannot be read as GPX: {str(failure)[:120]}")
            tracks = []
        for track in tracks:
            builder.add(_track(track))
    return builder.log("GPX", UTC)


def _track(track: Any) -> Said:
    times = track.get_time_bounds()
    start = f"{times.start_time:%Y-%m-%d %H:%M}" if times.start_time else ""
    seconds = str(int((times.end_time - times.start_time).total_seconds())) if times.start_time and times.end_time else ""
    return Said(0, start, str(track.type or ""), f"{track.length_2d():.1f}", "m", seconds)


def read_fit(content: bytes, name: str, problems: Problems) -> Log:
    """Every session of a FIT file, as the watch summed it up."""
    builder = Builder(name, problems)
    library = _library("fitdecode", name, problems)
    if library is not None:
        try:
            sessions = list(_sessions(library, content))
        except Exception as failure:  # whatever a foreign library raises of a broken file
            problems.add(0, f"cannot be read as FIT: {str(failure)[:120]}")
            sessions = []
        for said in sessions:
            builder.add(said)
    return builder.log("FIT", UTC)


def _sessions(library: Any, content: bytes) -> Iterator[Said]:
    """Sessions alone; fields that a maker added are of no matter, a checksum that does not fit is."""
    with warnings.catch_warnings(), library.FitReader(io.BytesIO(content), check_crc=library.CrcCheck.RAISE) as frames:
        warnings.simplefilter("ignore")
        for frame in frames:
            if frame.frame_type != library.FIT_FRAME_DATA or frame.name != "session":
                continue
            value = {
                field: frame.get_value(field, fallback=None)
                for field in ("start_time", "sport", "total_distance", "total_timer_time")
            }
            start = f"{value['start_time']:%Y-%m-%d %H:%M}" if value["start_time"] else ""
            yield Said(0, start, str(value["sport"] or ""), _text(value["total_distance"]), "m", _text(value["total_timer_time"]))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _library(module: str, name: str, problems: Problems) -> Any:
    try:
        return import_module(module)
    except ImportError:
        problems.add(0, EXTRA)
        return None
