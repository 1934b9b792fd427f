"""The copy of one's own over REST."""

from typing import ClassVar

from django.http import HttpResponseBase
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from community.copies import services as copies
from community.copies.reading import as_json, file_name, gathered
from community.copies.rules import refuse_on_tablets, require_open
from community.copies.serializers import CopySerializer, TakeSerializer
from community.foundation import limits
from community.foundation.api import Request, checked, query
from community.foundation.pieces import speaking, streamed


class ExportView(APIView):
    scopes: ClassVar = {"POST": "account"}

    @extend_schema(operation_id="me_export", request=TakeSerializer, responses=CopySerializer)
    def post(self, request: Request) -> HttpResponseBase:
        """A copy of what is mine, for my password once more; sent as it is made. I am told that it was taken."""
        query(request)
        person = request.user
        require_open(person)
        refuse_on_tablets(request._request.session)  # noqa: SLF001 - how DRF itself reaches it
        wanted = checked(TakeSerializer, request)
        limits.spend_a(what="try", who=f"copy:{person.pk}")
        copies.take(person=person, **wanted)
        pieces = gathered(speaking(get_language() or person.language, as_json(person)))
        answer = streamed(request._request, pieces, "application/json")  # noqa: SLF001 - how DRF itself reaches it
        answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(person, "json")}"'
        return answer
