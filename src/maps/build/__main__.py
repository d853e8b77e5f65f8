"""`python -m maps.build`: rebuild an atlas's boundaries and base map, or check them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from maps.atlas.assemble import open_atlas
from maps.atlas.balance import balance_page
from maps.atlas.describe import with_tables
from maps.build.recipe import accuracy, run
from maps.errors import MapsError

SHIPPED_ATLAS = Path("geodata")
ACCURACY_PAGE = Path("docs/accuracy.md")
BALANCE_PAGE = Path("docs/balance.md")
DATA_MODEL = Path("docs/data-model.md")


def main() -> int:
    """Run the command; 0 is success, 1 a difference found by ``--check`` or an error."""
    parser = argparse.ArgumentParser(prog="python -m maps.build", description=__doc__)
    parser.add_argument("--atlas", type=Path, default=SHIPPED_ATLAS, metavar="DIR")
    parser.add_argument("--check", action="store_true", help="write nothing, list differing files")
    parser.add_argument(
        "--accuracy",
        type=Path,
        nargs="?",
        const=ACCURACY_PAGE,
        metavar="FILE",
        help="write the accuracy report instead (default %(const)s)",
    )
    parser.add_argument("--balance", action="store_true", help=f"write {BALANCE_PAGE} instead")
    parser.add_argument(
        "--columns", action="store_true", help=f"write the tables of {DATA_MODEL} instead"
    )
    options = parser.parse_args()
    try:
        if options.columns:
            DATA_MODEL.write_text(with_tables(DATA_MODEL.read_text("utf-8")), encoding="utf-8")
            return 0
        if options.balance:
            BALANCE_PAGE.write_text(balance_page(open_atlas(options.atlas)), encoding="utf-8")
            return 0
        if options.accuracy:
            options.accuracy.write_text(accuracy(options.atlas), encoding="utf-8")
            return 0
        differing = run(options.atlas, check=options.check)
    except MapsError as error:
        print(error, file=sys.stderr)
        return 1
    for name in differing:
        print(f"{name} differs from what the recipe makes" if options.check else f"wrote {name}")
    return 1 if options.check and differing else 0


if __name__ == "__main__":
    sys.exit(main())
