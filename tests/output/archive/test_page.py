"""The archive's page: first as text, then in a real browser."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.language import translation
from audit.model import Archive
from audit.output.archive.page import archive_html, script_data
from tests import archives
from tests.output.archive.browser import CHROMIUM, launched, names, needs_chromium, opened, view

if CHROMIUM:
    from playwright.sync_api import expect
if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.output.archive.browser import Seen

WIDTHS = (360, 768, 900, 1280)
VIEWS = ("overview", "reports", "findings", "years", "forecasts")


def data(page: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="data-{name}">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


# Opens all that can be opened in the view that is shown.
OPEN = """document.querySelectorAll(
    ".view:not([hidden]) .open, .view:not([hidden]) details:not([open]) summary"
).forEach((one) => one.click())"""


# --- as text --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_names_nothing_that_could_be_fetched(archive: Archive, language: str) -> None:
    page = archive_html(archive, translation(language))
    head = page.split("<style>")[0]
    assert f'<html lang="{language}">' in head
    assert "default-src &#39;none&#39;" in head
    assert "unsafe" not in head
    markup = re.sub(r"<script.*?</script>|<style>.*?</style>", "", page, flags=re.S)
    assert not re.search(r"<(?:link|img|iframe|object|embed|base)\b", markup)
    assert not re.search(r"""(?:src|href|action)=["'](?!#)""", markup)
    assert " style=" not in markup


def test_text_of_reports_is_never_markup(archive: Archive) -> None:
    page = archive_html(archive, translation("sv"))
    for text in ("<script>window.hurt", "<img src=x", "<b>2023</b>"):
        assert text not in page
    scripts = re.findall(r"<script[^>]*>", page)
    assert scripts[:-1] == [one for one in scripts if "application/json" in one]


@given(st.recursive(st.text(), lambda inner: st.lists(inner, max_size=3), max_leaves=5))
def test_data_stays_in_its_script(value: object) -> None:
    said = script_data(value)
    assert not {*said} & {*"<>&\u2028\u2029"}
    assert json.loads(said) == value


def test_a_finding_across_reports_names_both(archive: Archive) -> None:
    page = archive_html(archive, translation("sv"))
    reports, rules = data(page, "reports"), data(page, "rules")
    (one,) = [row for row in data(page, "findings") if rules[row[2]][0] == "ARC701"]
    assert reports[one[0]][3] == ["socialnämnden/2023-08.pdf"]
    assert reports[one[1]][3] == ["socialnämnden/2022-12.pdf"]
    assert [(text, other) for _, _, _, text, _, other, _ in one[8]] == [
        ("880 128", 0),
        ("879 228", 1),
    ]


def test_an_empty_archive_has_a_page() -> None:
    page = archive_html(Archive("tomt", ()), translation("sv"))
    assert data(page, "reports") == []
    assert "0 rapporter" in page


def test_a_name_that_is_no_text_has_a_page(archive: Archive) -> None:
    odd = dataclasses.replace(archive.entries[0], names=("nämnd/\udcff\u202e.pdf",), errors=1)
    page = archive_html(Archive("arkiv\udcff", (odd,)), translation("sv"))
    assert data(page, "reports")[0][3] == ["nämnd/.pdf"]
    assert page.encode()


# --- in a browser ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def file(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "archive.html"
    path.write_text(archive_html(archive, translation("sv")), "utf-8")
    return path


@pytest.fixture
def shown(browser: Browser, file: Path) -> Iterator[tuple[Page, Seen]]:
    """The page in a wide window; nothing may have failed or been asked for while it was open."""
    with opened(browser, file) as (page, seen):
        yield page, seen
        assert seen.errors == []
        assert seen.requests == [file.as_uri()] or set(seen.requests) == {file.as_uri()}


@needs_chromium
def test_no_request_leaves_and_no_text_runs(shown: tuple[Page, Seen]) -> None:
    """In every view, with every detail open."""
    page, _ = shown
    for name in VIEWS:
        view(page, name)
        page.evaluate(OPEN)
    assert page.evaluate("window.hurt") is None
    assert page.locator("img, iframe, object, embed").count() == 0
    assert page.get_by_text("<script>window.hurt=1</script>").count() > 0


