"""The program of what is installed: the packs of all plugins and of the folders given, from a compiled file where one counts."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from stridewise.packs import plugins
from stridewise.program import compiled
from stridewise.program.program import Program
from stridewise.program.safety import check_safety


def load_program(folders: Sequence[Path] = (), instead: Sequence[Path] = ()) -> Program:
    """The program of all installed packs and these folders, with the plugins that compute facts. `instead` folders take the
    place of packs of the same name. Raises PackError, and PluginError where no pack refers a runner with a red flag."""
    manager = plugins.plugin_manager()
    program = compiled.compiled_program(plugins.pack_folders(manager, (*folders, *instead)))
    if program is None:
        from stridewise.program import builder

        program = builder.build_program(plugins.read_packs(manager, folders, instead))
    check_safety(program)
    return replace(program, plugins=manager)
