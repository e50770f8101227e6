"""What the operations are paid with, and shares are taken of: taxes and grants, by the rows that
layouts print them in (LKBR 5 kap., older layouts with equalisation or property fee apart)."""

from __future__ import annotations

from audit.model import Concept

C = Concept
FUNDING = (
    (C.TAX_AND_GRANTS,),
    (C.TAX_REVENUE, C.GENERAL_GRANTS),
    (C.TAX_REVENUE, C.GENERAL_GRANTS, C.PROPERTY_FEE),
    (C.TAX_REVENUE, C.EQUALISATION),
    (C.TAX_REVENUE, C.EQUALISATION, C.PROPERTY_FEE),
    (C.TAX_REVENUE, C.GENERAL_GRANTS, C.EQUALISATION),
    (C.TAX_REVENUE, C.GENERAL_GRANTS, C.EQUALISATION, C.PROPERTY_FEE),
)
