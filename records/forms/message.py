"""A reader's message to the contact of a record, who may not have agreed to be named."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MessageForm(forms.Form):
    """Who writes, where the answer goes, and what. The field `website` is left empty by people, not by robots."""

    name = forms.CharField(max_length=200, label=_("Your name"))
    email = forms.EmailField(label=_("Your e-mail address"), help_text=_("The answer goes there."))
    text = forms.CharField(max_length=5000, widget=forms.Textarea, label=_("Your message"))
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty."))
        return ""
