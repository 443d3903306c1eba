"""Every hook is documented, has a user, and cannot harm: a plugin that fails is named, and one that writes changes nothing."""

import inspect
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy
import pytest
from click.testing import CliRunner

from hooks_kit import beside, boom, leave, manager_of, mute, shout, vanish
from kit import toy_program, write_pack
from plans import DAY, built_in, meaning, minimal, profile
from stridewise import hookimpl
from stridewise.cli.main import recommend
from stridewise.errors import PluginError, ProfileError
from stridewise.packs import hookspecs, plugins
from stridewise.packs.foreign_files import load_any_profile
from stridewise.packs.plugins import describe_plugins, load_packs, plan_formats, plugin_manager, with_further_facts
from stridewise.profile.facts import take_in
from stridewise.session import hold_session

ROOT = Path(__file__).parents[2]
CLINIC = ROOT / "tests" / "clinic"
HOOKS = [name for name, item in vars(hookspecs).items() if hasattr(item, "stridewise_spec")]


# --- documented and used ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_has_one_line_of_meaning_and_the_docs_show_its_signature(name: str) -> None:
    """As it is in the code, word for word."""
    spec = getattr(hookspecs, name)
    docs = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    _, _, section = docs.partition(f"\n## {name}\n")
    text = section.split("\n## ")[0]
    assert spec.__doc__
    assert "\n" not in spec.__doc__
    assert f"\n{spec.__doc__}\n" in text
    signature = re.search(rf"^def {name}\(.*?(?=:(  #|$))", inspect.getsource(spec), re.MULTILINE)
    assert signature
    assert f"```python\n{signature[0]}\n```" in text


def test_the_docs_name_no_other_hook() -> None:
    docs = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\w+)$", docs, re.MULTILINE) == HOOKS


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_has_a_user_in_the_repository(name: str) -> None:
    assert f"@hookimpl\ndef {name}(" in (CLINIC / "acme_knee_rules" / "__init__.py").read_text(encoding="utf-8")


# --- failing plugins ----------------------------------------------------------------------------------------------------


def further(answer: Callable[..., Any]) -> Callable[[Path], object]:
    def run(folder: Path) -> object:
        return with_further_facts((), toy_program(folder).vocabulary, manager_of(further_facts=answer))

    return run


def reading(answer: Callable[..., Any]) -> Callable[[Path], object]:
    def run(folder: Path) -> object:
        (folder / "p.csv").write_text("a,b\n", encoding="utf-8")
        return load_any_profile(folder / "p.csv", lambda: manager_of(read_profile=answer))

    return run


def logging(answer: Callable[..., Any]) -> Callable[[Path], object]:
    def run(folder: Path) -> object:
        (folder / "a.bin").write_bytes(b"ACME")
        (folder / "p.yaml").write_text("schema: 1\nrunner: {ref: R-1}\ntraining: {log: a.bin}\n", encoding="utf-8")
        return load_any_profile(folder / "p.yaml", lambda: manager_of(read_log=answer))

    return run


def formats(answer: Callable[..., Any]) -> Callable[[Path], object]:
    return lambda _: plan_formats(manager_of(plan_formats=answer))


def rendering(function: Callable[..., Any]) -> Callable[[Path], object]:
    return lambda _: plan_formats(manager_of(plan_formats=lambda: {"odd": function}))["odd"]({})


def deep() -> Any:
    value: list[Any] = []
    value.append(value)
    return {"schema": value}


