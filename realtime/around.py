"""Who is around in one group, as one process heard it."""

import time
from dataclasses import dataclass, field

STANDS = 40  # seconds a lease holds unless it is renewed


@dataclass(slots=True)
class Around:
    """Who is around in one group, as far as this process heard: member ids and until when that stands."""

    until: dict[str, float] = field(default_factory=dict)

    def hear(self, told: dict[str, int]) -> bool:
        """Take in for how many seconds who is around from now on (0: no longer); says whether that is news."""
        before = self.members()
        now = time.monotonic()
        for member, seconds in told.items():
            self.until[member] = now + seconds
        return self.lapse() != before

    def begin(self, members: list[str]) -> bool:
        """Begin anew with what the leases say; says whether that is news."""
        before = self.members()
        self.until = {}
        self.hear(dict.fromkeys(members, STANDS))
        return self.members() != before

    def members(self) -> list[str]:
        return sorted(self.until)

    def lapse(self) -> list[str]:
        """Forget whose lease is over; returns who is left."""
        now = time.monotonic()
        self.until = {member: until for member, until in self.until.items() if until > now}
        return self.members()
