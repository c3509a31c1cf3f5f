"""Complete, valid, registered documents, one for each format: a change replaces a field, None removes it."""

from copy import deepcopy

from formats import registry
from formats.problems import Reading


def _document(base: dict, changes: dict) -> dict:
    return {key: value for key, value in (deepcopy(base) | changes).items() if value is not None}


PEOPLE_TRAINED = {
    "id": "trained1",
    "number": 24,
    "target": "customs",
    "area": "lmo-identification",
    "country": "KE",
    "year": "2025",
    "mode": "in-person",
}

COVERAGE = {"scope": "regional", "countries": ["KE", "UG"], "groups": ["eastern-africa"]}

CLOSING = {
    "links": [{"id": "webpage1", "url": "https://biosafety.example.org/", "title": "Home page", "language": "en"}],
    "files": [
        {
            "id": "leaflet1",
            "url": "https://biosafety.example.org/leaflet.pdf",
            "title": "Leaflet",
            "language": "fr",
            "licence": "cc-by",
        }
    ],
    "identifiers": [{"id": "gefnumb1", "scheme": "GEF", "value": "10027"}],
    "frameworks": [{"id": "served01", "item": "IP-2021-2030/A.1"}],
    "other_information": {"en": "The steering committee meets twice a year."},
    "notes": "Ask the ministry for the signed letter.",
}


def a_project(**changes):
    return _document(
        {
            "format": "PRJ/1",
            "languages": ["en", "fr"],
            "title": {
                "en": "Detecting living modified maize at the border",
                "fr": "Détecter le maïs vivant modifié à la frontière",
            },
            **COVERAGE,
            "acronym": "DETECT",
            "number": "2019-B-117",
            "type": "project",
            "status": "ongoing",
            "starts_on": "2024-03",
            "ends_on": "2027-02-28",
            "implementing_agencies": [{"id": "agency01", "name": "United Nations Environment Programme"}],
            "executing_agencies": [{"id": "agency02", "name": "National Biosafety Authority of Kenya"}],
            "partners": [{"id": "partner1", "name": "Makerere University"}],
            "description": {
                "en": "Border laboratories learn to detect living modified maize and to report what they find.",
                "fr": "Les laboratoires apprennent à détecter le maïs vivant modifié et à rendre compte.",
            },
            "background": {"en": "Consignments cross the border without documents.", "fr": "Sans documents."},
            "activities": [
                {
                    "id": "training",
                    "description": {"en": "Training of laboratory staff", "fr": "Formation du personnel"},
                    "category": "workshop",
                    "starts_on": "2025-02",
                    "ends_on": "2025-03",
                    "countries": ["KE"],
                    "place": "Mombasa",
                }
            ],
            "categories": ["workshop", "other"],
            "categories_other": {"en": "Exchange of reference material", "fr": "Échange de matériel"},
            "targets": ["laboratory-staff", "customs"],
            "areas": ["lmo-identification", "unintentional-movements"],
            "themes": ["detection"],
            "funding": [
                {
                    "id": "gefgrant",
                    "funder": {"name": "Global Environment Facility"},
                    "type": "gef",
                    "amount": "850000.00",
                    "currency": "USD",
                    "stage": "committed",
                    "starts_on": "2024",
                    "ends_on": "2027",
                    "in_kind": False,
                    "purpose": {"en": "Project grant", "fr": "Don pour le projet"},
                    "source": "Sheet of grants, 2024: approved",
                },
                {
                    "id": "gefasked",
                    "funder": {"name": "Global Environment Facility"},
                    "amount": "900000.00",
                    "currency": "USD",
                    "stage": "committed",
                    "source": "Sheet of grants, 2023: asked for",
                    "counted_in": "gefgrant",
                },
            ],
            "total_budget": {"amount": "850000.00", "currency": "USD"},
            "outcomes": {"en": "Four laboratories test every consignment.", "fr": "Quatre laboratoires."},
            "outputs": [
                {
                    "id": "output01",
                    "title": {"en": "Sampling manual", "fr": "Manuel d'échantillonnage"},
                    "url": "https://biosafety.example.org/manual.pdf",
                }
            ],
            "people_trained": [PEOPLE_TRAINED],
            "lessons": {"en": "Train the customs officers first.", "fr": "Former d'abord les douaniers."},
            "cooperation": [
                {
                    "id": "twinning",
                    "kind": "twinning",
                    "description": {"en": "A laboratory to compare results with", "fr": "Un laboratoire jumelé"},
                }
            ],
            **CLOSING,
            "other_information": {"en": "Phase two is planned.", "fr": "Une deuxième phase est prévue."},
        },
        changes,
    )