@needs_chromium
def test_only_the_pages_own_script_may_run(browser: Browser, file: Path, tmp_path: Path) -> None:
    """Were markup to slip in, the policy would still stop it."""
    hurt = "<script>window.hurt = 1</script><p onclick='hurt()'><img src='https://x.example/a.png'>"
    other = tmp_path / "hurt.html"
    other.write_text(file.read_text("utf-8").replace("<main", hurt + "<main"), "utf-8")
    with opened(browser, other) as (page, seen):
        assert page.evaluate("window.hurt") is None
        assert any("Content Security Policy" in error for error in seen.errors)
        assert page.locator("#view-overview h3").count() > 0


@needs_chromium
def test_search_narrows_every_list(shown: tuple[Page, Seen]) -> None:
    page, _ = shown
    page.fill("#search", "tekniska 2022")
    page.wait_for_selector("#view-reports:not([hidden])")
    expect(page.locator("#reports-n")).to_have_text("3")
    assert len(names(page, "reports")) == 3
    assert all("Tekniska" in name for name in names(page, "reports"))
    page.fill("#search", "finns inte")
    expect(page.locator("#reports-n")).to_have_text("0")
    assert page.inner_text("#reports-count") == "Inget motsvarar sökningen."
    page.fill("#search", "arc701")
    expect(page.locator("#findings-n")).to_have_text("1")
    assert len(names(page, "reports")) == 1


@needs_chromium
def test_a_click_on_a_header_sorts_and_says_so(shown: tuple[Page, Seen]) -> None:
    page, _ = shown
    view(page, "reports")
    header = page.locator("#reports-list thead th", has_text="Period")
    header.get_by_role("button").click()
    assert header.get_attribute("aria-sort") == "descending"
    latest = page.locator("#reports-list tbody td.bare + td").first.inner_text()
    header.get_by_role("button").click()
    assert header.get_attribute("aria-sort") == "ascending"
    earliest = page.locator("#reports-list tbody td.bare + td").first.inner_text()
    assert (earliest, latest) == ("2020-04-30", "2023-12-31")
    assert page.locator("#reports-list [aria-sort]").count() == 1


@needs_chromium
def test_the_keyboard_reaches_everything(shown: tuple[Page, Seen]) -> None:
    page, _ = shown
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#view-reports:not([hidden])")
    assert page.locator("nav a[aria-current]").inner_text().startswith("Rapporter")
    button = page.locator("#reports-list .open").first
    button.focus()
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(outline) == "solid"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert "SHA-256" in page.locator("#reports-list .detail").inner_text()
    page.keyboard.press("Enter")
    assert page.locator("#reports-list .detail").count() == 0


@needs_chromium
def test_arrow_keys_walk_a_chart_and_each_point_shows_its_source(
    shown: tuple[Page, Seen],
) -> None:
    page, _ = shown
    view(page, "years")
    chart = page.locator(".chart").first
    stops = chart.locator(".point[tabindex='0']")
    assert stops.count() == 1
    stops.focus()
    first = page.inner_text("#tip")
    page.keyboard.press("End")
    last = page.inner_text("#tip")
    assert "2019" in first
    assert "2023" in last
    assert re.search(r"104 809 tkr|104 652 tkr|104 967 tkr", last.replace("\xa0", " "))
    assert re.search(r"kultur/2023-\d\d\.pdf, sida\xa03", last)
    assert stops.count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#tip").is_hidden()
    rows = chart.locator("details tbody tr")
    assert rows.count() == chart.locator(".point").count()


@needs_chromium
def test_pointing_shows_all_that_lies_there(shown: tuple[Page, Seen]) -> None:
    """The first forecast of 2020 is the budget, and stands upon it."""
    page, _ = shown
    view(page, "years")
    page.select_option("#years-tools select", label="Socialnämnden, Storå kommun")
    points = page.locator(".chart").first.locator(".point")
    labels = [point.get_attribute("aria-label") or "" for point in points.all()]
    place = next(n for n, label in enumerate(labels) if label.startswith("Budget helår 2020"))
    dot = points.nth(place).locator(".dot").bounding_box()
    assert dot
    page.mouse.move(dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2)
    told = page.inner_text("#tip").replace("\xa0", " ")
    assert "Budget helår 2020: 812 400 tkr" in told
    assert "Prognos helår 2020: 812 400 tkr" in told
    page.mouse.move(1, 1)
    assert page.locator("#tip").is_hidden()


