"""All drawings on one page, for a person to look at."""

from collections.abc import Mapping
from html import escape

from stridewise.figure.drawing import inside_page

STYLE = """\
body{font:11pt/1.3 sans-serif;margin:1em;color:#111;background:#fff}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(62mm,1fr));gap:6mm}
figure{margin:0;break-inside:avoid;border:1px solid #ccc;padding:2mm}
svg{display:block;width:62mm;height:48mm;max-width:100%}
figcaption{margin-top:1mm}code{color:#555}"""


def contact_sheet(drawn: Mapping[str, tuple[str, str]]) -> str:
    """One HTML page from the name and the SVG of each exercise, by id; 62 mm wide, as on a handout."""
    figures = "".join(
        f"<figure>{inside_page(svg)}<figcaption>{escape(name)} <code>{escape(key)}</code></figcaption></figure>\n"
        for key, (name, svg) in drawn.items()
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Exercise drawings</title>'
        f"<style>{STYLE}</style></head>\n<body><h1>Exercise drawings</h1>\n<main>\n{figures}</main></body></html>\n"
    )
