"""The worker's part: people are told that their sheet was opened."""

from community.sheets import services as sheets

MOST = 200  # at a time, so that other work is done too


def tell() -> int:
    """Tell whoever may be told by now. Returns how many that were."""
    told = 0
    while told < MOST and sheets.tell_next():
        told += 1
    return told
