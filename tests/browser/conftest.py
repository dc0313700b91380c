"""A site with the demo city, and visitors with a browser of their own."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitor import Visitor

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module, and then none.

    Playwright keeps a loop running in this thread: Django refuses queries in it unless told
    otherwise, and whatever runs a loop of its own in a later test (sealing does) would fail.
    """
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visitor(chromium, live_server, city, settings) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors, each with cookies of their own; letters and chores run when a test drains them."""
    settings.CHORE_HINT = "bus.wakeup.chore_asked"
    settings.PUBLIC_URL = live_server.url
    contexts = []

    def enter(*, scripts: bool = True, width: int = 1440, height: int = 900) -> Visitor:
        context = chromium.new_context(
            locale="zh-CN",
            java_script_enabled=scripts,
            viewport={"width": width, "height": height},
            accept_downloads=True,
        )
        contexts.append(context)
        return Visitor(context.new_page(), live_server.url)

    yield enter
    for context in contexts:
        context.close()
