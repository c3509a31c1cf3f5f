"""What every test shares: real servers, no network but this machine, cheap passwords."""

import os
import shutil

import pytest

from tests import environment

environment.start()

pytest_plugins = ["tests.people"]

LONGEST_NAME = 60
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine():
    import pytest_socket

    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


def pytest_configure(config):
    from django.conf import settings

    from bch_portal import catalogues

    catalogues.compile_changed()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        settings.PORTAL_DATA = settings.PORTAL_DATA / worker
        settings.PORTAL_DATA.mkdir(exist_ok=True)


def pytest_make_parametrize_id(val):
    """A long value is named by its beginning: names go from process to process with each report, megabytes or not."""
    if not isinstance(val, str | bytes) or len(val) <= LONGEST_NAME:
        return None
    beginning = val[:LONGEST_NAME]
    told = beginning.decode("latin-1") if isinstance(beginning, bytes) else beginning
    return f"{told}... ({len(val)})"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """The fast ones first; what starts whole portals or browsers stays in one process, one after the other."""
    items.sort(key=lambda item: ("slow" in item.keywords, "browser" in item.keywords))
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is missing"))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    """The groups must hold: tests that kill processes disturb each other when they run side by side."""
    if "PYTEST_XDIST_WORKER" in os.environ and session.config.getvalue("dist") == "loadgroup":
        lost = [
            item.nodeid for item in session.items if item.get_closest_marker("xdist_group") and "@" not in item.nodeid
        ]
        if lost:
            raise pytest.UsageError(f"pytest-xdist did not group {len(lost)} tests, such as {lost[0]}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium; as root it cannot have a sandbox of its own."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": sandbox}


def pytest_terminal_summary(terminalreporter):
    if CHROMIUM is None:
        terminalreporter.section("BROWSER TESTS WERE NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line("Chromium is missing. On Debian: apt-get install chromium")
