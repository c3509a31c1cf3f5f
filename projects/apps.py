"""Registers the format of the database."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"

    def ready(self):
        from formats import registry
        from projects.format import Project

        registry.register(Project)
