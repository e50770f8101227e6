"""One reader on one document in a process of its own: ``python -m tests.bench.worker``.

Prints JSON: the tables, seconds of reading, pages, and the most memory the process held (MiB).
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import resource
import sys
import time
import warnings
from pathlib import Path

import pypdfium2

from tests.bench.readers import MODULES, READERS


def main(name: str, path: Path) -> None:
    warnings.simplefilter("ignore")
    read = READERS[name]
    importlib.import_module(MODULES[name.partition("-")[0]])  # is not the document's time
    start = time.perf_counter()
    tables = read(path)
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    document = pypdfium2.PdfDocument(path)
    json.dump(
        {
            "tables": [dataclasses.asdict(table) for table in tables],
            "seconds": seconds,
            "pages": len(document),
            "memory": memory,
        },
        sys.stdout,
    )
    document.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
