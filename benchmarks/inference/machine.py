"""Where a run was made: without it a figure means nothing."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.inference.entries import ENTRIES


def describe_machine() -> list[str]:
    """One line each for the machine and the software, with the versions of the other engines."""
    peers = sorted({one.needs for one in ENTRIES if one.needs})
    machine, python = describe_python()
    return [machine, f"{python}; {', '.join(map(_versioned, peers))}"]


def describe_python() -> list[str]:
    """One line each for the machine and for Python."""
    return [
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        f"{platform.python_implementation()} {platform.python_version()}",
    ]


def _processor() -> str:
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text(encoding="utf-8").splitlines() if cpu.is_file() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or "unknown processor"


def _versioned(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} not installed"
