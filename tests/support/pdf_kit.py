"""Can a PDF be made here? WeasyPrint is among the test packages; the Pango library that it needs is the system's."""

NO_PANGO = "no PDF here: WeasyPrint is missing, or the Pango library that it needs"
try:
    import weasyprint
except (ImportError, OSError):
    PANGO = False
else:
    PANGO = bool(weasyprint.__version__)