def an_opportunity(**changes):
    return _document(
        {
            "format": "OPP/1",
            "languages": ["en"],
            "title": {"en": "Summer course on the risk assessment of living modified fish"},
            **COVERAGE,
            "type": "training-course",
            "offered_by": [{"id": "offerer1", "name": "University of Tromsø"}],
            "description": {"en": "Two weeks of lectures and exercises on real dossiers."},
            "covers": {"en": "Risk assessment under Annex III; no laboratory work."},
            "areas": ["risk-assessment"],
            "themes": ["risk-assessment"],
            "eligibility": {"en": "Staff of competent national authorities with two years of practice."},
            "eligible_countries": ["UG"],
            "eligible_groups": ["ldc", "sids"],
            "targets": ["risk-assessors"],
            "given_in": ["en", "sw"],
            "mode": "blended",
            "venue": "Tromsø",
            "starts_on": "2027-06-07",
            "ends_on": "2027-06-18",
            "recurring": True,
            "opens_on": "2027-01",
            "deadline": "2027-03-31T17:00[Europe/Oslo]",
            "how_to_apply": {"en": "Send the form and a letter of your employer."},
            "application_documents": [
                {
                    "id": "appform1",
                    "url": "https://courses.example.org/form.pdf",
                    "title": "Application form",
                    "language": "en",
                }
            ],
            "number_of_places": 20,
            "amount_available": {"amount": "60000.00", "currency": "EUR"},
            "cost": {"en": "No fee."},
            "support": {"en": "Travel and accommodation for ten participants."},
            **CLOSING,
        },
        changes,
    )


def a_need(**changes):
    return _document(
        {
            "id": "riskteam",
            "area": "risk-assessment",
            "specific_need": {"en": "A team that can review dossiers on living modified cassava"},
            "existing_capacity": {"en": "Two plant breeders at the university."},
            "actor": {"name": "National Biosafety Authority"},
            "priority": "high",
            "rank": 1,
            "horizon": "short",
            "assistance": ["training", "expertise"],
            "targets": ["risk-assessors"],
            "estimated_cost": {"amount": "120000.00", "currency": "USD"},
            "measures": {"en": "A call for reviewers was published."},
            "state": "open",
        },
        changes,
    )


def a_countrys_needs(**changes):
    laboratory = a_need(
        id="laborat1",
        area="other",
        area_other={"en": "Cold storage of samples"},
        specific_need={"en": "Freezers at the two border posts"},
        rank=2,
        priority="medium",
        horizon="long",
        assistance=["equipment"],
        state="partly-met",
    )
    return _document(
        {
            "format": "NED/1",
            "languages": ["en"],
            "title": {"en": "Capacity-building needs of Uganda, 2026"},
            "scope": "national",
            "countries": ["UG"],
            "authority": {"name": "National Biosafety Authority"},
            "assessment": {"en": "Interviews with nine institutions."},
            "assessed_on": "2026-02",
            "period_starts_on": "2026",
            "period_ends_on": "2029",
            "needs": [a_need(), laboratory],
            "constraints": {"en": "Staff leave after two years."},
            "measures": {"en": "A budget line is being prepared."},
            **CLOSING,
        },
        changes,
    )


def a_resource(**changes):
    return _document(
        {
            "format": "RES/1",
            "languages": ["en", "es"],
            "title": {"en": "Sampling grain at the border", "es": "Muestreo de granos en la frontera"},
            "scope": "global",
            "groups": ["developing"],
            "types": ["manual", "training-module"],
            "resource_languages": ["es", "pt"],
            "authors": [{"id": "author01", "name": "María Quispe"}],
            "organizations": [{"id": "author02", "name": "Instituto de Bioseguridad"}],
            "publisher": "Editorial Andina",
            "published_on": "2023-11",
            "source": "Manuales de bioseguridad, 4",
            "medium": "online",
            "cover": {
                "url": "https://library.example.org/cover.png",
                "description": {"en": "A hand with grains of maize", "es": "Una mano con granos de maíz"},
            },
            "abstract": {
                "en": "How to take samples that represent a consignment.",
                "es": "Cómo tomar muestras que representen un envío.",
            },
            "key_words": [{"id": "keyword1", "text": {"en": "sampling", "es": "muestreo"}}],
            "areas": ["lmo-identification"],
            "themes": ["sampling"],
            "copies": [
                {
                    "id": "spanish1",
                    "url": "https://library.example.org/muestreo.pdf",
                    "title": "Muestreo de granos",
                    "language": "es",
                    "form": "PDF",
                    "size": 1_840_332,
                    "licence": "cc-by-nc",
                }
            ],
            "licence": "cc-by-nc",
            "rights": {"en": "Instituto de Bioseguridad", "es": "Instituto de Bioseguridad"},
            "may_be_copied": True,
            "purpose": {"en": "A course of two days.", "es": "Un curso de dos días."},
            "targets": ["customs"],
            "level": "introductory",
            **CLOSING,
            "other_information": {"en": "A second edition is planned.", "es": "Habrá segunda edición."},
        },
        changes,
    )


