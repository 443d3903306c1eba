"""Find every activation of a stratum: two independent matchers behind one protocol."""