@needs_chromium
def test_a_link_leads_to_the_report_and_opens_it(shown: tuple[Page, Seen]) -> None:
    page, _ = shown
    page.locator(".first a").first.click()
    page.wait_for_selector("#view-reports:not([hidden])")
    assert "SUM101" in page.locator("#reports-list .detail").inner_text()
    page.go_back()
    page.locator(".rules a", has_text="ARC701").click()
    page.wait_for_selector("#view-findings:not([hidden])")
    assert page.inner_text("#findings-count") == "1 av 1 visas"
    page.locator("#findings-list .open").click()
    detail = page.locator("#findings-list .detail")
    assert "socialnämnden/2022-12.pdf" in detail.inner_text()
    detail.get_by_role("link", name="Årsredovisning 2022", exact=True).click()
    page.wait_for_selector("#view-reports:not([hidden])")
    assert "socialnämnden/2022-12.pdf" in page.evaluate("document.activeElement.innerText")


@needs_chromium
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(
    browser: Browser, file: Path, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 740}
    with opened(browser, file, viewport=size, color_scheme=scheme) as (page, seen):
        for name in VIEWS:
            view(page, name)
            page.evaluate(OPEN)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.errors == []


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(browser: Browser, file: Path, scheme: str) -> None:
    """A contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3)."""
    contrast = """(name) => {
        const of = (variable) => {
            const probe = document.createElement("span");
            probe.style.color = `var(${variable})`;
            document.body.append(probe);
            return getComputedStyle(probe).color.match(/\\d+/g).map((part) => {
                const share = part / 255;
                return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
            }).reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
        };
        const [one, other] = [of(name), of("--paper")].sort((a, b) => b - a);
        return (one + 0.05) / (other + 0.05);
    }"""
    with opened(browser, file, color_scheme=scheme) as (page, _):
        for name in ("ink", "quiet", "link", "error", "warning", "note", "good"):
            assert page.evaluate(contrast, f"--{name}") >= 4.5, name


@needs_chromium
def test_on_paper_everything_stands_open(shown: tuple[Page, Seen], tmp_path: Path) -> None:
    page, _ = shown
    printed = tmp_path / "archive.pdf"
    page.pdf(path=printed, format="A4")
    text = words_of(printed)
    for name in ("Översikt", "Rapporter", "Fynd", "Genom åren", "Prognossäkerhet"):
        assert name in text
    for said in (
        "socialnämnden/2020-04.pdf",  # every report, with its details
        archives.digest("tekniska/2023-12.pdf")[:20],
        "879 228",  # each finding with its cells
        "Tekniska nämnden",  # charts of bodies that are not chosen on the screen
        "1 934 tkr sämre",  # and each forecast
    ):
        assert said in text, said
    assert "Visa " not in text
    assert page.locator("#reports-list .detail").count() == 0  # as it was


def words_of(path: Path) -> str:
    import pypdfium2  # noqa: PLC0415 - is slow to load

    document = pypdfium2.PdfDocument(path)
    texts = [document[place].get_textpage().get_text_range() for place in range(len(document))]
    document.close()
    return " ".join(" ".join(texts).replace("\xa0", " ").split())


@needs_chromium
def test_thousands_of_reports_are_shown_as_they_are_asked_for(
    browser: Browser, archive: Archive, tmp_path: Path
) -> None:
    sample, (_, finding) = archive.entries[0], next(iter(archive.findings))
    many = tuple(
        dataclasses.replace(
            sample, sha256=archives.digest(f"{n}"), names=(f"nämnd/{n:04}.pdf",), errors=1
        )
        for n in range(5000)
    )
    findings = [(one.sha256, finding) for one in many]
    file = tmp_path / "many.html"
    shown = dataclasses.replace(archive, entries=many, findings=findings)
    file.write_text(archive_html(shown, translation("sv")), "utf-8")
    with opened(browser, file) as (page, seen):
        view(page, "reports")
        assert len(names(page, "reports")) == 100
        page.click("#reports-list .more")
        assert len(names(page, "reports")) == 200
        focused = page.evaluate("document.activeElement.closest('tr').rowIndex")
        assert focused == 101
        page.fill("#search", "nämnd/4711.pdf")
        expect(page.locator("#reports-n")).to_have_text("1")
        assert len(names(page, "reports")) == 1
        assert seen.errors == []
