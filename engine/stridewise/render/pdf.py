"""A page as PDF, through WeasyPrint (the extra stridewise[pdf]); nothing is fetched."""

from typing import Any

MISSING = (
    "a PDF needs WeasyPrint and the Pango library: install them with pip install 'stridewise[pdf]' "
    "(and on Debian: apt install libpango-1.0-0 libpangoft2-1.0-0), or write .html and print that"
)


class PdfError(Exception):
    """No PDF can be made here. The message says what to install."""


def pdf_of(page: str) -> bytes:
    """The PDF of one HTML document. Raises PdfError where the library is missing."""
    try:
        import weasyprint
    except (ImportError, OSError) as missing:
        raise PdfError(MISSING) from missing
    made = weasyprint.HTML(string=page, url_fetcher=_nothing_from_outside).write_pdf()
    return bytes(made or b"")


def _nothing_from_outside(url: str, *args: Any, **options: Any) -> Any:
    """Pictures that stand in the page itself, and nothing else."""
    from weasyprint.urls import default_url_fetcher

    if not url.startswith("data:"):
        raise ValueError(f"{url[:80]}: a page holds its own pictures")
    return default_url_fetcher(url, *args, **options)
