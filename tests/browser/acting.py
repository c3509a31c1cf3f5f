"""What a person does in a browser, in words; everything is found the way a person finds it, by its label."""

from playwright.sync_api import expect

from tests.browser import cast


class Visitor:
    """One browser of one person, who notes whatever the browser complains of."""

    def __init__(self, context):
        self.context, self.page = context, context.new_page()
        self.complaints = []
        self.page.set_default_timeout(20_000)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", self._heard)
        self.page.on("response", self._answered)

    def _heard(self, message):
        """An error in the console; that the page itself answered 404 or 410 is what some tests ask for."""
        if message.type == "error" and message.location.get("url") != self.page.url:
            self.complaints.append(f"console: {message.text} ({message.location.get('url')})")

    def _answered(self, response):
        if response.status >= 500 or (response.status >= 400 and not response.request.is_navigation_request()):
            self.complaints.append(f"{response.status} {response.url}")

    def goes_to(self, path):
        return self.page.goto(path)

    def signs_in(self, email):
        self.goes_to("/en/account/login/")
        self.writes("Email", email)
        self.writes("Password", cast.PASSWORD)
        self.presses("Sign in")
        if email.startswith("secretariat"):
            self.writes("Code", cast.code(email))
            self.presses("Sign in")
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()
        return self

    def follows(self, name, **how):
        self.page.get_by_role("link", name=name, **how).first.click()

    def presses(self, name, *, within=None, **how):
        (within or self.page).get_by_role("button", name=name, **how).first.click()

    def writes(self, label, text, *, within=None):
        (within or self.page).get_by_label(label).first.fill(text)

    def writes_in_english(self, label, text, *, within=None):
        """A text that has a box for each language of the record."""
        group = (within or self.page).get_by_role("group", name=label)
        group.get_by_label("English").first.fill(text)

    def chooses(self, label, option, *, within=None):
        (within or self.page).get_by_label(label).first.select_option(label=option)

    def ticks(self, group, *options, within=None):
        for option in options:
            (within or self.page).get_by_role("group", name=group).first.get_by_label(option, exact=True).check()

    def unfolds(self, summary):
        """Open a part of the page, if it is folded; the page may still be on its way."""
        self.page.wait_for_load_state()
        folded = self.page.locator("details:not([open]) > summary").filter(has_text=summary)
        if folded.count():
            folded.first.click()

    def row(self, name, number):
        """One row of a group of the form, counted from 1."""
        return self.page.locator(f"fieldset#f-{name} > .row").nth(number - 1)

    def sees(self, text):
        expect(self.page.locator("body")).to_contain_text(text)

    def does_not_see(self, text):
        expect(self.page.locator("body")).not_to_contain_text(text)
