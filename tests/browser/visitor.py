"""One person before a browser, and the letters and chores that follow what people do."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections
from playwright.sync_api import Page

from config.embedded import drain
from tests.city import PASSWORD

SIZES = ((390, 844), (820, 1180), (1440, 900))


class Visitor:
    """One person before one browser; `complaints` is what its console said."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.set_default_timeout(30_000)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: Any) -> None:
        # 422 is how a page with refusals answers, which chromium mentions
        if message.type in {"error", "warning"} and "422" not in message.text:
            self.complaints.append(message.text)

    def go(self, path: str) -> None:
        """Opens a page of the site."""
        self.page.goto(f"{self.address}{path}")

    def press(self, text: str) -> None:
        """Presses the first button or link with this text, and waits for the page after it."""
        control = re.compile(f"^\\s*{re.escape(text)}")
        button = self.page.locator("button, a").filter(has_text=control).first
        with self.page.expect_navigation(wait_until="load"):
            button.click()

    def sign_in(self, account: str, capacity: str = "officer") -> None:
        """Types name and password, as a person, for their enterprise or in their office."""
        self.go("/sign-in")
        self.page.check(f"[name=capacity][value={capacity}]")
        self.page.fill("#name", account)
        self.page.fill("#password", PASSWORD)
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator("main button").first.click()

    def fill(self, path: str, value: object) -> None:
        """Answers a field of a form by its path: ticks, chooses or types."""
        if isinstance(value, list):
            for code in value:
                self.page.check(f"[name='{path}'][value='{code}']")
            return
        written = str(value).lower() if isinstance(value, bool) else str(value)
        places = self.page.locator(f"[name='{path}']:not([type=hidden])")
        places.first.wait_for()
        if places.first.get_attribute("type") == "radio":
            self.page.check(f"[name='{path}'][value='{written}']")
        elif places.first.evaluate("place => place.tagName") == "SELECT":
            places.first.select_option(written)
        else:
            places.first.fill(written)

    def text(self) -> str:
        """What the page says, without its frame."""
        return self.page.locator("main").inner_text()


def drained() -> None:
    """Letters and chores, in a thread of their own: sealing runs a loop, and this thread has the browser's."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_drain).result()


def _drain() -> None:
    try:
        drain()
    finally:
        connections.close_all()
