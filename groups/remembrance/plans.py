"""What a note may be, as data."""

QUIET = (0, 3, 7, 14, 30)  # days without a celebration
WORDS_MOST = 1500  # characters
