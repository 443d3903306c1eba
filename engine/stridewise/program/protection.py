"""Keep safety rules out of reach: what refers or contraindicates, and all it depends on, cannot be switched off or retuned."""

from collections.abc import Mapping, Sequence, Set

from stridewise.errors import Problems, did_you_mean
from stridewise.language.condition import Threshold, Within
from stridewise.language.pathway import Pathway
from stridewise.language.rule import Rule
from stridewise.packs.pack import Override, RulePack
from stridewise.program.strata import Suppliers


def protected_rules(rules: Sequence[Rule]) -> dict[str, tuple[Rule, ...]]:
    """Every protected rule's id with the chain that protects it: the rule itself first, the safety rule last."""
    suppliers = Suppliers(rules)
    chains: dict[str, tuple[Rule, ...]] = {rule.id: (rule,) for rule in rules if rule.is_protected}
    waiting = sorted(chains)
    while waiting:
        chain = chains[waiting.pop(0)]
        for condition in chain[0].conditions.every():
            for supplier in suppliers.of(condition):
                if supplier.id not in chains:
                    chains[supplier.id] = (supplier, *chain)
                    waiting.append(supplier.id)
    return chains


def check_overrides(
    packs: Sequence[RulePack],
    rules: Sequence[Rule],
    pathways: Mapping[str, Pathway],
    thresholds: Mapping[str, Threshold],
    protected: Mapping[str, tuple[Rule, ...]],
    unread: Set[str],
    problems: Problems,
) -> None:
    """Refuse overrides of unknown, own, twice overridden or protected things; a pathway is protected as its rules are. What is
    `unread` has problems of its own."""
    by_id = {rule.id: rule for rule in rules}
    chains = {
        name: next((protected[rule] for rule in sorted(one.rules) if rule in protected), None) for name, one in pathways.items()
    }
    users = _threshold_users(rules, protected)
    seen: dict[str, str] = {}
    for pack in packs:
        here = problems.within(pack.document.path)
        for index, override in enumerate(pack.shape.overrides):
            line = pack.document.line("overrides", index)
            where = f"overrides[{index}]"
            what, known = _overridden(override, by_id, pathways, thresholds)
            if override.target not in known and override.target not in unread:
                here.add(line, f'{where}: unknown {what} "{override.target}".{did_you_mean(override.target, known)}')
            own = override.target in pathways and pathways[override.target].pack == pack.name
            if own or override.target.startswith(f"{pack.name}/"):
                here.add(line, f'{where}: "{override.target}" is your own; change it where it stands')
            if override.with_rule is not None and f"{pack.name}/{override.with_rule}" not in by_id.keys() | unread:
                here.add(line, f'{where}: with_rule: this pack has no rule "{override.with_rule}"')
            stand_in = pathways.get(override.with_pathway or "")
            is_own = override.with_pathway in unread or (stand_in is not None and stand_in.pack == pack.name)
            if override.with_pathway is not None and not is_own:
                here.add(line, f'{where}: with_pathway: this pack has no pathway "{override.with_pathway}"')
            if override.target in seen:
                here.add(
                    line, f'{where}: "{override.target}" is already overridden by {seen[override.target]}; only one pack may'
                )
            seen.setdefault(override.target, pack.name)
            chain = protected.get(override.target) or users.get(override.target) or chains.get(override.target)
            if chain is not None:
                here.add(
                    line, f'{where}: "{override.target}" is protected and cannot be changed: {_spell(override.target, chain)}'
                )


def _overridden(
    override: Override, rules: Mapping[str, object], pathways: Mapping[str, object], thresholds: Mapping[str, object]
) -> tuple[str, Mapping[str, object]]:
    """What an override is of, in a word, and all that there is of it."""
    if override.rule:
        return "rule", rules
    return ("pathway", pathways) if override.pathway else ("threshold", thresholds)


def _threshold_users(rules: Sequence[Rule], protected: Mapping[str, tuple[Rule, ...]]) -> dict[str, tuple[Rule, ...]]:
    """Each threshold that a protected rule compares with, and that rule's chain."""
    return {
        test.threshold: protected[rule.id]
        for rule in rules
        if rule.id in protected
        for condition in rule.conditions.every()
        for _, test in condition.tests
        if isinstance(test, Within) and test.threshold
    }


def _spell(target: str, chain: Sequence[Rule]) -> str:
    names = [rule.id for rule in chain]
    steps = names if names[0] == target else [target, *names]
    return " → ".join(steps) + (" (refers or contraindicates)")


def check_absent_in_protected(rules: Sequence[Rule], protected: Mapping[str, tuple[Rule, ...]], problems: Problems) -> None:
    """A safety rule may not hang on the absence of something that another pack can conclude."""
    suppliers = Suppliers(rules)
    for rule in (rule for rule in rules if rule.id in protected):
        for condition in rule.conditions.absents:
            for supplier in suppliers.of(condition):
                if supplier.pack != rule.pack:
                    chain = _spell(rule.id, protected[rule.id])
                    message = f'{rule.id}: absent "{condition.kind}" can be switched off by {supplier.id}; protected: {chain}'
                    problems.within(rule.place.path).add(rule.place.line, message)
