"""``python -m tests.bench faults``: reports made up from exact numbers, and faults planted in them.

``ledger`` holds the numbers and the relations between them, ``statements``, ``operations`` and
``prose`` make a report's parts, ``reports`` puts them together, ``planting`` spoils one,
``setting`` prints it, ``scoring`` holds the findings against what was planted, and ``running``
prints the result.
"""
