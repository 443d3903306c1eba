"""The inference benchmark: one generated knowledge base, many engines, the same firings, then the clock."""
