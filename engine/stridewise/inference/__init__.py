"""From facts to everything that follows: two independent matchers, which must agree."""
