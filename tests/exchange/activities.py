"""Small IATI activities of our own, for the tests of their reader."""

import io

from exchange.iati import reader
from exchange.reading.row import Row

IDENTIFIER = "XX-1-7"
TITLE = "<title><narrative>Biosafety in practice</narrative></title>"


def row(content="", attributes='default-currency="USD" xml:lang="en"', title=TITLE, identifier=IDENTIFIER):
    named = f"<iati-identifier>{identifier}</iati-identifier>" if identifier else ""
    return Row(1, {"record": f"<iati-activity {attributes}>{named}{title}{content}</iati-activity>"})


def read(content="", **given):
    return reader.apply(row(content, **given))


def document(content="", **given):
    """The document of an activity that must not be refused, without the ids of its rows."""
    mapped = read(content, **given)
    assert mapped.refusals == []
    return without_ids(mapped.document)


def told(content="", **given):
    """The lines of the other information."""
    return document(content, **given).get("other_information", {}).get("en", "").split("\n")


def notes(content="", **given):
    return [(note.field, note.value) for note in read(content, **given).notes]


def refusals(content="", **given):
    return [(refusal.field, refusal.value) for refusal in read(content, **given).refusals]


def rows_of(text):
    return list(reader.rows(io.BufferedReader(io.BytesIO(text.encode()))))


def money(content="", **given):
    """The funding as (stage, amount, currency, funder)."""
    lines = document(content, **given).get("funding", [])
    return [(one["stage"], one["amount"], one["currency"], one.get("funder", {}).get("name", "")) for one in lines]


def transaction(kind, amount, currency="", day="2015-06-30", more=""):
    of_value = f'currency="{currency}"' if currency else ""
    return (
        f'<transaction><transaction-type code="{kind}"/><transaction-date iso-date="{day}"/>'
        f'<value {of_value} value-date="{day}">{amount}</value>{more}</transaction>'
    )


def provider(name):
    return f"<provider-org><narrative>{name}</narrative></provider-org>"


def without_ids(values):
    if isinstance(values, dict):
        return {key: without_ids(value) for key, value in values.items() if key != "id"}
    return [without_ids(value) for value in values] if isinstance(values, list) else values


# One of everything of version 2.03, invented.
FULL = """
<iati-activity xml:lang="fr" default-currency="XOF" hierarchy="1" humanitarian="0"
    last-updated-datetime="2024-05-01T10:00:00Z">
  <iati-identifier>XX-TEST-55</iati-identifier>
  <reporting-org ref="XX-TEST" type="60" secondary-reporter="0">
    <narrative>Fondation d’essai</narrative></reporting-org>
  <title><narrative>Biosécurité au Sahel</narrative><narrative xml:lang="en">Biosafety in the Sahel</narrative></title>
  <description type="1"><narrative>Former les laboratoires.</narrative></description>
  <description type="2"><narrative xml:lang="en">Train laboratories.</narrative></description>
  <description type="3"><narrative>Techniciens</narrative></description>
  <participating-org ref="XX-TEST" type="60" role="1"><narrative>Fondation d’essai</narrative></participating-org>
  <participating-org ref="ML-1" type="10" role="2"><narrative>Ministère</narrative></participating-org>
  <participating-org type="80" role="4"><narrative>Université</narrative></participating-org>
  <other-identifier ref="INT-55" type="A1">
    <owner-org ref="XX-TEST"><narrative>Fondation</narrative></owner-org></other-identifier>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2022-01-01"><narrative>prévu</narrative></activity-date>
  <activity-date type="2" iso-date="2022-03-15"/>
  <activity-date type="3" iso-date="2025-12-31"/>
  <contact-info type="1"><person-name><narrative>Personne Essai</narrative></person-name></contact-info>
  <activity-scope code="2"/>
  <recipient-country code="ML" percentage="60"/>
  <recipient-country code="NE" percentage="40"><narrative>Niger</narrative></recipient-country>
  <recipient-region code="1030" vocabulary="1" percentage="0"/>
  <location ref="L1"><name><narrative>Ségou</narrative></name><point><pos>13.4 -6.2</pos></point></location>
  <sector vocabulary="1" code="31182" percentage="75"/>
  <sector vocabulary="2" code="410" percentage="25"/>
  <tag code="15" vocabulary="2"><narrative>ODD 15</narrative></tag>
  <policy-marker vocabulary="1" code="5" significance="2"/>
  <collaboration-type code="1"/><default-flow-type code="10"/><default-finance-type code="110"/>
  <default-aid-type code="C01"/><default-tied-status code="5"/>
  <budget type="1" status="1"><period-start iso-date="2022-01-01"/><period-end iso-date="2022-12-31"/>
    <value value-date="2022-01-01">1000000</value></budget>
  <budget type="2" status="2"><period-start iso-date="2022-01-01"/><period-end iso-date="2022-12-31"/>
    <value currency="EUR" value-date="2022-01-01">1200.50</value></budget>
  <planned-disbursement type="1"><period-start iso-date="2022-01-01"/><value value-date="2022-01-01">5</value>
    <provider-org ref="XX-TEST"><narrative>Fondation</narrative></provider-org></planned-disbursement>
  <transaction ref="T1"><transaction-type code="2"/><transaction-date iso-date="2022-02-01"/>
    <value value-date="2022-02-01">900000.255</value><description><narrative>Équipement</narrative></description>
    <provider-org ref="XX-TEST" type="60"/><receiver-org><narrative>Université</narrative></receiver-org></transaction>
  <transaction><transaction-type code="3"/><transaction-date iso-date="2022-06-01"/>
    <value value-date="2022-06-01">-100</value></transaction>
  <transaction><transaction-type code="3"/><transaction-date iso-date="2022-07-01"/>
    <value currency="USD" value-date="2022-07-01">250</value></transaction>
  <transaction><transaction-type code="1"/><transaction-date iso-date="2022-01-01"/>
    <value value-date="2022-01-01">10</value><provider-org><narrative>Ailleurs</narrative></provider-org></transaction>
  <document-link url="http://example.org/plan.pdf" format="application/pdf"><title><narrative>Plan</narrative></title>
    <category code="A02"/><language code="fr"/></document-link>
  <related-activity ref="XX-TEST-5" type="1"/>
  <result type="2"><title><narrative>Laboratoires formés</narrative></title>
    <indicator measure="1"><title><narrative>Nombre</narrative></title></indicator></result>
</iati-activity>
"""
