"""Lines of one text together."""

from __future__ import annotations

import pytest

from audit.extract.flowing import flowing


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["Summa", "nämnder"], "Summa nämnder"),
        (["Investe-", "ringsram"], "Investeringsram"),
        (["Investe\u00ad", "ringsram"], "Investeringsram"),
        (["drift-", "och investeringsbudget"], "drift- och investeringsbudget"),
        (["drift\u00ad", "och investeringsbudget"], "drift- och investeringsbudget"),
        (["EU-", "projekt"], "EU-projekt"),
        (["KOMMUN-", "STYRELSEN"], "KOMMUNSTYRELSEN"),
        (["Väst-", "Sverige"], "Väst-Sverige"),
        (["2021-", "2022"], "2021-2022"),
        (["Utfall jan-", "aug 2021"], "Utfall jan-aug 2021"),
        (["Januari-", "augusti"], "Januari-augusti"),
        (["maj-", "ordning"], "majordning"),
        (["EKB -", "Ensamkommande"], "EKB - Ensamkommande"),
        (["-", "12"], "- 12"),
        (["in/", "ut"], "in/ut"),
        (["mjuk\u00ad het", "kvar"], "mjuk het kvar"),
    ],
)
def test_flowing(lines: list[str], whole: str) -> None:
    assert flowing(lines) == whole
