"""What the API takes of who tells us of something."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from community.cases.plans import TOLD, Reason
from community.foundation import clock
from community.foundation.api import Choice, Id, StrictSerializer, Whole, Words
from community.safety.serializers import CareSerializer
from groups.moderation.models import NOTE_MOST, Appeal, Decision, Proposal
from groups.moderation.plans import (
    AMOUNT_MOST,
    APPEAL_MOST,
    BEYOND_A_ROOM,
    LESS,
    WORDS_MOST,
    Action,
    Answer,
    Side,
    Verdict,
)
from groups.moderation.rules import said_in


class ReportSerializer(StrictSerializer):
    group = Id()
    message = Id(required=False, help_text="This, or `member`.")
    member = Id(required=False)
    reason = Choice(choices=[(one.value, one.label) for one in TOLD])
    note = Words(required=False, allow_blank=True, max_length=NOTE_MOST)


class ReportedSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    thanks = serializers.CharField()


class DecideSerializer(StrictSerializer):
    case = Id()
    version = Whole(min_value=1)
    action = Choice(choices=Action.choices)
    words = Words(max_length=WORDS_MOST, help_text="The exact words they read.")
    amount = Whole(
        required=False,
        min_value=1,
        max_value=AMOUNT_MOST,
        help_text="Days of `mute`, messages of `hold`, hours of `suspend`.",
    )


class TurnSerializer(serializers.Serializer[Any]):
    side = serializers.ChoiceField(choices=Side.choices)
    words = serializers.CharField()
    at = serializers.DateTimeField()


class AppealShownSerializer(serializers.Serializer[Any]):
    words = serializers.CharField()
    made = serializers.DateTimeField()
    due = serializers.DateTimeField()
    answer = serializers.ChoiceField(choices=Answer.choices, allow_null=True)
    answer_words = serializers.CharField(allow_null=True)
    decided = serializers.DateTimeField(allow_null=True)
    messages = TurnSerializer(many=True, help_text="All of it in order, up to three each way; the answer comes last.")


class DecisionSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    group = serializers.UUIDField()
    action = serializers.ChoiceField(choices=Action.choices)
    words = serializers.CharField()
    count = serializers.IntegerField(allow_null=True)
    until = serializers.DateTimeField(allow_null=True)
    at = serializers.DateTimeField()
    lifted = serializers.DateTimeField(allow_null=True)
    instead_of = serializers.UUIDField(allow_null=True, help_text="The decision it is the part of that stands.")
    appeal = AppealShownSerializer(allow_null=True)


class AppealedSerializer(DecisionSerializer):
    """The answer to asking that somebody else looks at it again."""

    care = CareSerializer(required=False, help_text="The private help card, where the words tell of danger.")


class DecisionPageSerializer(serializers.Serializer[Any]):
    results = DecisionSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class ProposeSerializer(StrictSerializer):
    case = Id()
    version = Whole(min_value=1)
    action = Choice(choices=[(one.value, one.label) for one in sorted(BEYOND_A_ROOM)])
    words = Words(max_length=WORDS_MOST, help_text="The exact words they would read.")
    amount = Whole(required=False, min_value=1, max_value=AMOUNT_MOST, help_text="Hours of `suspend`.")


class VerdictSerializer(StrictSerializer):
    answer = Choice(choices=[(one.value, one.label) for one in (Verdict.YES, Verdict.NO, Verdict.BACK)])


class ProposalSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    case = serializers.UUIDField()
    member = serializers.CharField(help_text="What they go by in that room.")
    reason = serializers.ChoiceField(choices=Reason.choices)
    action = serializers.ChoiceField(choices=Action.choices)
    hours = serializers.IntegerField(allow_null=True)
    words = serializers.CharField()
    until = serializers.DateTimeField()
    answer = serializers.ChoiceField(choices=Verdict.choices, allow_null=True)
    mine = serializers.BooleanField()


class ProposalPageSerializer(serializers.Serializer[Any]):
    results = ProposalSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class SuspensionSerializer(serializers.Serializer[Any]):
    suspended = serializers.BooleanField()
    until = serializers.DateTimeField(allow_null=True, help_text="Null while suspended: for good.")
    decision = serializers.UUIDField(allow_null=True)


class AppealSerializer(StrictSerializer):
    words = Words(max_length=APPEAL_MOST)


class AppealAnswerSerializer(StrictSerializer):
    answer = Choice(choices=Answer.choices)
    words = Words(max_length=APPEAL_MOST, help_text="They read these; up to 1,000 characters for `partly`.")
    instead = Choice(
        required=False,
        choices=[(one.value, one.label) for one in sorted({one for parts in LESS.values() for one in parts})],
        help_text="What stands of it, for `partly`.",
    )
    amount = Whole(required=False, min_value=1, max_value=AMOUNT_MOST, help_text="As for a decision.")


def shape_proposal(row: Proposal, reader: UUID) -> dict[str, Any]:
    """What a second person needs to say yes or no; needs ``to_show()``."""
    return {
        "id": str(row.pk),
        "case": str(row.case_id),
        "member": row.report.seat.alias,
        "reason": row.report.reason,
        "action": row.action,
        "hours": row.hours,
        "words": row.words,
        "until": clock.moment(row.until),
        "answer": row.answer or None,
        "mine": row.by_id == reader,
    }


def shape_decision(row: Decision) -> dict[str, Any]:
    """A decision as its person reads it: neither who told us nor who decided."""
    appeal = getattr(row, "appeal", None)
    return {
        "id": str(row.pk),
        "group": str(row.seat.group_id),
        "action": row.action,
        "words": row.words,
        "count": row.count,
        "until": clock.moment(row.until),
        "at": clock.moment(row.at),
        "lifted": clock.moment(row.lifted),
        "instead_of": str(row.instead_of_id) if row.instead_of_id else None,
        "appeal": None if appeal is None else _appeal(appeal),
    }


def _appeal(row: Appeal) -> dict[str, Any]:
    return {
        "words": row.words,
        "made": clock.moment(row.made),
        "due": clock.moment(row.due),
        "answer": row.answer or None,
        "answer_words": row.answer_words or None,
        "decided": clock.moment(row.decided),
        "messages": [{"side": one.side, "words": one.words, "at": clock.moment(one.at)} for one in said_in(row)],
    }
