"""Why a report was not audited, and what its owner can do about it."""

from __future__ import annotations

from collections.abc import Mapping

from audit.language import Words, message
from audit.model import AuditedReport, Entry, Report, Status
from audit.output.plain import clean

REASONS: Mapping[Status, str] = {
    Status.NO_TABLES: message(
        "No table with figures was found, so nothing was tested. If the report has tables, "
        "they may be pictures: ask for the original PDF."
    ),
    Status.NEEDS_OCR: message(
        "The tables or whole pages are pictures, so no figure could be read. Ask for the original "
        "PDF, or let granska read pictures: pip install 'granska[ocr]', and on Debian "
        "apt install tesseract-ocr tesseract-ocr-swe."
    ),
    Status.ENCRYPTED: message(
        "The file is locked with a password. Save a copy without password and audit that."
    ),
    Status.DAMAGED: message(
        "The file is damaged or no PDF. Open it in a PDF reader; if that fails too, ask for it "
        "anew."
    ),
    Status.TIMEOUT: message(
        "Reading took too long and was stopped. Give it more time with --timeout, or fewer "
        "pages with --pages."
    ),
    Status.TOO_LARGE: message(
        "The report needs more memory than allowed. Audit some of its pages with --pages."
    ),
    Status.FAILED: message("The report could not be audited."),
}

# Details that are worth a sentence of their own.
MISSING = message("There is no such file. Check the path.")
FOLDER = message("This is a folder. Name the PDF files in it, for instance with *.pdf.")
FORBIDDEN = message("The file may not be read. Check its permissions.")
NOT_A_PDF = message("The file is no PDF. Save or export the report as PDF and audit that.")


def reason(audited: AuditedReport | Entry, words: Words) -> str:
    """The status in words, with what to do; "" for an audited report."""
    if audited.status is Status.AUDITED:
        return ""
    if audited.detail in {MISSING, FOLDER, FORBIDDEN, NOT_A_PDF}:
        return words.translate(audited.detail)
    said = words.translate(REASONS[audited.status])
    detail = clean(audited.detail)
    return f"{said} ({detail})" if detail and audited.status is Status.FAILED else said


def pictures(report: Report, words: Words) -> str:
    """On which pages pictures may hold tables that nobody has read; "" when there are none."""
    pages = [str(page.number) for page in report.document.pages if page.unread]
    if not pages:
        return ""
    return words.count(
        "Not read: a picture that may hold a table, page {pages}",
        "Not read: pictures that may hold tables, pages {pages}",
        len(pages),
        pages=", ".join(pages),
    )
