"""What pages and REST show of two people: where they stand, in plain words, and why they might walk together."""
