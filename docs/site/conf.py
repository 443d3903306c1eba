"""The documents as a site (tools/site.sh): the same pages that a forge shows, with a menu and a search that needs no server."""

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

project = "stridewise"
extensions = ["myst_parser"]
include_patterns = ["*.md", "docs/*.md", "docs/rules/*.md", "docs/drawings/*.md", "tests/clinic/README.md"]
myst_heading_anchors = 4  # links name headings as forges do
myst_enable_extensions = ["html_image"]  # the drawings

html_theme = "furo"
html_title = "stridewise"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_use_index = False


def setup(app: Sphinx) -> None:
    """The picture of the architecture is drawn by forges; a script that draws it would outweigh the site: here it stays text."""
    app.add_lexer("mermaid", TextLexer)
