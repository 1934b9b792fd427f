"""My notices over REST."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation import inputs
from community.foundation.api import Request, checked, limit_of, page_url, query, whole_parameter
from community.notices import services as notices
from community.notices.models import Notice
from community.notices.rules import notice_of
from community.notices.serializers import NoticePageSerializer, NoticeSerializer, SeenSerializer, shape

PAGED = [OpenApiParameter("limit", int), OpenApiParameter("before", int), OpenApiParameter("after", int)]


class NoticesView(APIView):
    scopes: ClassVar = {"GET": "account"}

    @extend_schema(operation_id="notices_list", parameters=PAGED, responses=NoticePageSerializer)
    def get(self, request: Request) -> Response:
        """The words left for me, the newest first: before a number, or the ones next after it."""
        asked = query(request, "limit", "before", "after")
        limit, before, after = limit_of(asked), whole_parameter(asked, "before"), whole_parameter(asked, "after")
        if before is not None and after is not None:
            inputs.refuse("/after", "conflict", _("Give before or after, not both."))
        rows = Notice.objects.of(request.user.pk)
        if after is not None:
            found = list(rows.filter(number__gt=after).order_by("number")[: limit + 1])
            newer, older, page = len(found) > limit, True, found[:limit][::-1]
        else:
            found = list(rows.older_than(before).newest_first()[: limit + 1])
            newer, older, page = before is not None, len(found) > limit, found[:limit]
        return Response(
            {
                "results": [shape(row, request.user.language) for row in page],
                "next": page_url(request, before=page[-1].number) if page and older else None,
                "previous": page_url(request, after=page[0].number) if page and newer else None,
            }
        )


class NoticesSeenView(APIView):
    scopes: ClassVar = {"PUT": "account"}

    @extend_schema(operation_id="notices_see_all", request=SeenSerializer, responses={204: None})
    def put(self, request: Request) -> Response:
        """I saw all of mine up to a number."""
        query(request)
        notices.see_all(person=request.user, number=checked(SeenSerializer, request)["number"])
        return Response(status=204)


class NoticeView(APIView):
    scopes: ClassVar = {"GET": "account"}

    @extend_schema(operation_id="notices_read", responses=NoticeSerializer)
    def get(self, request: Request, notice_id: UUID) -> Response:
        """One of mine."""
        query(request)
        return Response(shape(notice_of(request.user, notice_id), request.user.language))


class NoticeSeenView(APIView):
    scopes: ClassVar = {"PUT": "account"}

    @extend_schema(operation_id="notices_see", request=None, responses={204: None})
    def put(self, request: Request, notice_id: UUID) -> Response:
        """I saw this one."""
        query(request)
        notices.see(person=request.user, notice=notice_of(request.user, notice_id))
        return Response(status=204)
