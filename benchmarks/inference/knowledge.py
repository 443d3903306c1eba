"""The knowledge base that every engine runs: rules and facts made from one seed.

Topics are made one by one, each from its own seed, so that the rules of a small knowledge base are the first rules of a larger
one, and the same facts fire the same rules in both."""

from random import Random

from benchmarks.inference.form import CLOSED, Fact, KnowledgeBase
from benchmarks.inference.order import stratify
from benchmarks.inference.rules import RULES_A_TOPIC, general_rules, topic_rules

SEED = 20261122
GENERAL_RULES = len(general_rules())
TOPICS_SEEN = 3  # how many topics the 30 facts are about, whatever the number of topics that exist
FACTS = 30
GENERAL_FACTS: tuple[Fact, ...] = (
    ("weekly_distance", 72),
    ("longest_run", 32),
    ("weeks_to_race", 5),
    ("age", 52),
    ("experience_months", 14),
    ("equipment", "barbell"),
    ("equipment", "mini_band"),
)


def make_busy_knowledge_base(rules: int) -> KnowledgeBase:
    """So many rules, and facts in proportion: the share of topics seen is that of 150 rules and 30 facts."""
    topics = (rules - GENERAL_RULES) // RULES_A_TOPIC
    seen = max(1, topics * TOPICS_SEEN // 14)
    return make_knowledge_base(rules, seen, len(GENERAL_FACTS) + seen * (FACTS - len(GENERAL_FACTS)) // TOPICS_SEEN)


def make_knowledge_base(rules: int, topics_seen: int = TOPICS_SEEN, facts: int = FACTS) -> KnowledgeBase:
    """The knowledge base of so many rules (a multiple of ten), with so many facts about its first topics."""
    topics, rest = divmod(rules - GENERAL_RULES, RULES_A_TOPIC)
    if topics < topics_seen or rest:
        raise ValueError(f"{rules} rules are not {GENERAL_RULES} and {RULES_A_TOPIC} for each of {topics_seen} topics or more")
    every = [*general_rules(), *(rule for topic in range(topics) for rule in topic_rules(topic, SEED))]
    return KnowledgeBase(stratify(every), tuple(_facts(topics_seen, facts)), CLOSED)


def _facts(topics: int, number: int) -> list[Fact]:
    """Seven facts about the runner, the rest findings about the topics, shuffled."""
    random = Random(f"{SEED}/facts/{topics}/{number}")  # noqa: S311
    findings = list(dict.fromkeys(fact for topic in range(topics) for fact in _findings(topic, random)))
    facts = [*GENERAL_FACTS, *random.sample(findings, number - len(GENERAL_FACTS))]
    random.shuffle(facts)
    return facts


def _findings(t: int, random: Random) -> list[Fact]:
    """What an examination of one topic finds, mostly on one side."""
    main = random.choice(["left", "right"])
    other = "right" if main == "left" else "left"
    return [
        ("weakness", f"muscle_{t}", main, random.choice(["mild", "marked"])),
        ("weakness", f"muscle_{t}", other, random.choice(["mild", "marked"])),
        ("tightness", f"muscle_{t}", main, "marked"),
        ("movement_fault", f"fault_{t}", main, "marked"),
        ("movement_fault", f"fault_{t}", other, "mild"),
        ("pain", f"region_{t}", main, random.randint(2, 7)),
        ("injury", f"injury_{t}", main, random.randint(2, 18)),
        ("reps", f"test_{t}", main, random.randint(8, 22)),
        ("skill", f"skill_{t}", random.choice(["learning", "owned"])),
    ]
