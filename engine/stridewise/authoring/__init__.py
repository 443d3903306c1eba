"""For authors of packs: cases, checks, differences, schemas, pages, scaffolds."""
