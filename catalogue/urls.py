"""The addresses of the catalogue's pages: `pages` stand under a language, `plain` do not."""

from django.urls import path, register_converter

from catalogue.views import feeds, home, records, search, texts
from formats import registry


class Database:
    """The slug of a database, such as `projects`."""

    regex = "[a-z-]+"

    def to_python(self, value: str) -> str:
        if value not in {one.slug for one in registry.all_formats()}:
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Database, "database")

app_name = "catalogue"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.everything, name="search"),
    path("search/feed/", feeds.feed, name="feed"),
    path("records/<str:uid>/", records.record, name="record"),
    path("about/", texts.page, {"name": "about"}, name="about"),
    path("help/", texts.page, {"name": "help"}, name="help"),
    path("contact/", texts.page, {"name": "contact"}, name="contact"),
    path("terms/", texts.page, {"name": "terms"}, name="terms"),
    path("privacy/", texts.page, {"name": "privacy"}, name="privacy"),
    path("accessibility/", texts.page, {"name": "accessibility"}, name="accessibility"),
    path("<database:database>/", search.database, name="database"),
]
plain = [
    path("records/<path:identifier>", records.persistent, name="persistent"),
    path("robots.txt", feeds.robots, name="robots"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", feeds.sitemap, name="sitemap_part"),
]
