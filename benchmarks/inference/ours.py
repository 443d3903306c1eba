"""This project's own engine, whole and in part."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from benchmarks.inference.form import FIELDS, Fact, Firing, KnowledgeBase, firing
from benchmarks.inference.pack import make_facts, make_program
from stridewise.inference.engine import infer
from stridewise.inference.memory import Activation, WorkingMemory
from stridewise.inference.normal_form import Stratum
from stridewise.language import fact as stridewise_fact


def read_firings(activations: Iterable[Activation]) -> frozenset[Firing]:
    """What fired, in the form in which engines are compared."""
    return frozenset(firing(fired.rule.id.partition("/")[2], map(_plain, fired.premises)) for fired in activations)


def _plain(fact: stridewise_fact.Fact) -> Fact:
    """Numbers here are whole, so that they equal those of the other engines when written out."""
    values = [fact.get("" if name == "value" else name) for name in FIELDS[fact.kind]]
    return (fact.kind, *(value if isinstance(value, str) else int(value or 0) for value in values))


class Inference:
    """The whole of `infer`: both sorts of ordering, the matcher, working memory with every derivation."""

    def __init__(self, base: KnowledgeBase, choice: str) -> None:
        self.program = make_program(base)
        self.facts, self.answered, self.choice = make_facts(self.program, base), base.answered, choice
        self.run()

    def run(self) -> WorkingMemory:
        inference = infer(self.program, self.facts, self.answered, self.choice)
        if inference.engine.left_out:
            raise RuntimeError(f"durable_rules was left out: {inference.engine.left_out}")
        return inference.memory

    def firings(self, result: WorkingMemory) -> frozenset[Firing]:
        return read_firings(result.activations)


class InferenceAfresh:
    """The same with the compiled rules alone: what earlier runs left in the program's cache is forgotten before each run."""

    def __init__(self, base: KnowledgeBase, choice: str) -> None:
        self.inference = Inference(base, choice)
        cache = self.inference.program.cache.items()
        self.compiled = {key: kept for key, kept in cache if isinstance(kept, Stratum) or hasattr(kept, "saturate")}

    def run(self) -> WorkingMemory:
        self.inference.program = replace(self.inference.program, cache=dict(self.compiled))
        return self.inference.run()

    def firings(self, result: WorkingMemory) -> frozenset[Firing]:
        return self.inference.firings(result)


class MatcherAlone:
    """The calls of `saturate` that `infer` makes, one a stratum, made again with the same arguments."""

    def __init__(self, base: KnowledgeBase, choice: str) -> None:
        whole = Inference(base, choice)
        cache, self.calls = whole.program.cache, list[tuple[Callable[..., Any], tuple[Any, ...]]]()
        matchers = {key: matcher for key, matcher in cache.items() if hasattr(matcher, "saturate")}
        cache.update({key: _Recorder(matcher, self.calls) for key, matcher in matchers.items()})
        whole.run()
        cache.update(matchers)

    def run(self) -> list[Activation]:
        return [fired for saturate, arguments in self.calls for fired in saturate(*arguments)]

    def firings(self, result: list[Activation]) -> frozenset[Firing]:
        return read_firings(result)


class _Recorder:
    """Stands in for a matcher and notes what it is asked."""

    def __init__(self, matcher: Any, calls: list[tuple[Callable[..., Any], tuple[Any, ...]]]) -> None:
        self.matcher, self.calls = matcher, calls

    def saturate(self, *arguments: Any) -> Any:
        self.calls.append((self.matcher.saturate, arguments))
        return self.matcher.saturate(*arguments)
