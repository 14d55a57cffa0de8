"""Time from a click on a filter until everything is drawn, in a real Chromium."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests import browsing

# The moment when the first headline stands on the page.
READABLE = """(() => {
  const look = () => {
    if (document.querySelector('[data-testid="stMetricValue"]')) window.__readable = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""
# The moment of the click, on the clock of the page.
CLICKED = """document.addEventListener("pointerup", () => { window.__clicked = performance.now(); }, true)"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for all measurements."""
    with sync_playwright() as playwright:
        browser = browsing.launch(playwright)
        yield browser
        browser.close()


def first_page(browser: Browser | BrowserContext, address: str) -> tuple[float, float]:
    """Clock times (seconds since 1970) at which the headlines of the first page could be read in a new window, and
    at which it stood complete."""
    with browsing.reader(browser, address) as someone:
        someone.page.add_init_script(READABLE)
        while True:
            try:
                someone.open()
                break
            except Exception as error:
                if "ERR_CONNECTION_REFUSED" not in str(error):
                    raise
                time.sleep(0.02)
        # Those of a server that was not there yet are no fault of the page.
        someone.complaints[:] = [said for said in someone.complaints if "ERR_CONNECTION_REFUSED" not in said]
        moments = "[window.__readable, window.__watch.changed].map(t => (performance.timeOrigin + t) / 1000)"
        return tuple(someone.page.evaluate(moments))


CHOICES = 9  # of the ten districts


def clicks(browser: Browser, address: str, page: str, count: int) -> list[float]:
    """Choose districts one after another on one page, `count` times; seconds from each click to the last change.

    A choice that changes nothing in the main part is left out: there was nothing to draw.
    """
    measured = []
    with browsing.reader(browser, address) as someone:
        received = []
        someone.page.on("websocket", lambda socket: socket.on("framereceived", lambda f: received.append(len(f))))
        someone.page.add_init_script(CLICKED)
        someone.open(page)
        field = someone.page.locator(".st-key-districts input").last
        for number in range(count + 1):
            field.click()
            if number and number % CHOICES == 0:  # chosen districts leave the list: begin again
                for _ in range(CHOICES):
                    someone.page.keyboard.press("Backspace")
                someone.page.wait_for_timeout(1000)
                someone.settle()
            option = someone.page.get_by_role("option").first
            option.wait_for()
            received.clear()
            option.click()
            while not received:  # a fast run may begin and end between two looks at it
                someone.page.wait_for_timeout(5)
            someone.settle()
            elapsed = someone.page.evaluate("window.__watch.changed - window.__clicked") / 1000
            measured.append(elapsed)
            someone.page.keyboard.press("Escape")
    return [seconds for seconds in measured[1:] if seconds > 0]  # the first one warms the code of the browser
