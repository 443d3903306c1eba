"""What made the plan: the engine, the packs and rules, the sources, and the digests to compare with."""

from collections.abc import Iterator

from stridewise.language.translation import fixed, say
from stridewise.plan.entries import GIVEN, reasons_of
from stridewise.plan.model import Plan
from stridewise.render.fhir.parts import Json, Making, concept
from stridewise.render.plan_words import spoken_source

NAME = "stridewise"
DRAFTED = fixed("Drafted by rules; no clinician has signed it.")


def add_provenance(making: Making) -> None:
    """One device, and one provenance over all that is in the bundle."""
    plan = making.plan
    targets = [{"reference": one["fullUrl"]} for one in making.held]
    device = making.add(
        "Device", NAME, deviceName=[{"name": NAME, "type": "model-name"}], version=[{"value": plan.receipt.version}]
    )
    making.add(
        "Provenance",
        "plan",
        target=targets,
        occurredDateTime=plan.as_of,
        recorded=f"{plan.as_of}T00:00:00Z",
        activity=concept(say(DRAFTED)),
        agent=[{"type": concept("engine"), "who": device}],
        entity=[{"role": "source", "what": what} for what in _sources(plan)],
    )


def _sources(plan: Plan) -> Iterator[Json]:
    """Digests, packs, rules and literature, each by its own name."""
    receipt = plan.receipt
    for name, digest in (("plan", receipt.plan_sha256), ("profile", receipt.profile_sha256), ("program", receipt.program_sha256)):
        if digest:
            yield _source(f"sha256:{digest}", f"{name} sha256")
    for pack in receipt.packs:
        yield _source(f"sha256:{pack.sha256}", f"pack {pack.name} {pack.version}, reviewed: {pack.reviewed or 'none'}")
    for override in receipt.overrides:
        yield _source(override.of, f"override by {override.pack}: {override.action} {override.to or ''}".strip())
    for rule in receipt.fired:
        yield _source(rule, f"rule {rule}")
    sources = {source.key: spoken_source(source) for one in reasons_of(plan, GIVEN) for source in one.sources}
    for key, text in sorted(sources.items()):
        yield _source(key, text)


def _source(value: str, display: str) -> Json:
    return {"identifier": {"value": value}, "display": display}
