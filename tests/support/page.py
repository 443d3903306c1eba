"""A page of HTML read with the standard library: elements with their parents, attributes and text. For checks alone."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = ("meta", "br", "img", "link", "input", "hr")


@dataclass(eq=False)
class Element:
    """One element; `text` is all text inside it."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None"
    children: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())

    def all(self, *tags: str) -> list["Element"]:
        """Every element below with one of these tags, in the order of the page."""
        found = []
        for child in self.children:
            found += [child] if child.tag in tags or not tags else []
            found += child.all(*tags)
        return found


class Page(HTMLParser):
    """The elements of a page; `unclosed` names what was opened and closed out of order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self._here = Element("", {}, None)
        self.unclosed: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._here)
        self._here.children.append(element)
        if tag not in VOID:
            self._here = element

    def handle_endtag(self, tag: str) -> None:
        if self._here.tag != tag:
            self.unclosed.append(f"{self._here.tag} closed by {tag}")
        self._here = self._here.parent or self.root

    def handle_data(self, data: str) -> None:
        element: Element | None = self._here
        while element is not None:
            element.pieces.append(data)
            element = element.parent
