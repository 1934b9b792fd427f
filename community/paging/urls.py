from django.urls import path

from community.paging import api, views

urlpatterns = [
    path("desk/on-call/", views.on_call, name="desk_on_call"),
    path("desk/on-call/pages/<uuid:page_id>/", views.answer, name="desk_page_answer"),
    path("api/v1/pages", api.PagesView.as_view(), name="api_pages"),
    path("api/v1/pages/<uuid:page_id>/answer", api.PageAnswerView.as_view(), name="api_page_answer"),
]
