"""Elements of XML one after the other, each with its line, however large it is. Entities are refused: no export declares any."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from stridewise.errors import Problems

KEPT = 200  # letters of a text; no number or date is longer


@dataclass(frozen=True, slots=True)
class Element:
    """An element that has ended: its name and that of the one around it, without namespaces."""

    name: str
    parent: str
    attributes: Mapping[str, str]
    text: str
    line: int


def elements(blocks: Iterator[bytes], wanted: Collection[str], problems: Problems) -> Iterator[Element]:
    """The wanted elements in the order in which they end. What is no XML is told, at its line."""
    ended: list[Element] = []
    parser = _parser(wanted, ended)
    try:
        for block in blocks:
            parser.Parse(block, False)
            yield from ended
            ended.clear()
        parser.Parse(b"", True)
        yield from ended
    except expat.ExpatError as failure:
        problems.add(failure.lineno, f"cannot be read as XML: {expat.ErrorString(failure.code)}")
    except (ValueError, LookupError) as failure:  # entities, letters that nobody knows
        problems.add(parser.CurrentLineNumber, str(failure))


def _parser(wanted: Collection[str], ended: list[Element]) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    around: list[tuple[str, Mapping[str, str], int]] = []
    text: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        around.append((name.rpartition(" ")[2], attributes, parser.CurrentLineNumber))
        text.clear()

    def end(_: str) -> None:
        name, attributes, line = around.pop()
        if name in wanted:
            parent = around[-1][0] if around else ""
            ended.append(Element(name, parent, attributes, "".join(text)[:KEPT].strip(), line))
        text.clear()

    def letters(data: str) -> None:
        if len(text) < KEPT:
            text.append(data)

    def entity(*_: object) -> None:
        raise ValueError("declares entities; no export does, so it is not read")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, letters
    parser.EntityDeclHandler = entity
    return parser
