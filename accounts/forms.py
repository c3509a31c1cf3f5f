"""The forms about people and roles. They collect; the actions decide."""

from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.core import context
from django import forms
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.models import Organization, Role, User
from reference.countries import countries, country_name


class SignupForm(AllauthSignupForm):
    """A new account. Who comes from an invitation signs up with the address that it was sent to."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["name", "email", "password1", "password2"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        invitation = actions.find_invitation(context.request.session.get("invitation", ""))
        if invitation:
            self.fields["email"].initial = invitation.email
            self.fields["email"].disabled = True

    @transaction.atomic
    def save(self, request):
        user = super().save(request)
        actions.join(user=user)
        return user

    def custom_signup(self, request, user):
        user.name, user.language = self.cleaned_data["name"], get_language()
        user.save(update_fields=["name", "language"])


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language"]


def country_choices():
    named = sorted((country_name(code, get_language()), code) for code in countries())
    return [("", _("Choose a country")), *((code, name) for name, code in named)]


class RoleForm(forms.Form):
    """What a role is for. A focal point is offered the role and the countries that a focal point may give."""

    kinds = [kind for kind in Role.Kind if kind != Role.Kind.MEMBER]

    kind = forms.ChoiceField(label=_("Role"))
    country = forms.ChoiceField(
        label=_("Country"),
        choices=country_choices,
        required=False,
        help_text=_("For a national focal point and for a contributor for a country."),
    )
    organization = forms.ModelChoiceField(
        label=_("Organization"),
        queryset=Organization.objects.order_by("name", "pk"),
        required=False,
        empty_label=_("Choose an organization"),
        help_text=_("For a contributor for an organization."),
    )
    designated_by = forms.CharField(
        label=_("Designated by"),
        max_length=300,
        required=False,
        help_text=_("The authority that signed the letter. Required for a national focal point."),
    )
    letter = forms.CharField(
        label=_("Letter"),
        max_length=300,
        required=False,
        help_text=_("Date and reference of the letter. Required for a national focal point."),
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in self.kinds]
        if not by.is_secretariat:
            self.limit_to_own_country(by)

    def limit_to_own_country(self, focal_point):
        kind = Role.Kind.COUNTRY_CONTRIBUTOR
        self.fields["kind"].choices = [(kind.value, kind.label)]
        own = [choice for choice in country_choices() if choice[0] in focal_point.focal_countries]
        self.fields["country"].choices, self.fields["country"].required = own, True
        del self.fields["organization"]


class GrantForm(RoleForm):
    starts_on = forms.DateField(
        label=_("First day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Today, if you leave it empty."),
    )
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    replaces_previous = forms.BooleanField(
        label=_("The letter says that this focal point replaces the previous one."), required=False
    )
    reason = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self):
        """What was left empty is not given: the role begins today, and has no last day."""
        return {name: value for name, value in super().clean().items() if value not in {None, ""}}


class InvitationForm(RoleForm):
    email = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=User._meta.get_field("language").choices, initial=get_language
    )
    field_order = ["email", "language"]


class ApplicationForm(RoleForm):
    kinds = [Role.Kind.COUNTRY_CONTRIBUTOR, Role.Kind.ORGANIZATION_CONTRIBUTOR, Role.Kind.FOCAL_POINT]

    organization_name = forms.CharField(
        label=_("Name of the organization"),
        max_length=300,
        required=False,
        help_text=_("If it is not in the list yet."),
    )
    motivation = forms.CharField(label=_("Why you ask"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    field_order = ["kind", "country", "organization", "organization_name"]

    def limit_to_own_country(self, focal_point):
        """Anybody may ask for anything."""


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The applicant reads it. It is required for a refusal."),
    )

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        if application.organization_name:
            self.fields["organization"] = forms.ModelChoiceField(
                label=_("Is it an organization of the list?"),
                queryset=Organization.objects.order_by("name", "pk"),
                required=False,
                empty_label=_("No, it is a new one"),
            )
        if application.kind == Role.Kind.FOCAL_POINT:
            self.fields["replaces_previous"] = GrantForm.base_fields["replaces_previous"]


class ReasonForm(forms.Form):
    """Why: for ending a role and for closing an account."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
