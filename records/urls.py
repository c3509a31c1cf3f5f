"""The addresses of the desk, all behind sign-in."""

from django.urls import path

from records.views import edit, lists, message, new, record

app_name = "desk"

urlpatterns = [
    path("", lists.mine, name="mine"),
    path("queue/", lists.queue, name="queue"),
    path("records/new/", new.choose, name="new"),
    path("records/new/<slug:database>/", new.start, name="start"),
    path("records/<str:uid>/", record.record, name="record"),
    path("records/<str:uid>/message/", message.message, name="message"),
    path("records/<str:uid>/edit/", edit.edit, name="edit"),
    path("records/<str:uid>/<str:name>/", record.move, name="move"),
]
