"""Many profiles in one run: entries → worker processes → journal → output. Whatever dies, nothing is lost or doubled."""
