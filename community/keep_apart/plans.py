"""What may stand between two people, and how long it does before somebody looks at it again, as data."""

from datetime import timedelta

REVIEWED_EVERY = timedelta(days=365)  # PRODUCT.md 3.4, invariant 13: reviewed yearly
REASON_MOST = 500  # characters
APART = "apart"  # the one kind that keeps two people out of a room
