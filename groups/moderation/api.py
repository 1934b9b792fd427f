"""Telling us over REST; what follows, for who has a case; and what was decided about oneself."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.cases.rules import case_of
from community.foundation import clock
from community.foundation.api import PAGED, Request, checked, offset_page, query
from community.foundation.errors import FieldError, Invalid
from community.safety.reading import care_beside
from community.safety.rules import card_in
from community.sanctions.rules import is_suspended, stands_longest
from groups.moderation import services as moderation
from groups.moderation.models import Decision
from groups.moderation.rules import appeal_for, appeals_for, asked_in, own_decision, proposal_for, proposals_for
from groups.moderation.serializers import (
    AppealAnswerSerializer,
    AppealedSerializer,
    AppealSerializer,
    DecideSerializer,
    DecisionPageSerializer,
    DecisionSerializer,
    ProposalPageSerializer,
    ProposalSerializer,
    ProposeSerializer,
    ReportedSerializer,
    ReportSerializer,
    SuspensionSerializer,
    VerdictSerializer,
    shape_decision,
    shape_proposal,
)


class ReportsView(APIView):
    scopes: ClassVar = {"POST": "chat:write"}

    @extend_schema(
        operation_id="report", request=ReportSerializer, responses={201: ReportedSerializer, 200: ReportedSerializer}
    )
    def post(self, request: Request) -> Response:
        """Ask for somebody to look at a message or a member; the same person, thing and reason again is 200."""
        query(request)
        asked = checked(ReportSerializer, request)
        if "message" in asked and "member" in asked:
            raise Invalid(FieldError("/member", "either", _("Say which message or which member you mean, not both.")))
        meant = moderation.Meant(
            group_id=asked["group"], message_id=asked.get("message"), member_id=asked.get("member")
        )
        made, fresh = moderation.report(
            reporter=request.user, meant=meant, reason=asked["reason"], note=asked.get("note", "")
        )
        thanks = _("Thank you for telling us. A moderator will look at this.")
        return Response({"id": str(made.pk), "thanks": thanks}, status=201 if fresh else 200)


class DecisionsView(APIView):
    scopes: ClassVar = {"GET": "account", "POST": "moderation"}

    @extend_schema(operation_id="decisions", parameters=PAGED, responses=DecisionPageSerializer)
    def get(self, request: Request) -> Response:
        """What was decided about me, the newest first."""
        rows = Decision.objects.told_to(request.user.pk, clock.now()).to_show()
        return Response(offset_page(request, rows, lambda found: [shape_decision(row) for row in found]))

    @extend_schema(operation_id="decide", request=DecideSerializer, responses={201: DecisionSerializer})
    def post(self, request: Request) -> Response:
        """Let something follow from what I have in hand."""
        query(request)
        asked = checked(DecideSerializer, request)
        case = case_of(request.user, asked.pop("case"))
        return Response(shape_decision(moderation.decide(case=case, by=request.user, **asked)), status=201)


class ProposalsView(APIView):
    scopes: ClassVar = {"GET": "moderation", "POST": "moderation"}

    @extend_schema(operation_id="proposals", parameters=PAGED, responses=ProposalPageSerializer)
    def get(self, request: Request) -> Response:
        """What waits for my yes or no, what is over first on top."""
        rows = proposals_for(request.user).waiting().filter(until__gt=clock.now()).oldest_first().to_show()
        return Response(
            offset_page(request, rows, lambda found: [shape_proposal(row, request.user.pk) for row in found])
        )

    @extend_schema(operation_id="propose", request=ProposeSerializer, responses={201: ProposalSerializer})
    def post(self, request: Request) -> Response:
        """Propose what needs two people, from what I have in hand."""
        query(request)
        asked = checked(ProposeSerializer, request)
        case = case_of(request.user, asked.pop("case"))
        made = moderation.propose(case=case, by=request.user, **asked)
        return Response(shape_proposal(proposal_for(request.user, made.pk), request.user.pk), status=201)


class ProposalView(APIView):
    scopes: ClassVar = {"GET": "moderation", "POST": "moderation"}

    @extend_schema(operation_id="proposal", responses=ProposalSerializer)
    def get(self, request: Request, proposal_id: UUID) -> Response:
        """One of them, or my own."""
        query(request)
        return Response(shape_proposal(proposal_for(request.user, proposal_id), request.user.pk))

    @extend_schema(operation_id="proposal_answer", request=VerdictSerializer, responses=ProposalSerializer)
    def post(self, request: Request, proposal_id: UUID) -> Response:
        """Say yes or no, or take back my own."""
        query(request)
        row = proposal_for(request.user, proposal_id)
        moderation.answer_proposal(proposal=row, by=request.user, **checked(VerdictSerializer, request))
        return Response(shape_proposal(proposal_for(request.user, proposal_id), request.user.pk))


class SuspensionView(APIView):
    scopes: ClassVar = {"GET": "account"}

    @extend_schema(operation_id="suspension", responses=SuspensionSerializer)
    def get(self, request: Request) -> Response:
        """Whether every room is shut to me for now, until when, and by which decision."""
        query(request)
        out = is_suspended(request.user, None)
        stands = stands_longest(request.user) if out else None
        until, decision = (clock.moment(stands.until), str(stands.decision)) if stands else (None, None)
        return Response({"suspended": out, "until": until, "decision": decision})


class AppealView(APIView):
    scopes: ClassVar = {"POST": "account"}

    @extend_schema(operation_id="appeal", request=AppealSerializer, responses={201: AppealedSerializer})
    def post(self, request: Request, decision_id: UUID) -> Response:
        """Ask that somebody else looks at one of them again."""
        query(request)
        row = own_decision(request.user, decision_id)
        made = moderation.appeal(decision=row, by=request.user, **checked(AppealSerializer, request))
        care = care_beside(card_in(asked_in(row, made.words, request.user)))
        return Response(shape_decision(own_decision(request.user, decision_id)) | care, status=201)


class AppealWriteView(APIView):
    scopes: ClassVar = {"POST": "account"}

    @extend_schema(operation_id="appeal_write", request=AppealSerializer, responses={201: AppealedSerializer})
    def post(self, request: Request, decision_id: UUID) -> Response:
        """Say something more about it, until it is decided: three messages in all."""
        query(request)
        row = own_decision(request.user, decision_id)
        said = moderation.write_on(decision=row, by=request.user, **checked(AppealSerializer, request))
        care = care_beside(said.sign)
        if said.refusal is not None:
            said.refusal.extra |= care
            raise said.refusal
        return Response(shape_decision(own_decision(request.user, decision_id)) | care, status=201)


class AppealsView(APIView):
    scopes: ClassVar = {"GET": "moderation"}

    @extend_schema(operation_id="appeals", parameters=PAGED, responses=DecisionPageSerializer)
    def get(self, request: Request) -> Response:
        """Decisions of others that somebody asked about, what is due first on top."""
        rows = appeals_for(request.user)
        return Response(offset_page(request, rows, lambda found: [shape_decision(row) for row in found]))


class AskBackView(APIView):
    scopes: ClassVar = {"POST": "moderation"}

    @extend_schema(operation_id="appeal_ask", request=AppealSerializer, responses={201: DecisionSerializer})
    def post(self, request: Request, decision_id: UUID) -> Response:
        """Ask or tell who asked something before it is decided."""
        query(request)
        row = appeal_for(request.user, decision_id)
        moderation.ask_back(decision=row, by=request.user, **checked(AppealSerializer, request))
        return Response(shape_decision(appeal_for(request.user, decision_id)), status=201)


class AnswerView(APIView):
    scopes: ClassVar = {"POST": "moderation"}

    @extend_schema(operation_id="appeal_answer", request=AppealAnswerSerializer, responses=DecisionSerializer)
    def post(self, request: Request, decision_id: UUID) -> Response:
        """Answer one of them."""
        query(request)
        row = appeal_for(request.user, decision_id)
        moderation.decide_appeal(decision=row, by=request.user, **checked(AppealAnswerSerializer, request))
        return Response(shape_decision(appeal_for(request.user, decision_id)))
