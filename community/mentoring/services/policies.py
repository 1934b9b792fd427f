"""What a program asks of its mentors is for who runs it to say."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import inputs
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.mentoring.events import MentoringPolicyChanged
from community.mentoring.models import MentoringPolicy
from community.mentoring.plans import policy as plans
from community.mentoring.rules import may_set_policy, policy_of
from community.people.models import Person
from community.programs.models import Program


@transaction.atomic
def set_policy(
    *, program: Program, wanted: Mapping[str, Any], version: object = None, by: Person | None = None
) -> MentoringPolicy:
    """Let a program ask this of its mentors; what is not given stays. Who walks together goes on as before.

    Raises NotAllowed; Invalid, also for a policy that contradicts itself; Conflict when the ``version`` that was looked
    at is another one by now. Publishes MentoringPolicyChanged, if it is another one.
    """
    if by is not None:
        may_set_policy.require(by, program)
    judged = plans.policy(wanted)
    seen = None if version is None else inputs.whole(version, at="/version")
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    row = policy_of(program)
    before = {name: getattr(row, name) for name in plans.FIELDS}
    after = {**before, **judged}
    plans.steps(after, before)
    plans.fits(after, track=program.track, age_band=program.age_band)
    if after == before:
        return row
    if seen is not None and seen != row.version:
        raise Conflict(_("Somebody changed this meanwhile. Nothing was saved."), code="stale")
    for name, value in after.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    publish(MentoringPolicyChanged(program_id=program.pk))
    audit.record(action="mentoring.policy", actor=by.pk if by else None, subject=f"program:{program.pk}")
    return row
