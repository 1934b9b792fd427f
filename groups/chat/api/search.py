"""Search over REST."""

from typing import ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation import limits
from community.foundation.api import Request, limit_of, page_url, query
from community.foundation.errors import FieldError, Invalid
from community.integrations.authentication import is_bench
from groups.chat.finding import Place, find
from groups.chat.serializers import MessagePageSerializer


class SearchView(APIView):
    scopes: ClassVar = {"GET": "chat:read"}

    @extend_schema(
        operation_id="search",
        parameters=[
            OpenApiParameter("q", str, required=True),
            *(OpenApiParameter(name, str) for name in ("before", "after")),
            OpenApiParameter("limit", int),
        ],
        responses=MessagePageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Messages of my rooms that say all of these words, the newest first; 30 questions a minute."""
        asked = query(request, "q", "before", "after", "limit")
        if "before" in asked and "after" in asked:
            raise Invalid(FieldError("/after", "conflict", _("Give before or after, not both.")))
        if not is_bench(request.auth):
            limits.spend_a(what="search", who=str(request.user.pk))
        places = {name: Place.read(asked[name], at=f"/{name}") for name in ("before", "after") if name in asked}
        page = find(request.user, asked.get("q", ""), limit=limit_of(asked), **places)
        return Response(
            {
                "results": [one.shaped for one in page.found],
                "next": page_url(request, before=page.older) if page.older else None,
                "previous": page_url(request, after=page.newer) if page.newer else None,
            }
        )
