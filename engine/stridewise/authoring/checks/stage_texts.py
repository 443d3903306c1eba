"""The texts of a pathway that a reader may see, each with where it stands."""

from collections.abc import Iterator

from stridewise.documents.located import line_of
from stridewise.language.pathway import PathwayShape
from stridewise.language.rule import texts_of
from stridewise.language.vocabulary import Place
from stridewise.packs.pack import Written
from stridewise.program.program import Program

Text = tuple[str, Place, str]  # whose and what, where, the text


def pathway_texts(program: Program, name: str, written: Written) -> Iterator[Text]:
    """Titles, what the runner is told, criteria with their questions, and the texts of what holds in a stage."""
    shape: PathwayShape = written.item

    def at(*steps: str | int) -> Place:
        return Place(written.place.path, line_of(written.node, *steps))

    yield f"{shape.id}: title", at("title"), shape.title
    for number, stage in enumerate(shape.stages):
        whose = f"{shape.id}/{stage.id}"
        yield f"{whose}: title", at("stages", number, "title"), stage.title
        yield f"{whose}: plain", at("stages", number, "plain"), stage.plain
        for index, criterion in enumerate(stage.exit):
            for part, text in (("earn", criterion.earn), ("question", criterion.question)):
                if text:
                    yield f"{whose}: {part}", at("stages", number, "exit", index, part), text
        content = program.rule(program.pathways[name].stages[number].rules[2])
        for item in content.consequents if content is not None else ():
            for text in texts_of(item):
                yield f"{whose}: then", at("stages", number, "then"), text
