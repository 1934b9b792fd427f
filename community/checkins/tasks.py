"""The worker's part: reminders whose time has come."""

from community.checkins import services as checkins

MOST = 500  # at a time, so that other work is done too


def remind_due() -> int:
    """Pass on what is due. Returns how many people were told."""
    told = 0
    for _turn in range(MOST):
        said = checkins.pass_on()
        if said is None:
            break
        told += said
    return told
