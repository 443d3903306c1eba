"""How a question is put: in the words of its kind, unless something is recorded already or a recorded fact is left open."""

from stridewise.documents.sentences import capitalised
from stridewise.language.vocabulary import Attribute, Kind


def put(kind: Kind, is_recorded: bool) -> str:
    """The question about a kind; about a further one where something of it is recorded."""
    asking = kind.traits.asking
    plain = asking.first or kind.question or f"Is there {kind.name.replace('_', ' ')} to record?"
    return (asking.further or plain) if is_recorded else plain


def put_open(label: str, attribute: Attribute) -> str:
    """The question about what a recorded fact leaves open: "Pain (low back): for how many weeks?"."""
    what, _, of = label.partition(": ")
    named = f"{what} ({of})" if of else what
    asked = attribute.question or f"{attribute.name.replace('_', ' ')}?"
    return f"{capitalised(named)}: {asked}"
