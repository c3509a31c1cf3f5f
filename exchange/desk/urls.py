"""The addresses of sources, under /{language}/desk/sources/; for the Secretariat."""

from django.urls import path

from exchange.desk import views

app_name = "sources"
urlpatterns = [
    path("", views.sources, name="sources"),
    path("new/", views.new, name="new"),
    path("<slug:key>/", views.source, name="source"),
    path("<slug:key>/edit/", views.edit, name="edit"),
    path("<slug:key>/steps/", views.step, name="step"),
    path("<slug:key>/runs/<int:pk>/", views.run, name="run"),
    path("<slug:key>/runs/<int:pk>/report/", views.report, name="report"),
    path("<slug:key>/runs/<int:pk>/notes/", views.notes, name="notes"),
]
