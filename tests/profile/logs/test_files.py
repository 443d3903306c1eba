"""Files of watches, folders of them, and what is no log at all."""

import gzip
import struct
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from logs_kit import read, read_words
from stridewise.profile.logs import devices

TCX = """<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
 <Activities>
  <Activity Sport="Running"><Id>2026-11-08T07:00:00Z</Id>
   <Lap StartTime="2026-11-08T07:00:00Z"><TotalTimeSeconds>1800</TotalTimeSeconds><DistanceMeters>5000</DistanceMeters>
    <Track><Trackpoint><Time>2026-11-08T07:01:00Z</Time><DistanceMeters>160</DistanceMeters></Trackpoint></Track></Lap>
   <Lap StartTime="2026-11-08T07:30:00Z"><TotalTimeSeconds>1700.5</TotalTimeSeconds><DistanceMeters>5012.4</DistanceMeters></Lap>
  </Activity>
  <Activity Sport="Biking"><Id>2026-11-08T09:00:00Z</Id>
   <Lap StartTime="2026-11-08T09:00:00Z"><TotalTimeSeconds>3600</TotalTimeSeconds><DistanceMeters>30000</DistanceMeters></Lap>
  </Activity>
 </Activities>
</TrainingCenterDatabase>
"""
GPX = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Morning</name>{type}<trkseg>
<trkpt lat="51.0" lon="0.0"><time>2026-11-10T07:00:00Z</time></trkpt>
<trkpt lat="51.045" lon="0.0"><time>2026-11-10T07:15:00Z</time></trkpt>
<trkpt lat="51.09" lon="0.0"><time>2026-11-10T07:30:00Z</time></trkpt>
</trkseg></trk></gpx>
"""


def fit(sport: int, metres: int, seconds: int, start: datetime) -> bytes:
    """A FIT file with one session and nothing else: header, definition, data, checksums."""
    fields = [(2, 4, 0x86), (7, 4, 0x86), (8, 4, 0x86), (9, 4, 0x86), (5, 1, 0x00)]
    definition = struct.pack("<BBBHB", 0x40, 0, 0, 18, len(fields)) + b"".join(struct.pack("<BBB", *field) for field in fields)
    since = int((start - datetime(1989, 12, 31, tzinfo=UTC)).total_seconds())
    data = struct.pack("<BIIIIB", 0, since, seconds * 1000, seconds * 1000, metres * 100, sport)
    body = definition + data
    head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    head += struct.pack("<H", checksum(head))
    return head + body + struct.pack("<H", checksum(head + body))


def checksum(data: bytes) -> int:
    """The CRC-16 of the FIT protocol."""
    table = (
        0x0000,
        0xCC01,
        0xD801,
        0x1400,
        0xF001,
        0x3C00,
        0x2800,
        0xE401,
        0xA001,
        0x6C00,
        0x7800,
        0xB401,
        0x5000,
        0x9C01,
        0x8801,
        0x4400,
    )
    crc = 0
    for byte in data:
        for half in (byte & 0xF, byte >> 4):
            crc = ((crc >> 4) & 0x0FFF) ^ table[crc & 0xF] ^ table[half]
    return crc


RUN_IN_FIT = fit(1, 12000, 4000, datetime(2026, 11, 12, 7, 0, tzinfo=UTC))


def test_every_activity_of_a_tcx_file_is_its_own(tmp_path: Path) -> None:
    """Laps are added up, points within them are not, and a ride after the run stays a ride."""
    log, told = read_words(tmp_path, TCX, "a.tcx")
    assert told == []
    assert [(run.line, run.day, run.distance_km) for run in log.runs] == [(4, date(2026, 11, 8), Decimal("10.0124"))]
    assert [one.minutes for one in log.others] == [60]


def test_the_track_of_a_gpx_file_is_measured(tmp_path: Path) -> None:
    log, told = read_words(tmp_path, GPX.format(type="<type>running</type>"), "a.gpx")
    assert told == []
    assert [(run.day, round(run.distance_km, 1), run.minutes) for run in log.runs] == [(date(2026, 11, 10), 10, 30)]


def test_a_track_that_names_no_sport_is_not_taken_for_a_run(tmp_path: Path) -> None:
    assert read_words(tmp_path, GPX.format(type=""), "a.gpx")[1] == [
        "a.gpx: holds no run: the file does not say which sport it is"
    ]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_session_of_a_fit_file_is_read(tmp_path: Path, pack: object) -> None:
    """Also as Strava packs it."""
    log, told = read_words(tmp_path, pack(RUN_IN_FIT), "a.fit.gz")  # type: ignore[operator]
    assert told == []
    (run,) = log.runs
    assert (run.day, run.distance_km, round(run.minutes or 0, 1)) == (date(2026, 11, 12), 12, Decimal("66.7"))


def test_a_folder_is_one_log(tmp_path: Path) -> None:
    """Every file in it, the same run of two devices once, and what is no log named."""
    folder = tmp_path / "runs"
    (folder / "inside").mkdir(parents=True)
    (folder / "a.tcx").write_text(TCX)
    (folder / "b.gpx").write_text(GPX.format(type="<type>running</type>"))
    (folder / "c.fit").write_bytes(RUN_IN_FIT)
    (folder / "c_again.fit").write_bytes(fit(1, 12050, 4003, datetime(2026, 11, 12, 7, 1, tzinfo=UTC)))
    (folder / "readme.txt").write_text("my runs")
    log, told = read(folder)
    assert told == []
    assert [round(run.distance_km, 1) for run in log.runs] == [Decimal("10.0"), Decimal("10.0"), 12]
    assert {one.file for one in log.left_out} == {"c_again.fit", "inside", "readme.txt"}
    assert [one.why for one in log.left_out if one.file == "c_again.fit"] == ["the same as c.fit"]


@pytest.mark.parametrize("name", ["a.gpx", "a.fit"])
def test_without_the_extra_its_name_is_told(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(module: str) -> object:
        raise ImportError(module)

    monkeypatch.setattr(devices, "import_module", missing)
    (tmp_path / "runs").mkdir()
    for path in (tmp_path / name, tmp_path / "runs" / name):
        path.write_bytes(RUN_IN_FIT if name.endswith("fit") else GPX.encode())
        assert any("stridewise[log]" in one for one in read(path if path.parent == tmp_path else path.parent)[1])


def broken() -> Iterator[tuple[str, bytes, str]]:
    yield "a.xlsx", b"PK\x03\x04rest", "save the sheet as CSV"
    yield "a.xls", b"\xd0\xcf\x11\xe0rest", "save the sheet as CSV"
    yield "a.fit", RUN_IN_FIT[:40], "cannot be read as FIT"
    yield "a.fit", RUN_IN_FIT[:-1] + b"x", "cannot be read as FIT"
    yield "a.gpx", b"<gpx><trk>", "cannot be read as GPX"
    yield "a.tcx", TCX[:700].encode(), "cannot be read as XML"
    yield "a.tcx", TCX.replace("5000", "many").encode(), 'a.tcx:5: expected a number, found "many"'
    yield "a.tcx", TCX.replace("UTF-8", "UTF-9").encode(), "unknown encoding"
    yield "a.json", b'{"steps": 4000}', "is no training log that is understood"
    yield "a.json", b"{", "cannot be read as JSON"
    yield "a.json", b'[{"start_epoch_ms": "soon"}]', "expected milliseconds since 1970"
    yield "a.xml", b"<html></html>", "is no training log that is understood"
    yield "a.gz", b"\x1f\x8brest", "cannot be unpacked"
    yield "a.bin", bytes(range(128, 160)), "is no training log that is understood"


@pytest.mark.parametrize(("name", "content", "told"), list(broken()), ids=lambda value: str(value)[:20])
def test_what_is_no_log_is_told(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    assert any(told in one for one in read_words(tmp_path, content, name)[1])


def test_entities_are_refused(tmp_path: Path) -> None:
    """A billion laughs in the export of a phone."""
    bomb = '<!DOCTYPE HealthData [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<HealthData>&b;</HealthData>'
    assert any("declares entities" in one for one in read_words(tmp_path, bomb, "export.xml")[1])
