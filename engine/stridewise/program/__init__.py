"""From packs to one checked, stratified program."""
