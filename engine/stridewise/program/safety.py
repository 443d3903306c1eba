"""Is every runner with a red flag referred? Where that is not so no plan is made: it would call such a runner ready."""

from collections.abc import Iterable, Iterator

from stridewise.errors import PackError, PluginError, Problem
from stridewise.language.condition import Test
from stridewise.language.rule import Refer, Rule
from stridewise.language.vocabulary import Vocabulary
from stridewise.program.program import Program
from stridewise.program.strata import Suppliers

RED_FLAG = "red_flag"


def check_safety(program: Program) -> None:
    """Raises PluginError where no rule refers for a red flag, and PackError where some flags lead to no referral."""
    if program.without_safety:
        return
    flags = red_flags(program.vocabulary)
    if not set(flags) - set(program.unreferred_flags):
        raise PluginError(
            "no safety pack is loaded: no rule refers a runner with a red flag. No plan is made. Reinstall stridewise"
        )
    if program.unreferred_flags:
        raise PackError([_problem(program, flag) for flag in program.unreferred_flags])


def red_flags(vocabulary: Vocabulary) -> list[str]:
    """What a profile may record as a red flag."""
    kind = vocabulary.kinds.get(RED_FLAG)
    return [one.name for one in vocabulary.terms.get(kind.type.terms, {}).values() if not one.negative] if kind else []


def unreferred_flags(vocabulary: Vocabulary, rules: Iterable[Rule], suppliers: Suppliers) -> tuple[str, ...]:
    """The red flags that no referral rests on, alone or with other facts."""
    tests = list(
        _tests_of_flags([rule for rule in rules if any(isinstance(item, Refer) for item in rule.consequents)], suppliers)
    )
    return tuple(flag for flag in red_flags(vocabulary) if not any(test.accepts(flag) for test in tests))


def _tests_of_flags(waiting: list[Rule], suppliers: Suppliers) -> Iterator[Test]:
    """What these rules, and all that can supply them, ask of red flags."""
    seen: set[str] = set()
    while waiting:
        rule = waiting.pop()
        if rule.id not in seen:
            seen.add(rule.id)
            for condition in rule.conditions.present():
                waiting += suppliers.of(condition)
                if condition.kind == RED_FLAG:
                    yield condition.value


def _problem(program: Program, flag: str) -> Problem:
    message = f'no rule refers a runner with the red flag "{flag}"; add a rule with "refer" for it, or leave the flag out'
    path, line = next(_places(program, flag), ("", 0))
    return Problem(path, line, message)


def _places(program: Program, flag: str) -> Iterator[tuple[str, int]]:
    """Where a pack says that this is a red flag."""
    name = program.vocabulary.kinds[RED_FLAG].type.terms
    for document in (document for pack in program.packs for document in pack.vocabularies):
        if flag in ((document.root or {}).get("terms") or {}).get(name, {}):
            yield document.path, document.line("terms", name, flag)
