"""The page of `recommend serve`: the same functions and the same words as the command, as plain HTML forms on this machine
alone. What it writes is profiles, so that `recommend` gives the same plan, and files of packs where their author saves them."""
