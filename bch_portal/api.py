"""The addresses of the API under /api/v1/, one line each; `public` is open to everybody, and only read."""

from django.urls import path

from bch_portal import openapi
from catalogue.api import changes, records, reference

public = [
    path("", openapi.as_page, name="api"),
    path("openapi.json", openapi.as_json, name="openapi"),
    path("records/", records.Records.as_view(), name="records"),
    path("records/<str:uid>/", records.Record.as_view(), name="record"),
    path("records/<str:uid>/versions/", records.Versions.as_view(), name="versions"),
    path("records/<str:uid>/versions/<int:number>/", records.OneVersion.as_view(), name="version"),
    path("changes/", changes.Changes.as_view(), name="changes"),
    path("vocabularies/", reference.Vocabularies.as_view(), name="vocabularies"),
    path("vocabularies/<str:name>/", reference.Vocabulary.as_view(), name="vocabulary"),
    path("countries/", reference.Countries.as_view(), name="countries"),
    path("schemas/", reference.Schemas.as_view(), name="schemas"),
    path("schemas/<str:database>.json", reference.Schema.as_view(), name="schema"),
]
