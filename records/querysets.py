"""Lists of records for people: the rules of `records.rules`, as queries."""

from django.db import models
from django.db.models import Q

from accounts.models import Role


class RecordQuerySet(models.QuerySet):
    def spoken_for_by(self, user):
        """Records whose owner the person may write for."""
        owned = Q(owner_country__in=user.countries) | Q(owner_organization__in=user.organizations)
        if user.is_secretariat:
            owned |= Q(owner_kind="secretariat")
        return self.filter(owned)

    def on_the_desk_of(self, user):
        """The records whose desk page `user` may open: the rule `records.open`."""
        if not user.is_secretariat:
            return self.spoken_for_by(user)
        return self.spoken_for_by(user) | self.filter(Q(version__gt=0) | Q(work__in=["submitted", "returned"]))

    def readable_by(self, user):
        """The records whose working copy `user` may read: the rule `records.view_work`."""
        if not user.is_secretariat:
            return self.spoken_for_by(user)
        return self.spoken_for_by(user) | self.filter(work__in=["submitted", "returned"])

    def awaiting(self, user):
        """Submitted copies that it is for `user` to decide on: the rule `records.moderate`."""
        mine = Q(owner_kind="government", owner_country__in=user.focal_countries)
        if user.is_secretariat:
            focal = Role.objects.in_force().filter(kind=Role.Kind.FOCAL_POINT, user__is_active=True)
            mine |= ~Q(owner_kind="government") | ~Q(owner_country__in=focal.values("country"))
        return self.filter(mine, work="submitted")

    def for_lists(self):
        """With what a row of a list shows, and without the documents."""
        people = ["owner_organization", "created_by", "submitted_by"]
        return self.select_related(*people).defer("document", "contacts", "provenance", "told")
