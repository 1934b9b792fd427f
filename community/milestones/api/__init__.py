"""REST: one's own counts, and the ladders of a program."""
