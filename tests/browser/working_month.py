"""What the tests of a working month share: a browser for each person at both sizes, on the small cast of
`tests/directives`. The month is set up by its verbs; what a person does is done by clicks.
"""

import re

import pytest
from django.core.servers.basehttp import WSGIRequestHandler
from django.test import Client
from playwright.sync_api import expect

SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 800}}
PATIENCE = 15_000  # milliseconds
# A page that is wider than the screen says so among the complaints, also after a fold was opened.
WATCH = """(() => {
  const look = () => {
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over > 0) console.error(`${location.pathname}: ${over} px over the edge`);
  };
  addEventListener('load', look);
  document.addEventListener('toggle', look, true);
})()"""


@pytest.fixture(scope="module", params=SIZES)
def size(request):
    return SIZES[request.param]


class Seat:
    """A browser of its own for one person after another: what it fetched for the one is there for the next."""

    def __init__(self, browser, url):
        self.url = url
        self.context = browser.new_context(locale="vi-VN", base_url=url)
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(WATCH)
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda line: self.complaints.append(line.text) if is_complaint(line) else None)

    def take(self, who, size):
        if self.page.viewport_size != size:
            self.page.set_viewport_size(size)
        if who:
            client = Client()
            client.force_login(who)
            session = client.cookies["sessionid"].value
            self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])

    def leave(self):
        """Nobody is known here any more; what was complained about meanwhile."""
        self.context.clear_cookies()
        heard = self.complaints[:]
        self.complaints.clear()
        return heard


@pytest.fixture(scope="session")
def seats(live_server, django_db_setup):
    """Those that were needed so far; closed before the database is, to which the server keeps a connection for each."""
    WSGIRequestHandler.disable_nagle_algorithm = True  # a page would wait 40 ms for the browser's word on its headers
    made = []
    yield made
    for seat in made:
        seat.context.close()


@pytest.fixture
def sit_down(live_server, browser, seats, size, settings, day, kept_files):
    """Gives a person (None: nobody known) a page of their own; what it complains about fails the test."""
    settings.TODAY = day
    taken = []

    def enter(who, address="/"):
        if len(taken) == len(seats):
            seats.append(Seat(browser, live_server.url))
        seat = seats[len(taken)]
        taken.append(seat)
        seat.take(who, size)
        seat.page.goto(address)
        return seat.page

    yield enter
    heard = [words for seat in taken for words in seat.leave()]
    assert not heard, heard


def is_complaint(line):
    """Errors, broken policies, what runs over the edge; not that the server refused, which the console reports too."""
    return line.type == "error" and not re.search(r"status of (403|404|410|422)", line.text)


def unfold(place, words):
    """Opens the fold with these words on its button and gives what is in it."""
    button = place.locator("summary").filter(has_text=words).last
    button.click()
    return button.locator("xpath=..")


def article(page, words):
    """The one card of a list that says this."""
    found = page.get_by_role("article").filter(has_text=words)
    expect(found).to_have_count(1)
    return found
