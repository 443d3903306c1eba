"""The rows of the table, the yardstick first."""

from collections.abc import Callable
from importlib import import_module

from benchmarks.inference.contender import Contender, Entry
from benchmarks.inference.form import KnowledgeBase
from benchmarks.inference.handwritten import ByHand
from benchmarks.inference.ours import Inference, InferenceAfresh, MatcherAlone

BY_HAND = "by hand"
REFERENCE, REFERENCE_ALL = "reference matcher", "reference, whole inference"
GENERATED_ALL = "generated, whole inference"
REFERENCE_AFRESH = "reference, whole inference, afresh"
DURABLE, DURABLE_ALL = "durable matcher", "durable, whole inference"
CLIPS, CLIPS_PYTHON = "CLIPS, C functions", "CLIPS, clipspy's classes"
DURABLE_PUBLIC = "durable_rules, public API"
JOINED = "tests only: joins, absence and chaining by the driver"


def _peer(module: str, name: str) -> Callable[[KnowledgeBase], Contender]:
    """Made from its own file, which is imported only now."""

    def make(base: KnowledgeBase) -> Contender:
        contender: Contender = getattr(import_module(f"benchmarks.inference.peers.{module}"), name)(base)
        return contender

    return make


ENTRIES = (
    Entry(BY_HAND, ByHand, "generated Python for this knowledge base: the yardstick"),
    Entry(REFERENCE, lambda base: MatcherAlone(base, "reference"), "its `saturate` calls alone"),
    Entry(REFERENCE_ALL, lambda base: Inference(base, "reference"), "`infer`: with working memory and derivations"),
    Entry(REFERENCE_AFRESH, lambda base: InferenceAfresh(base, "reference"), "`infer` with nothing kept from earlier runs"),
    Entry(GENERATED_ALL, lambda base: Inference(base, "generated"), "`infer`: with working memory and derivations"),
    Entry(DURABLE, lambda base: MatcherAlone(base, "durable"), "its `saturate` calls alone", "durable-rules"),
    Entry(DURABLE_ALL, lambda base: Inference(base, "durable"), "`infer`: with working memory and derivations", "durable-rules"),
    Entry(CLIPS, _peer("clips_peer", "ClipsLowLevel"), "values prepared, one fact builder", "clipspy"),
    Entry(CLIPS_PYTHON, _peer("clips_peer", "ClipsPython"), "as its documentation shows", "clipspy"),
    Entry("zen-engine, expressions", _peer("zen_peer", "ZenExpressions"), JOINED, "zen-engine"),
    Entry("zen-engine, decision tables", _peer("zen_peer", "ZenTables"), JOINED, "zen-engine"),
    Entry(DURABLE_PUBLIC, _peer("durable_peer", "DurablePublic"), "absence decided in the action", "durable-rules"),
    Entry("business-rules", _peer("business_rules_peer", "BusinessRules"), JOINED, "business-rules"),
    Entry("rule-engine", _peer("rule_engine_peer", "RuleEngine"), JOINED, "rule-engine"),
    Entry("experta", _peer("experta_peer", "Experta"), "`collections` mended for its frozendict", "experta"),
)


def entry(name: str) -> Entry:
    """The row of this name."""
    return next(one for one in ENTRIES if one.name == name)
