"""The export of Apple Health (export.xml): its workouts, among millions of other records."""

from functools import partial
from typing import BinaryIO

from stridewise.errors import Problems
from stridewise.profile.logs.activity import Log
from stridewise.profile.logs.builder import Builder, Said
from stridewise.profile.logs.markup import Element, elements

BLOCK = 1 << 18
WANTED = frozenset({"Workout", "WorkoutStatistics"})
DISTANCES = "HKQuantityTypeIdentifierDistance"  # …WalkingRunning, …Cycling


def read_apple(file: BinaryIO, name: str, problems: Problems) -> Log:
    """The workouts of an export; its sums of steps and kilometres are not looked at."""
    builder = Builder(name, problems)
    distance = ("", "")
    for element in elements(iter(partial(file.read, BLOCK), b""), WANTED, problems):
        if element.name == "WorkoutStatistics":
            if element.attributes.get("type", "").startswith(DISTANCES):
                distance = (element.attributes.get("sum", ""), element.attributes.get("unit", "km"))
        else:
            builder.add(_workout(element, distance))
            distance = ("", "")
    return builder.log("Apple Health")


def _workout(element: Element, distance: tuple[str, str]) -> Said:
    """Newer exports give the distance among the statistics, older ones at the workout itself."""
    said = element.attributes
    own = (said.get("totalDistance", ""), said.get("totalDistanceUnit", "km"))
    written, unit = distance if distance[0] else own
    sport = said.get("workoutActivityType", "").removeprefix("HKWorkoutActivityType")
    return Said(
        element.line, said.get("startDate", ""), sport, written, unit, said.get("duration", ""), said.get("durationUnit", "min")
    )
