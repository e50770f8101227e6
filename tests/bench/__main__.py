"""``python -m tests.bench``: what can be measured."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.bench.faults.running import chosen, faults
from tests.bench.readers import READERS
from tests.bench.scan import ENGINES, scan
from tests.bench.speed import speed
from tests.bench.stages import stages
from tests.bench.tables import tables

SAMPLES = Path(__file__).parents[2] / "samples"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("tables", help="how well readers find the tables of a folder")
    command.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=SAMPLES,
        help="with truth/*.json or ICDAR 2013 *-str.xml (the project's samples)",
    )
    command.add_argument(
        "--readers", default="granska", help=f"comma-separated, of {', '.join(READERS)}"
    )
    command.add_argument(
        "--only", default="", metavar="STEM", help="documents with this in the name"
    )
    command.add_argument("--verbose", action="store_true", help="every miss, document by document")
    command = commands.add_parser("speed", help="the whole audit against readers of tables alone")
    command.add_argument(
        "reports", type=Path, nargs="*", default=sorted(SAMPLES.glob("*/report.pdf")), metavar="PDF"
    )
    command.add_argument("--times", type=int, default=5, help="turns; the median counts (5)")
    command = commands.add_parser("stages", help="what the rulebook costs beside the reading")
    command.add_argument(
        "reports", type=Path, nargs="*", default=sorted(SAMPLES.glob("*/report.pdf")), metavar="PDF"
    )
    command.add_argument("--times", type=int, default=9, help="turns; the median counts (9)")
    command = commands.add_parser("faults", help="what is found of faults planted in reports")
    command.add_argument("--seeds", default="1-20", metavar="A-B", help="which reports (1-20)")
    command.add_argument("--reports", type=int, metavar="N", help="only the first N of them")
    command.add_argument("--kinds", default="", help="comma-separated faults (every kind)")
    command.add_argument(
        "--perfect", action="store_true", help="no paper: as a reader without faults would see it"
    )
    command.add_argument("--verbose", action="store_true", help="every miss and stray finding")
    command = commands.add_parser("scan", help="what a scan costs, by engine and archive size")
    command.add_argument(
        "--of", type=Path, metavar="PDF", help="archives of copies of this report (small ones)"
    )
    command.add_argument(
        "--sizes",
        default="100,1000",
        metavar="N,…",
        help="reports of the archives that are made; the engines scan the first (100,1000)",
    )
    command.add_argument(
        "--engines", default=",".join(ENGINES), help=f"comma-separated, of {', '.join(ENGINES)}"
    )
    given = parser.parse_args()
    if given.command == "faults":
        first, _, last = given.seeds.partition("-")
        seeds = range(int(first), int(last or first) + 1)[: given.reports]
        try:
            kinds = chosen(given.kinds)
        except ValueError as error:
            parser.error(str(error))
        faults(seeds, kinds, paper=not given.perfect, verbose=given.verbose)
        return
    if given.command == "scan":
        engines = given.engines.split(",")
        if unknown := set(engines) - set(ENGINES):
            parser.error(f"no engine {', '.join(sorted(unknown))}")
        scan(given.of, [int(size) for size in given.sizes.split(",")], engines)
        return
    if given.command == "stages":
        stages(given.reports, given.times)
        return
    if given.command == "speed":
        speed(given.reports, given.times)
        return
    readers = given.readers.split(",")
    if unknown := set(readers) - set(READERS):
        parser.error(f"no reader {', '.join(sorted(unknown))}")
    tables(given.folder, readers, given.only, verbose=given.verbose)


if __name__ == "__main__":
    main()
