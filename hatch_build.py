"""Build hook: a wheel carries the built-in packs compiled beside their YAML, and the invented runners; an editable install reads
both where they lie."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles with the very engine that the wheel ships."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root, "engine")))
        from stridewise.program.compiled import FILE, compile_package

        package = Path(self.root, "rules", "stridewise_rules")
        self.made = tempfile.TemporaryDirectory()
        compiled = Path(self.made.name, FILE)
        compiled.write_bytes(compile_package(package))
        build_data["force_include"][str(compiled)] = f"{package.name}/{FILE}"
        build_data["force_include"][str(Path(self.root, "profiles"))] = "stridewise/examples"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.made.cleanup()
