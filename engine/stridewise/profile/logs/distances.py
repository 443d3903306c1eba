"""How far the runs of a table were: which column, which decimal sign, which unit."""

from collections.abc import Sequence
from decimal import Decimal

from stridewise.documents.units import convert, show
from stridewise.errors import Problems
from stridewise.profile.logs.activity import Asked
from stridewise.profile.logs.durations import seconds_of
from stridewise.profile.logs.entries import Entry
from stridewise.profile.logs.numbers import amount, is_nothing, sign_of
from stridewise.profile.logs.sheets import Column, Sheet
from stridewise.profile.logs.units import LONGEST_KM, Sample, UnclearUnitError, settle, unit_of_two
from stridewise.profile.logs.words import by_word, foreign

MINUTE = Decimal(60)


class Distances:
    """Reads the distances of a table's runs in km. What is unclear or wrong is told."""

    def __init__(self, sheet: Sheet, runs: Sequence[Entry], asked: Asked, problems: Problems) -> None:
        self.sheet, self.runs, self.problems = sheet, runs, problems
        self.notes: list[str] = []
        self.asides: list[str] = []
        self.column = next(iter(sheet.columns["distance"]))
        self.unit: str | None = None
        self.signs = {column.place: self._sign(column) for column in sheet.columns["distance"]}
        if runs and None not in self.signs.values():
            self.unit = self._unit(asked)

    @property
    def sign(self) -> str:
        """The decimal sign of the column that is read; others may have another one, as in a Strava export in German."""
        return self.signs[self.column.place] or "."

    def km(self, entry: Entry) -> Decimal | None:
        """The km of a run; None where none are given, or what is given is told. Other sports are never read: a swim is in m."""
        written = self.sheet.cell(entry.row, self.column)
        if self.unit is None or (self.sheet.first("sport") is not None and is_nothing(written)):
            return None
        with self.problems.at(entry.row[0], self.column.written.casefold()):
            km = self._read(written)
            if not 0 <= km <= LONGEST_KM:
                raise ValueError(f"{show(km)} km is outside 0 to {LONGEST_KM} km")
            return km
        return None

    def _read(self, written: str) -> Decimal:
        try:
            number, unit = amount(written, self.sign)
            return convert(number, unit or self.unit or "km", "km")
        except ValueError:
            hint = "; write 0 for a day without running" if is_nothing(written) else ""
            raise ValueError(f'expected a distance in {self.unit}, found "{written[:40]}"{hint}') from None

    # --- sign and unit ------------------------------------------------------------------------------------------------

    def _sign(self, column: Column) -> str | None:
        try:
            return sign_of(self.sheet.cell(row, column) for row in self.sheet.rows)
        except ValueError as unclear:
            self.problems.add(self.sheet.header_line, f"{column.written}: {unclear}")
        return None

    def _with_numbers(self) -> list[Column]:
        """The columns that hold distances rather than names of routes."""
        return [column for column in self.sheet.columns["distance"] if any(n is not None for n in self._numbers(column))]

    def _numbers(self, column: Column) -> list[Decimal | None]:
        return [self._number(entry, column) for entry in self.runs]

    def _number(self, entry: Entry, column: Column | None) -> Decimal | None:
        try:
            sign = self.signs.get(column.place) if column else None
            return amount(self.sheet.cell(entry.row, column), sign or self.sign)[0]
        except ValueError:
            return None

    def _unit(self, asked: Asked) -> str | None:
        columns = self._with_numbers()
        self.column = columns[0] if columns else self.column
        try:
            two = self._unit_of_two(columns)
        except ValueError as contradiction:
            self.problems.add(self.sheet.header_line, str(contradiction))
            return None
        given = self.column.unit or two or self._unit_in_cells()
        if given and asked.unit and given != asked.unit:
            self.problems.add(
                self.sheet.header_line, f"{self.column.written}: the file says {given}, and {asked.unit} is asked for"
            )
        return given or asked.unit or self._settled()

    def _unit_of_two(self, columns: Sequence[Column]) -> str:
        """Strava gives km, then metres: the second is more exact, and says what the first is."""
        if len(columns) < 2:
            return ""
        both = zip(*map(self._numbers, columns[:2]), strict=True)
        pairs = [(one, other) for one, other in both if one is not None and other is not None]
        units = unit_of_two(pairs)
        if units is None:
            return ""
        self.asides.append(f"Two columns give the distance, in {units[0]} and in {units[1]}; the first is read.")
        return units[0]

    def _unit_in_cells(self) -> str:
        """A unit where every cell has its own: any will do."""
        cells = [self.sheet.cell(entry.row, self.column) for entry in self.runs]
        units = [by_word("units").get(cell.split()[-1].casefold(), "") for cell in cells if not is_nothing(cell)]
        return units[0] if units and all(units) else ""

    def _settled(self) -> str | None:
        candidates = self.sheet.maker.distance
        if len(candidates) == 1:
            return candidates[0]
        samples = [sample for entry in self.runs if (sample := self._sample(entry))]
        if not samples:
            return candidates[0]
        try:
            unit, why = settle(samples, candidates)
        except UnclearUnitError as unclear:
            if "km" in unclear.units and self._is_of_a_metric_country():
                self.notes.append("The distances are read in km, as where the language of the header is spoken.")
                return "km"
            how = "training.log_unit in the profile, --unit for `recommend log`"
            self.problems.add(self.sheet.header_line, f"{self.column.written}: {unclear} ({how})")
            return None
        self.notes.append(f"The distances are read in {unit}: {why}.")
        return unit

    def _is_of_a_metric_country(self) -> bool:
        """Are two columns named as only languages of metric countries name them?"""
        meanings = ("day", "distance", "duration", "sport")
        named = [(meaning, column) for meaning in meanings if (column := self.sheet.first(meaning)) is not None]
        return sum(column.name in foreign(meaning) for meaning, column in named) > 1

    def _sample(self, entry: Entry) -> Sample | None:
        distance = self._number(entry, self.column)
        if distance is None:
            return None
        seconds = seconds_of(self.sheet, entry, self.sign)
        return Sample(distance, seconds, self._strides(entry, seconds))

    def _strides(self, entry: Entry, seconds: Sequence[Decimal]) -> Decimal | None:
        """Steps times the length of one, in the unit of the latter."""
        stride, cadence = (self._number(entry, self.sheet.first(name)) for name in ("stride", "cadence"))
        return stride * cadence * seconds[0] / MINUTE if stride and cadence and len(seconds) == 1 else None
