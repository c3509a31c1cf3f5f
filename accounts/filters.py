"""How the lists of people and of applications are searched."""

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.forms import country_choices
from accounts.models import Application, Role


class PeopleFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name or e-mail address"), method="by_words")
    kind = django_filters.ChoiceFilter(
        label=_("Role"), choices=Role.Kind.choices, method="by_role", empty_label=_("Any")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"), choices=lambda: country_choices()[1:], method="by_role", empty_label=_("Any")
    )

    def by_words(self, queryset, _, value):
        for word in value.split():
            queryset = queryset.filter(Q(name__icontains=word) | Q(email__icontains=word))
        return queryset

    def by_role(self, queryset, name, value):
        held = Role.objects.in_force().visible_to(self.request.user).filter(user=OuterRef("pk"), **{name: value})
        return queryset.filter(Exists(held))


class ApplicationFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=Application.State.choices, empty_label=_("Any"))
    kind = django_filters.ChoiceFilter(label=_("Role"), choices=Role.Kind.choices, empty_label=_("Any"))

    class Meta:
        model = Application
        fields = ["state", "kind"]
