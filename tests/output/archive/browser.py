"""A real Chromium with an archive's page open in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium and no google-chrome on this machine"
)


@contextmanager
def launched() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is one

    with sync_playwright() as play:
        # Root may not run it in a sandbox, and tests in containers are root.
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Seen:
    """What a page did while it was open: ``requests`` beside itself, ``errors`` and messages."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text))


@contextmanager
def opened(browser: Browser, file: Path, **options: Any) -> Iterator[tuple[Page, Seen]]:
    """``file`` in a window of its own, 1280 by 900 unless ``options`` say otherwise."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
    page = context.new_page()
    seen = Seen(page)
    page.goto(file.as_uri())
    yield page, seen
    context.close()


def view(page: Page, name: str) -> None:
    """Goes to a view as a reader does."""
    page.click(f"nav a[href='#{name}']")
    page.wait_for_selector(f"#view-{name}:not([hidden])")


def names(page: Page, view: str) -> list[str]:
    """What the first column of a list shows, from the top."""
    return [text.split("\n")[0] for text in page.locator(f"#{view}-list .open").all_inner_texts()]
