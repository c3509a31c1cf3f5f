"""A whole portal as `make run` starts it, with real mail and a real Chromium; one for all the journeys."""

import pytest
from playwright.sync_api import sync_playwright

from tests.bch_portal.running import Portal, free_port
from tests.browser import cast
from tests.browser.acting import Visitor
from tests.conftest import CHROMIUM
from tests.delivery.conftest import serving


@pytest.fixture(scope="package")
def letters():
    """Every mail that the portal sent, from a real SMTP server."""
    port = free_port()
    with serving(port) as mailbox:
        mailbox.port = port
        yield mailbox


@pytest.fixture(scope="package")
def portal(tmp_path_factory, letters):
    """Not a demonstration: mails go out, and the Secretariat needs its second factor. It shows the samples."""
    settings = {"DEMONSTRATION": "no", "SAMPLES": "yes", "EMAIL_URL": f"smtp://127.0.0.1:{letters.port}"}
    running = Portal(tmp_path_factory.mktemp("portal") / "data", **settings)
    try:
        running.start()
        for words in (["manage.py", "load_samples"], ["-m", "tests.browser.cast"]):
            done = running.python(*words)
            assert done.returncode == 0, done.stderr
        running.wait_for(lambda: running.health()["index_position"] == running.health()["log_position"] > 0)
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="package")
def chrome():
    """A Chromium for these tests only: while it runs, Django takes the thread for an asynchronous one."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def visitor(chrome, portal):
    """Opens browsers with nothing in them: `visitor(scripts=False)`. At the end none of them may have complained."""
    opened = []

    def opens(*, scripts=True, **options):
        context = chrome.new_context(
            base_url=f"http://127.0.0.1:{portal.port}", java_script_enabled=scripts, locale="en-GB", **options
        )
        opened.append(Visitor(context))
        return opened[-1]

    yield opens
    complaints = [text for one in opened for text in one.complaints]
    for one in opened:
        one.context.close()
    assert complaints == []


@pytest.fixture(scope="package")
def signed_in(chrome, portal):
    """Cookies of people who signed in once: `signed_in("focal")`."""
    known = {}

    def cookies(role):
        email = cast.address(role, "looking")
        if email not in known:
            context = chrome.new_context(base_url=f"http://127.0.0.1:{portal.port}")
            Visitor(context).signs_in(email)
            known[email] = context.storage_state()
            context.close()
        return known[email]

    return cookies