@pytest.mark.parametrize(
    ("run", "message"),
    [
        (further(boom), "failed in further_facts: KeyError('boom')"),
        (further(leave), "failed in further_facts: SystemExit(0)"),
        (further(vanish), "failed in further_facts: <Leaving>"),
        (further(mute), "failed in further_facts: <UnspeakableError>"),
        (further(shout), f"failed in further_facts: ValueError('{'x' * 188}…"),
        (further(lambda: 5), "failed in further_facts: TypeError"),
        (further(lambda: None), "failed in further_facts: TypeError"),
        (further(lambda: {"colour": "red"}), "expected a list of facts"),
        (further(lambda: ["red"]), "a mapping with one kind as a key"),
        (further(lambda: [{"hue": "red"}]), "names no known kind of fact"),
        (further(lambda: [{"colour": "rde"}]), 'Did you mean "red"'),
        (further(lambda: [{"pile": "red"}]), '"pile" is for rules or the clinician alone'),
        (further(lambda: [{"badge": "gold"}]), '"badge" is for rules or the clinician alone'),
        (further(lambda: [{"size": 3.5, "side": "left"}]), "expected a number of cm"),
        (further(lambda: [{"size": 3, "side": "left"}, {"size": 4, "side": "left"}]), "which contradicts"),
        (reading(boom), "failed in read_profile: KeyError('boom')"),
        (reading(vanish), "failed in read_profile: <Leaving>"),
        (reading(leave), "failed in read_profile: SystemExit(0)"),
        (reading(lambda: "text"), "returned 'text' from read_profile; expected a mapping"),
        (reading(lambda: {"schema": 1.0}), "returned 1.0 from read_profile"),
        (reading(lambda: {"schema": Decimal("nan")}), "returned Decimal('NaN') from read_profile"),
        (reading(lambda: {"schema": object}), "from read_profile; expected text, whole numbers"),
        (reading(deep), "expected at most 40 levels"),
        (logging(boom), "failed in read_log: KeyError('boom')"),
        (logging(lambda: "text"), "returned 'text' from read_log; expected a list of activities"),
        (logging(lambda: [5]), "expected a mapping with date, and any of sport, km, minutes, line"),
        (logging(lambda: [{"km": 5}]), "expected a mapping with date"),
        (logging(lambda: [{"date": "2026-11-01", "pulse": 150}]), "expected a mapping with date"),
        (logging(lambda: [{"date": "2026-11-01", "km": 5.5}]), "returned 5.5 from read_log"),
        (formats(boom), "failed in plan_formats: KeyError('boom')"),
        (formats(lambda: ["gpx"]), "expected a mapping of names to functions"),
        (formats(lambda: {"json": str}), "returned 'json' from plan_formats"),
        (formats(lambda: {"../x": str}), "returned '../x' from plan_formats"),
        (formats(lambda: {"gpx": "text"}), 'expected a function for "gpx"'),
        (rendering(boom), "failed in plan_formats (odd): KeyError('boom')"),
        (rendering(vanish), "failed in plan_formats (odd): <Leaving>"),
        (rendering(leave), "failed in plan_formats (odd): SystemExit(0)"),
        (rendering(lambda _: b"bytes"), "returned b'bytes' from plan_formats (odd); expected text"),
        (rendering(lambda _: "\ud800"), "failed in plan_formats (odd): UnicodeEncodeError"),
    ],
)
def test_a_plugin_that_crashes_or_answers_nonsense_stops_the_run_by_name(
    tmp_path: Path, run: Callable[[Path], object], message: str
) -> None:
    """Exit 3, naming the plugin and the hook."""
    with pytest.raises(PluginError) as raised:
        run(tmp_path)
    assert str(raised.value).startswith('the plugin "bad 1.0: bad" ')
    assert message in str(raised.value)
    assert raised.value.exit_code == 3


def test_what_only_the_clinician_records_cannot_be_computed() -> None:
    """A plugin may not claim a screen, a clearance or a wish."""
    vocabulary = built_in().vocabulary
    entries = [{"safety_screen": "yes"}, {"pinned_exercise": "plank"}, {"cleared_flag": "fever"}, {"banned_exercise": "plank"}]
    for entry in entries:
        manager = manager_of(further_facts=lambda entry=entry: [entry])
        with pytest.raises(PluginError, match="is for rules or the clinician alone"):
            with_further_facts((), vocabulary, manager)


def test_a_hook_wrapper_is_refused() -> None:
    """It could change what others answer, unseen."""
    module = ModuleType("bad")
    module.rule_packs = hookimpl(wrapper=True)(lambda: (yield))  # type: ignore[attr-defined, call-overload]
    manager = pluggy.PluginManager(plugins.GROUP)
    manager.add_hookspecs(hookspecs)
    manager.register(module, name="bad 1.0: bad")
    with pytest.raises(PluginError, match="wraps rule_packs"):
        plugins.load_packs(manager)


# --- nothing can be corrupted -------------------------------------------------------------------------------------------

TEXT = minimal("recorded: 2026-11-21\nfindings: [weak glutes, {heel_raise_reps: {left: 22, right: 14}}]\n")


