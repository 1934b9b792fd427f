"""Everybody who waits and every mentor at once, as columns: which pairs break no rule, and which of them to look at."""
