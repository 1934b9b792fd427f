"""What every change of a room has in common."""

from django.db.models import F

from groups.membership.models import Group


def count_seats(group: Group) -> None:
    """Who may read here is another now: the counter goes up by one. The group's row is held."""
    Group.objects.filter(pk=group.pk).update(seats=F("seats") + 1)
    group.refresh_from_db(fields=["seats"])
