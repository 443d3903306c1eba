"""From the export of a watch, a phone or a spreadsheet to runs: what a file is, is told by what it holds, never by its name."""
