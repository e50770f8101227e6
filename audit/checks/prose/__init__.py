"""Running text against tables, and against itself.

``prose``
    A number of running text is the figure of a table that its words speak of. It is contradicted
    only when the words name one row for certain, say which of its figures they mean, and nothing
    in the row is that number; everything else stays uncovered. Setting ``claim``: ``"figure"``
    (default) takes what is said to be a figure or a deviation from budget, ``"change"`` what is
    said to have changed from one time to another.
``prose-direction``
    "Surplus", "lower", "has increased" against the figures that they are said of. No settings.
``prose-parts``
    What a sentence, or several, reckon up: from A to B is the change that is told; parts are no
    more than the whole; as many goals are called met as are met. No settings.
``prose-reckoned``
    A key figure that no table has is what the statements make it. No settings.
"""

from audit.checks.prose.directions import prose_direction
from audit.checks.prose.figures import prose
from audit.checks.prose.parts import prose_parts
from audit.checks.prose.reckoned import prose_reckoned

__all__ = ["prose", "prose_direction", "prose_parts", "prose_reckoned"]