def test_a_plugin_cannot_write_to_the_facts_it_is_given() -> None:
    """The attempt is a crash, named like any other."""

    def write(facts: Any) -> Any:
        facts[0]["weakness"] = "soleus"
        return []

    facts = take_in(profile(TEXT), built_in().vocabulary, DAY).facts
    before = [fact.as_mapping() for fact in facts]
    with pytest.raises(PluginError, match="failed in further_facts: TypeError"):
        with_further_facts(facts, built_in().vocabulary, manager_of(further_facts=write))
    assert [fact.as_mapping() for fact in facts] == before


@pytest.mark.slow
def test_a_renderer_that_empties_its_plan_leaves_the_next_one_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each call gets a copy of its own."""

    def wreck(plan: dict[str, Any]) -> str:
        text = json.dumps(plan)
        plan["prescriptions"].clear()
        plan.clear()
        return text + "\n"

    (tmp_path / "p.yaml").write_text(TEXT, encoding="utf-8")
    manager = beside(plugin_manager(""), plan_formats=lambda: {"wreck": wreck})
    monkeypatch.setattr("stridewise.packs.plugins.plugin_manager", lambda *_: manager)
    done = run("p.yaml", "p.yaml", "--format", "wreck", folder=tmp_path, monkeypatch=monkeypatch)
    first, second = done.output.splitlines()
    assert first == second
    assert json.loads(first)["prescriptions"]


def test_a_plugin_that_computes_nothing_leaves_the_plan_as_it_was() -> None:
    program = built_in()
    before = hold_session(profile(TEXT), program, DAY, "reference").plan
    asked = replace(program, plugins=manager_of(further_facts=lambda facts: [*facts]))
    after = hold_session(profile(TEXT), asked, DAY, "reference").plan
    assert meaning(before) == meaning(after)


def run(*arguments: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(folder)
    words = [*arguments, "--as-of", "2026-11-21", "--engine", "reference"]
    return CliRunner().invoke(recommend, words, standalone_mode=False, catch_exceptions=False)


# --- profiles of another format -----------------------------------------------------------------------------------------


OURS = {"p.yaml": TEXT, "p.JSON": json.dumps({"schema": 1, "runner": {"ref": "R-1"}, "findings": []})}


@pytest.mark.parametrize("name", OURS)
def test_a_profile_of_ours_is_never_read_by_a_plugin(tmp_path: Path, name: str) -> None:
    """A plugin cannot change what a profile says; it is not even loaded."""
    (tmp_path / name).write_text(OURS[name], encoding="utf-8")
    assert load_any_profile(tmp_path / name, lambda: pytest.fail("asked")).sections.runner.ref == "R-1"


def test_a_json_file_that_is_none_of_ours_is_offered_to_plugins(tmp_path: Path) -> None:
    """By what it says: a form of another program, with its own keys or beyond what we parse."""
    root = {"schema": 1, "runner": {"ref": "R-9"}, "findings": []}
    for content in (b'{"resourceType": "QuestionnaireResponse"}', b"[1.5e400]", b'{"schema": "form"}'):
        (tmp_path / "p.json").write_bytes(content)
        manager = manager_of(read_profile=lambda content, given=content: root if content == given else None)
        assert load_any_profile(tmp_path / "p.json", lambda manager=manager: manager).sections.runner.ref == "R-9"


@pytest.mark.parametrize(("content", "said"), [(b"{", "p.json:1"), (b'{"findings": []}', 'the key "schema" is missing')])
def test_a_json_file_that_nobody_claims_is_told_as_ours(tmp_path: Path, content: bytes, said: str) -> None:
    """With the same mistakes as without plugins."""
    (tmp_path / "p.json").write_bytes(content)
    with pytest.raises(ProfileError, match=said):
        take_in(load_any_profile(tmp_path / "p.json", lambda: manager_of(read_profile=lambda: None)), built_in().vocabulary, DAY)


def test_what_a_plugin_reads_goes_through_the_same_checks(tmp_path: Path) -> None:
    """The file's name is the place of every mistake."""
    (tmp_path / "p.csv").write_bytes(b"x")
    root = {"schema": 1, "runner": {"ref": 7}, "findings": [{"weakness": "soleu"}], "goals": None}
    read = load_any_profile(tmp_path / "p.csv", lambda: manager_of(read_profile=lambda content, name: root))
    with pytest.raises(ProfileError) as raised:
        take_in(read, built_in().vocabulary, DAY)
    found = [str(problem).removeprefix(str(tmp_path)) for problem in raised.value.problems]
    assert any(line.startswith('/p.csv: findings[0]: unknown muscle "soleu"') for line in found)
    assert any('unknown key "goals"' in line for line in found)


