"""How long things take, as data."""

from datetime import timedelta

CONFIRMED_WITHIN = timedelta(hours=24)  # SAFETY.md 1, four eyes
CARE_LASTS = timedelta(days=30)  # extra cover, and more care with words, in the rooms of who has died
SOURCE_MOST = 300  # characters
