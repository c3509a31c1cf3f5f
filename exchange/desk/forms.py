"""The form of a source: who it is, how it is read, and how often. What is wrong is said at the field."""

from ipaddress import ip_address

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.desk.choices import go_together, reader_choices
from exchange.fetching import addresses
from exchange.fetching.addresses import AddressRefused
from exchange.importing.sources import OWN_MAPPING, RESERVED, whole_key
from exchange.mapped import mapping
from exchange.models import Harvest, Source

PARTS = (
    (gettext_lazy("Who it is"), ("key", "name", "about", "home", "licence")),
    (gettext_lazy("How it is asked"), ("protocol", "address", "oai_set", "oai_prefix", "every", "most_per_minute")),
    (gettext_lazy("How it is read"), ("reader", "mapping")),
)
MOST_MAPPING = 100_000
BY_HAND = "by-hand"
OF_A_HARVEST = ("address", "every", "most_per_minute")


class SourceForm(forms.Form):
    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=40,
        validators=[whole_key],
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "A short name for addresses and commands, such as gef-portal. It cannot be changed later."
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("Who says it, in words for readers. It stands beside every record of this source."),
    )
    about = forms.CharField(
        label=gettext_lazy("What it holds"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    home = forms.URLField(
        label=gettext_lazy("Its own page"),
        max_length=2000,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy(
            "Under which its data may be shared, in the source's own words. Without one its records are kept and "
            "not published."
        ),
    )
    protocol = forms.ChoiceField(
        label=gettext_lazy("Protocol"),
        initial=Harvest.Protocol.DOCUMENT,
        help_text=gettext_lazy("A source that is read by hand is given to the command import_records, file by file."),
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=2000,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}
        ),
        help_text=gettext_lazy(
            "Where it is asked, beginning with https://. Only sites of the public network are asked. For OAI-PMH the "
            "base address, without anything after the question mark."
        ),
    )
    reader = forms.ChoiceField(label=gettext_lazy("Format"), widget=forms.Select(attrs={"class": "long"}))
    mapping = forms.CharField(
        label=gettext_lazy("Mapping"),
        max_length=MOST_MAPPING,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "ltr", "spellcheck": "false", "class": "code"}),
        help_text=gettext_lazy("What the columns or fields mean, as a text in TOML. Only for a mapping of its own."),
    )
    oai_set = forms.CharField(
        label=gettext_lazy("Set"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=gettext_lazy("For OAI-PMH: a part of the repository."),
    )
    oai_prefix = forms.CharField(
        label=gettext_lazy("Metadata prefix"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=gettext_lazy("For OAI-PMH: oai_dc, if you leave it empty."),
    )
    every = forms.IntegerField(label=gettext_lazy("Every so many hours"), min_value=1, max_value=8760, initial=24)
    most_per_minute = forms.IntegerField(
        label=gettext_lazy("Records a minute, at most"),
        min_value=1,
        max_value=6000,
        initial=600,
        help_text=gettext_lazy("So that a large source does not crowd out what people publish."),
    )

    def __init__(self, data=None, *, source: Source | None):
        self.source = source
        super().__init__(data, initial=_initial(source) if source else None)
        protocol, reader = self.fields["protocol"], self.fields["reader"]
        protocol.choices, reader.choices = self._protocols(), reader_choices()  # type: ignore[attr-defined]
        is_by_hand = self["protocol"].value() == BY_HAND
        for name in OF_A_HARVEST:
            self.fields[name].required = not is_by_hand
        if source:
            del self.fields["key"]

    def _protocols(self):
        is_harvested = bool(self.source and hasattr(self.source, "harvest"))
        by_hand = [] if is_harvested else [(BY_HAND, _("By hand: files are given to a command"))]
        return [*Harvest.Protocol.choices, *by_hand]

    def clean_key(self):
        key = self.cleaned_data["key"]
        if key in RESERVED or Source.objects.filter(key=key).exists():
            raise forms.ValidationError(_("There is a source of this key already: choose another."))
        return key

    def clean_mapping(self):
        return self.cleaned_data["mapping"].replace("\r\n", "\n")

    def clean(self):
        given = super().clean()
        if "reader" in given:
            self._check_mapping(given)
        if given.get("protocol", BY_HAND) != BY_HAND:
            self._check_harvest(given)
        return given

    def _check_mapping(self, given):
        if given["reader"] != OWN_MAPPING or "mapping" in self.errors:
            return
        if not given["mapping"].strip():
            self.add_error("mapping", _("Write the mapping, or choose another format."))
            return
        key = self.source.key if self.source else given.get("key", "source")
        try:
            mapping.parse(given["mapping"], key)
        except mapping.MappingError as error:
            reason = str(error).removeprefix(f"{key}: ")
            self.add_error("mapping", _("This is not a mapping: %(reason)s") % {"reason": reason})

    def _check_harvest(self, given):
        if "reader" in given and not go_together(given["protocol"], given["reader"]):
            self.add_error("reader", _("A source that is asked in this way does not answer in this format."))
        if "address" not in self.errors:
            self._check_address(given["address"])

    def _check_address(self, address):
        try:
            place = addresses.parse(address)
            if _is_number(place.host):
                addresses.looked_up(place, lambda host, port: [host])
        except AddressRefused as refusal:
            self.add_error("address", str(refusal))

    def parts(self) -> list[dict]:
        """The fields in the order in which they are asked for, under headings."""
        return [
            {"title": title, "fields": [self[name] for name in names if name in self.fields]} for title, names in PARTS
        ]

    def problems(self) -> list[dict]:
        """What is wrong, with the control that it is about, in the order of the page."""
        whole = [{"id": "main", "label": "", "message": message} for message in self.non_field_errors()]
        return whole + [
            {"id": field.auto_id, "label": field.label, "message": message}
            for part in self.parts()
            for field in part["fields"]
            for message in field.errors
        ]

    def given(self) -> dict:
        """What the action takes: the columns of the source, and of its harvest if it has one."""
        given = dict(self.cleaned_data)
        given["protocol"] = "" if given["protocol"] == BY_HAND else given["protocol"]
        options = {name: given.pop(f"oai_{name}", "") for name in ("set", "prefix")}
        kept = self._other_options() | options if given["protocol"] == Harvest.Protocol.OAI_PMH else {}
        return given | {"options": {name: value for name, value in kept.items() if value}}

    def _other_options(self) -> dict:
        """What was asked of the repository besides, by other ways than this form."""
        harvest = getattr(self.source, "harvest", None)
        return harvest.options if harvest and harvest.protocol == Harvest.Protocol.OAI_PMH else {}


def _is_number(host: str) -> bool:
    """Whether the host is an IP address; a name is looked up by the worker, when it is tried."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _initial(source: Source) -> dict:
    columns = {name: getattr(source, name) for name in ("name", "about", "home", "licence", "reader", "mapping")}
    harvest = getattr(source, "harvest", None)
    if harvest is None:
        return columns | {"protocol": BY_HAND}
    asked = {name: getattr(harvest, name) for name in ("protocol", "address", "every", "most_per_minute")}
    return columns | asked | {f"oai_{name}": harvest.options.get(name, "") for name in ("set", "prefix")}
