"""Working copies for signed-in people, under /api/v1/drafts/: the same rules, checks and words as the forms."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ParseError, PermissionDenied, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.views import APIView

from formats import registry
from records import actions, storable, workflow
from records.envelope import owner
from records.models import Record
from records.problems import Conflict

MOST = 200


class Owner(serializers.Serializer):
    """In whose name: a Government by its country, an organization by its uid, or the Secretariat."""

    kind = serializers.ChoiceField(choices=Record.OwnerKind.choices)
    country = serializers.CharField(required=False, default="", allow_blank=True, max_length=2)
    uid = serializers.CharField(required=False, default="", allow_blank=True, max_length=60)


class NewDraft(serializers.Serializer):
    """What starts a draft."""

    database = serializers.CharField(max_length=30)
    owner = Owner()
    document = serializers.JSONField(required=False, default=None)
    contacts = serializers.JSONField(required=False, default=list)


class DraftContent(serializers.Serializer):
    """What replaces a working copy; `based_on` is the digest of the copy that was read."""

    document = serializers.JSONField()
    contacts = serializers.JSONField(required=False, default=list)
    based_on = serializers.CharField(required=False, default=None, allow_null=True, max_length=64)


class Step(serializers.Serializer):
    """One step of the workflow."""

    name = serializers.CharField(max_length=30)
    seen = serializers.CharField(required=False, default=None, allow_null=True, max_length=64)
    reasons = serializers.ListField(child=serializers.CharField(max_length=40), required=False, default=list)
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=5000)
    letter = serializers.CharField(required=False, default="", allow_blank=True, max_length=300)
    successor = serializers.CharField(required=False, default="", allow_blank=True, max_length=60)


class Draft(serializers.Serializer):
    """A working copy as the API shows it."""

    uid = serializers.CharField()
    database = serializers.CharField()
    public = serializers.ChoiceField(choices=Record.Public.choices)
    work = serializers.ChoiceField(choices=Record.Work.choices)
    owner = serializers.DictField()
    digest = serializers.CharField()
    saved_at = serializers.DateTimeField()
    document = serializers.DictField()
    contacts = serializers.ListField()
    problems = serializers.ListField()
    moves = serializers.ListField(child=serializers.CharField())


def shown(record: Record, user) -> dict:
    """The working copy with its problems, and the steps that are open to the person."""
    return {
        "uid": record.uid,
        "database": record.database,
        "public": record.public,
        "work": record.work,
        "owner": owner(record),
        "digest": record.digest,
        "saved_at": record.saved_at,
        "document": record.document,
        "contacts": record.contacts,
        "problems": [problem.as_json() for problem in actions.read(record).problems],
        "moves": [move.name for move in workflow.open_to(user, record)],
    }


def checked(serializer_class, data) -> dict:
    serializer = serializer_class(data=data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


def objects(document, contacts) -> tuple[dict, list]:
    """A document and rows of contacts, or a plain refusal: nothing else can be kept as a working copy."""
    if not isinstance(document, dict):
        raise ValidationError({"document": ["A record is an object of named fields."]})
    if not isinstance(contacts, list) or not all(isinstance(row, dict) for row in contacts):
        raise ValidationError({"contacts": ["Give a list of objects."]})
    return document, contacts


def readable(request, uid) -> Record:
    """The record, if the person may read its working copy; 404 otherwise."""
    records = Record.objects.readable_by(request.user).select_related("owner_organization")
    return get_object_or_404(records, uid=uid)


class SoundJsonParser(JSONParser):
    """JSON that can be kept and given back; a bomb of brackets is refused like any other broken text."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            data = super().parse(stream, media_type, parser_context)
        except RecursionError as bomb:
            raise ParseError(_("The text is nested too deep.")) from bomb
        if wrong := storable.fault(data):
            raise ParseError(wrong)
        return data


class Writing(APIView):
    """What the addresses of working copies have in common."""

    parser_classes = (SoundJsonParser,)


class Drafts(Writing):
    """The working copies that the person may read, newest first; at most 200, `count` tells how many there are."""

    @extend_schema(responses=Draft(many=True))
    def get(self, request):
        records = Record.objects.readable_by(request.user).exclude(work=Record.Work.CLEAN)
        fields = ("uid", "database", "public", "work", "title", "saved_at")
        newest = records.order_by("-saved_at", "-pk").values(*fields)[:MOST]
        return Response({"count": records.count(), "results": list(newest)})

    @extend_schema(request=NewDraft, responses={201: Draft})
    def post(self, request):
        given = checked(NewDraft, request.data)
        document, rows = objects(given["document"] if given["document"] is not None else {}, given["contacts"])
        try:
            with transaction.atomic():
                record = self.create(request.user, given)
                if document:
                    record = actions.save(record=record, document=document, rows=rows, by=request.user)
        except actions.DocumentRefused as refusal:
            raise Conflict(str(refusal)) from refusal
        return Response(shown(record, request.user), status=201)

    def create(self, user, given) -> Record:
        if given["database"] not in {fmt.slug for fmt in registry.databases()}:
            raise ValidationError({"database": ["There is no such database."]})
        who = given["owner"]
        try:
            return actions.create(
                database=given["database"],
                by=user,
                owner_kind=who["kind"],
                country=who["country"],
                organization=who["uid"],
            )
        except actions.CreationRefused as refusal:
            raise Conflict(str(refusal)) from refusal


class OneDraft(Writing):
    """One working copy: read it, or replace it. Whatever is wrong with it is kept, and told in `problems`."""

    @extend_schema(responses=Draft)
    def get(self, request, uid):
        return Response(shown(readable(request, uid), request.user))

    @extend_schema(request=DraftContent, responses=Draft)
    def put(self, request, uid):
        record = readable(request, uid)
        if not request.user.has_perm("records.change_work", record):
            raise PermissionDenied
        given = checked(DraftContent, request.data)
        document, rows = objects(given["document"], given["contacts"])
        try:
            saved = actions.save(
                record=record, document=document, rows=rows, by=request.user, based_on=given["based_on"]
            )
        except (actions.EditConflict, actions.TransitionRefused, actions.DocumentRefused) as refusal:
            raise Conflict(str(refusal)) from refusal
        return Response(shown(saved, request.user))


class DraftSteps(Writing):
    """A step of the workflow."""

    @extend_schema(request=Step, responses=Draft)
    def post(self, request, uid):
        record = get_object_or_404(Record.objects.on_the_desk_of(request.user), uid=uid)
        given = checked(Step, request.data)
        move = workflow.BY_NAME.get(given["name"])
        if move and not request.user.has_perm(move.permission, record):
            raise PermissionDenied
        try:
            actions.apply_transition(record=record, by=request.user, **given)
        except workflow.TransitionRefused as refusal:
            may_read = request.user.has_perm("records.view_work", record)
            raise Conflict(str(refusal), problems=actions.read(record).problems if may_read else ()) from refusal
        record.refresh_from_db()
        if not request.user.has_perm("records.view_work", record):
            return Response({"uid": record.uid, "public": record.public, "work": record.work})
        return Response(shown(record, request.user))