def a_report(**changes):
    return _document(
        {
            "format": "REP/1",
            "languages": ["en"],
            "title": {"en": "Mid-term evaluation of the border laboratories"},
            **COVERAGE,
            "type": "mid-term",
            "period_starts_on": "2024-03",
            "period_ends_on": "2025-12",
            "organization": {"name": "United Nations Environment Programme"},
            "published_on": "2026-01-20",
            "summary": {"en": "Two of four laboratories work; staff turnover is the main risk."},
            "areas": ["lmo-identification"],
            "themes": ["detection"],
            "key_words": [{"id": "keyword1", "text": {"en": "evaluation"}}],
            "accomplishments": {"en": "Sixty analysts were trained."},
            "people_trained": [PEOPLE_TRAINED],
            "what_worked": [{"id": "worked01", "text": {"en": "Training at the own bench."}}],
            "what_did_not": [{"id": "failed01", "text": {"en": "Equipment bought before the rooms were ready."}}],
            "lessons": {"en": "Prepare the rooms first."},
            "full_report": [
                {
                    "id": "fulltext",
                    "url": "https://biosafety.example.org/evaluation.pdf",
                    "title": "Evaluation",
                    "language": "en",
                }
            ],
            **CLOSING,
        },
        changes,
    )


def an_organization(**changes):
    return _document(
        {
            "format": "ORG/1",
            "languages": ["en"],
            "title": {"en": "African Centre for Biosafety Training"},
            **COVERAGE,
            "acronym": "ACBT",
            "type": "academic",
            "country": "KE",
            "city": "Nairobi",
            "websites": [{"id": "website1", "url": "https://acbt.example.org/", "title": "ACBT", "language": "en"}],
            "email": "office@acbt.example.org",
            "areas": ["risk-assessment"],
            "profile": {"en": "Trains regulators of eastern Africa since 2009."},
            "can_provide": [
                {
                    "id": "provides",
                    "assistance": "training",
                    "area": "risk-assessment",
                    "countries": ["UG"],
                    "groups": ["ldc"],
                }
            ],
            **CLOSING,
        },
        changes,
    )


def a_source(**changes):
    """What the portal tells of a source: nobody writes it, but it is held against its format all the same."""
    return _document(
        {
            "format": "SRC/1",
            "languages": ["en"],
            "title": {"en": "Sheet of grants"},
            **COVERAGE,
            "about": {"en": "Grants of a fund to countries, one row a project."},
            "home": "https://grants.example.org/",
            "licence": "CC0 1.0",
            "reader": "grants",
            "databases": ["projects"],
            "records": 40,
            "automatic": True,
            "every": 24,
            "last_read_on": "2026-05-31",
            "last_reading": {"read": 45, "refused": 2},
            "gone": 1,
            "reasons": [{"id": "reason01", "reason": "There is no title.", "count": 2}],
            **CLOSING,
        },
        changes,
    )


COMPLETE = {
    "PRJ": a_project,
    "OPP": an_opportunity,
    "NED": a_countrys_needs,
    "RES": a_resource,
    "REP": a_report,
    "ORG": an_organization,
    "SRC": a_source,
}


def the_format_of(document: dict):
    return registry.by_code(document["format"].partition("/")[0])


def read(document: dict, profile: str = "registered") -> Reading:
    return the_format_of(document).read(document, profile)


def errors(document: dict, profile: str = "registered") -> dict[str, str]:
    """The codes of the errors by their paths."""
    return {problem.path: problem.code for problem in read(document, profile).errors}


def warnings(document: dict, profile: str = "registered") -> dict[str, str]:
    return {problem.path: problem.code for problem in read(document, profile).warnings}
