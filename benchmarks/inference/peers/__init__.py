"""The other engines: one file each, imported only when it is their turn."""
