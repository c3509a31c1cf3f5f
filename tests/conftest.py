"""What every test shares: real servers, no network but this machine, cheap passwords."""

import os

import pytest

from tests import environment

environment.start()

pytest_plugins = ["tests.people"]


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine():
    import pytest_socket

    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


def pytest_configure(config):
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        settings.PORTAL_DATA = settings.PORTAL_DATA / worker
        settings.PORTAL_DATA.mkdir(exist_ok=True)
