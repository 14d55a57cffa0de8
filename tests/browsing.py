"""A reader in a real Chromium, who notices requests that leave the machine, errors and when the page stands still."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlencode, urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
QUIET_MS = 400
PATIENCE_MS = 60_000
UNSEEN_RUN_MS = 10_000

# Remembers when the main part last changed: its elements, or anything drawn on a map; counts open downloads, and runs:
# a run whose start and end reach the page in one piece shows no start, but is the answer to what the page has sent.
WATCH = """(() => {
  const state = window.__watch = {changed: 0, pending: 0, runs: 0};
  const touch = () => { state.changed = performance.now(); };
  for (const kind of [WebGLRenderingContext, WebGL2RenderingContext])
    for (const name of ["drawElements", "drawArrays", "drawElementsInstanced", "drawArraysInstanced"]) {
      const draw = kind.prototype[name];
      if (draw) kind.prototype[name] = function (...given) { touch(); return draw.apply(this, given); };
    }
  window.WebSocket = class extends WebSocket {
    #asked = false;
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => { if (this.#asked) state.runs += 1; this.#asked = false; touch(); });
    }
    send(...given) { this.#asked = true; super.send(...given); }
  };
  const load = window.fetch;
  window.fetch = async (...given) => {
    state.pending += 1;
    try { return await load(...given); } finally { setTimeout(() => { state.pending -= 1; touch(); }, 0); }
  };
  // What a table tells a screen reader follows 200 ms after what it shows.
  const unseen = '[data-testid="data-grid-canvas"]';
  const inMain = node => {
    const element = node.closest ? node : node.parentElement;
    return element?.closest('[data-testid="stMain"]') && !element.closest(unseen);
  };
  // By the old value: a fast run may be over before its changes are reported.
  const isStart = c => c.attributeName === "data-test-script-state" && c.oldValue !== "running";
  const observe = () => new MutationObserver(changes => {
    if (changes.some(c => inMain(c.target))) touch();
    state.runs += changes.filter(isStart).length;
  }).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true});
  document.body ? observe() : document.addEventListener("DOMContentLoaded", observe);
})()"""
STILL = """quiet => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app?.dataset.testScriptState === "notRunning" && window.__watch.pending === 0
    && document.querySelector('[data-testid="stMain"] h2')
    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
    && performance.now() - window.__watch.changed > quiet;
}"""


def chromium() -> str | None:
    """Debian's Chromium, if it is installed."""
    return shutil.which("chromium")


def launch(playwright: Playwright) -> Browser:
    """Start Chromium with software rendering for maps and no traffic of its own."""
    return playwright.chromium.launch(executable_path=chromium(), args=FLAGS)


class Reader:
    """One person at one browser window; `complaints` collects all that must never happen."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        self._groups: dict[str, int] = {}
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(WATCH)
        page.on("request", lambda request: self._check(request.url))
        page.on("websocket", lambda socket: self._check(socket.url))
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("console", self._listen)

    def _check(self, url: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob", "about") and urlsplit(url).hostname != "127.0.0.1":
            self.complaints.append(f"request leaves the machine: {url}")

    def _listen(self, message) -> None:
        url = message.location.get("url", "")
        # Streamlit looks for its server beside a page's own address first, then above it.
        if message.type == "error" and not re.search(r"/\w+/_stcore/(health|host-config)$", url):
            self.complaints.append(f"console: {message.text} {url}")

    def open(self, page: str = "", **choices: str | list[str]) -> None:
        """Open a page with choices in the address, as from a link, and wait until it is drawn."""
        self.go(f"{self.address}/{page}?{urlencode(choices, doseq=True)}")

    def go(self, address: str) -> None:
        """Open an address and wait until it is drawn."""
        self.page.goto(address)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and nothing in the main part has changed for a moment."""
        self.page.wait_for_function(STILL, arg=QUIET_MS)

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Around something that makes the page run again: wait until it has, and is drawn."""
        before = self.page.evaluate("window.__watch.runs")
        yield
        with suppress(PlaywrightTimeout):
            self.page.wait_for_function("before => window.__watch.runs > before", arg=before, timeout=UNSEEN_RUN_MS)
        self.settle()

    def text(self) -> str:
        """All words on the page."""
        return self.page.locator('[data-testid="stApp"]').inner_text()

    def title(self) -> str:
        return self.page.locator('[data-testid="stMain"] h2').first.inner_text()

    def numbers(self) -> list[str]:
        """What the headline tiles say."""
        return self.page.locator('[data-testid="stMetric"]').all_inner_texts()

    def rows(self) -> str:
        """Words of the main part, without what changes by itself."""
        return self.page.locator('[data-testid="stMain"]').inner_text()

    def filters(self, key: str) -> list[str]:
        """Chosen entries of one of the multiple-choice filters."""
        return self.page.locator(f".st-key-{key} .react-aria-ComboBox [data-tag]").all_inner_texts()

    def choose(self, key: str, option: str) -> None:
        """Pick an option of a filter and wait until the page is drawn."""
        self.page.locator(f".st-key-{key} input").last.click()
        with self.acting():
            self.page.get_by_role("option", name=option, exact=True).click()
        self.page.keyboard.press("Escape")

    def visit(self, title: str) -> None:
        """Go to another page by the navigation."""
        for group in sorted(range(self.groups().count()), key=lambda group: group != self._groups.get(title)):
            with self.opened_group(group) as links:
                self._groups |= dict.fromkeys((entry.splitlines()[-1] for entry in links.all_inner_texts()), group)
                found = links.get_by_text(title, exact=True)
                if found.count():
                    with self.acting():
                        found.click()
                    break
        assert self.title() == title

    def groups(self) -> Locator:
        """The groups of pages in the navigation of a wide window."""
        return self.page.locator('[data-testid="stTopNavSection"]')

    @contextmanager
    def opened_group(self, number: int) -> Iterator[Locator]:
        """The links of one group of pages, while its menu is open."""
        self.groups().nth(number).click()
        links = self.page.locator('[data-testid="stTopNavDropdownLink"]')
        links.first.wait_for()
        yield links
        self.page.keyboard.press("Escape")
        links.first.wait_for(state="detached")

    def leave(self) -> None:
        """Fail on anything that must not have happened."""
        faults = self.page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]').all_inner_texts()
        assert not self.complaints + faults, self.complaints + faults
        assert not re.search(r"Traceback \(most recent|Error:|File \".+\", line \d+", self.text())

    def rest(self) -> None:
        """End the session and forget what a new window would not know; the scripts stay loaded."""
        self.page.evaluate("sessionStorage.clear()")
        self.page.mouse.move(0, 0)
        self.page.goto(f"{self.address}/_stcore/health")
        self.complaints.clear()


_resting: WeakKeyDictionary[BrowserContext, list[Reader]] = WeakKeyDictionary()


@contextmanager
def reader(home: Browser | BrowserContext, address: str, width: int = 1440, height: int = 900) -> Iterator[Reader]:
    """A reader with a session of their own: at a new browser, or at a window of one that has loaded the scripts.

    Fails at the end on anything amiss. A window where nothing was is used again: opening one costs most of the time.
    """
    if isinstance(home, Browser):
        resting, someone = [], Reader(home.new_page(locale="zh-CN"), address)
    else:
        resting = _resting.setdefault(home, [])
        someone = resting.pop() if resting else Reader(home.new_page(), address)
        someone.address = address
    try:
        someone.page.set_viewport_size({"width": width, "height": height})
        yield someone
        someone.leave()
        if isinstance(home, BrowserContext):
            someone.rest()
            resting.append(someone)
    finally:
        if someone not in resting:
            someone.page.close()
