"""`python -m maps.build`: write the pages of docs/ that are made of the shipped atlas."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from maps.atlas.assemble import open_atlas
from maps.atlas.balance import balance_page
from maps.atlas.describe import with_tables
from maps.build.recipe import accuracy
from maps.errors import MapsError

SHIPPED_ATLAS = Path("geodata")
ACCURACY_PAGE = Path("docs/accuracy.md")
BALANCE_PAGE = Path("docs/balance.md")
DATA_MODEL = Path("docs/data-model.md")


def main() -> int:
    """Run the command; 0 is success, 1 an error."""
    parser = argparse.ArgumentParser(prog="python -m maps.build", description=__doc__)
    parser.add_argument("--accuracy", action="store_true", help=f"write {ACCURACY_PAGE}")
    parser.add_argument("--balance", action="store_true", help=f"write {BALANCE_PAGE}")
    parser.add_argument("--columns", action="store_true", help=f"write the tables of {DATA_MODEL}")
    options = parser.parse_args()
    try:
        if options.accuracy:
            ACCURACY_PAGE.write_text(accuracy(SHIPPED_ATLAS), encoding="utf-8")
        if options.balance:
            BALANCE_PAGE.write_text(balance_page(open_atlas(SHIPPED_ATLAS)), encoding="utf-8")
        if options.columns:
            DATA_MODEL.write_text(with_tables(DATA_MODEL.read_text("utf-8")), encoding="utf-8")
    except MapsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