def test_a_file_that_two_plugins_claim_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes(b"x")
    manager = manager_of(read_profile=lambda: {"schema": 1})
    beside(manager, read_profile=lambda: {"schema": 1})
    with pytest.raises(PluginError, match=r'claimed by two plugins, "bad 1\.0: bad" and "extra 1\.0: extra"'):
        load_any_profile(tmp_path / "p.csv", lambda: manager)


def test_a_file_that_no_plugin_claims_is_read_as_ours(tmp_path: Path) -> None:
    (tmp_path / "runner").write_text(TEXT, encoding="utf-8")
    assert load_any_profile(tmp_path / "runner", lambda: manager_of(read_profile=lambda: None)).sections.runner.ref == "R-1"


# --- further facts ------------------------------------------------------------------------------------------------------


def computed(folder: Path, recorded: str, *entries: Mapping[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """What is known in the end, each fact with its places."""
    from kit import facts_of

    facts = tuple(facts_of(*json.loads(recorded)))
    known = with_further_facts(facts, toy_program(folder).vocabulary, manager_of(further_facts=lambda: entries))
    return [(fact.as_mapping(), ", ".join(map(str, fact.places))) for fact in known]


def test_a_computed_fact_names_its_plugin_as_its_place(tmp_path: Path) -> None:
    found = computed(tmp_path, '[{"colour": "red", "side": "left"}]', {"size": 4, "side": "left"})
    assert [(entry.get("size"), at) for entry, at in found] == [(None, "toy.yaml:1"), (Decimal(4), "bad 1.0: bad")]


def test_a_fact_that_is_known_already_keeps_both_places(tmp_path: Path) -> None:
    found = computed(tmp_path, '[{"size": 4, "side": "left"}]', {"size": "0.04 m", "side": "left"})
    assert [at for _, at in found] == ["toy.yaml:1, bad 1.0: bad"]


def test_a_fact_against_what_was_recorded_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match=r'which contradicts ".*4 cm.*" at toy.yaml:1'):
        computed(tmp_path, '[{"size": 4, "side": "left"}]', {"size": 5, "side": "left"})
    with pytest.raises(PluginError, match="which contradicts"):
        computed(tmp_path / "two", '[{"colour": "red", "side": "left", "shade": "plain"}]', {"colour": "red", "side": "left"})


def test_sides_are_split_and_unknown_values_dropped(tmp_path: Path) -> None:
    found = computed(tmp_path, "[]", {"colour": "red"}, {"colour": "unknown"})
    assert [entry["side"] for entry, _ in found] == ["left", "right"]


# --- what is installed --------------------------------------------------------------------------------------------------


def test_plugins_are_described_with_version_origin_hooks_and_packs(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "one")
    manager = beside(manager_of(plan_formats=lambda: {"odd": str}), rule_packs=lambda: [folder])
    first, second = describe_plugins(manager, load_packs(manager))
    assert (first.name, first.version, first.origin, first.hooks, first.packs) == ("bad", "1.0", "bad", ("plan_formats",), ())
    assert (second.hooks, second.packs) == (("rule_packs",), ("one",))


def test_the_built_in_plugin_brings_the_built_in_packs() -> None:
    (row,) = describe_plugins(plugin_manager(""), built_in().packs)
    assert (row.origin, row.hooks) == ("stridewise", ("rule_packs",))
    assert {"safety", "load"} <= set(row.packs)


def test_an_unknown_format_is_answered_with_those_there_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Those of the plugins too."""
    import click

    manager = beside(plugin_manager(""), plan_formats=lambda: {"gpx": str})
    monkeypatch.setattr("stridewise.packs.plugins.plugin_manager", lambda *_: manager)
    with pytest.raises(click.UsageError, match='"pdf" is not one of text, markdown, json, html, handout, letter, ics, fhir, gpx'):
        run("p.yaml", "--format", "pdf", folder=tmp_path, monkeypatch=monkeypatch)
