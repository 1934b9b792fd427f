"""Pages over REST, for who may answer them."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation.api import Request, query
from community.paging import services as paging
from community.paging.reading import shape_page, waiting_for
from community.paging.rules import page_of
from community.paging.serializers import PagesSerializer


class PagesView(APIView):
    scopes: ClassVar = {"GET": "moderation"}

    @extend_schema(operation_id="pages", responses=PagesSerializer)
    def get(self, request: Request) -> Response:
        """What nobody answered yet and I may look into, the most urgent first."""
        query(request)
        return Response({"results": [shape_page(one) for one in waiting_for(request.user)]})


class PageAnswerView(APIView):
    scopes: ClassVar = {"POST": "moderation"}

    @extend_schema(operation_id="page_answer", request=None, responses={204: None})
    def post(self, request: Request, page_id: UUID) -> Response:
        """I have it: every page about it is answered, and it is mine where nobody had it."""
        query(request)
        paging.acknowledge(page=page_of(request.user, page_id), by=request.user)
        return Response(status=204)
