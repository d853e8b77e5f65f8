"""`python -m maps.build`: write the pages of docs/ that are made of the shipped atlas."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from maps.atlas.assemble import open_atlas
from maps.atlas.balance import balance_page
from maps.atlas.describe import with_tables
from maps.build import accuracy
from maps.errors import MapsError

SHIPPED_ATLAS = Path("geodata")
# By option: a page of docs/, and what gives its text.
PAGES: Mapping[str, tuple[Path, Callable[[Path], str]]] = {
    "accuracy": (Path("docs/accuracy.md"), lambda _: accuracy(SHIPPED_ATLAS)),
    "balance": (Path("docs/balance.md"), lambda _: balance_page(open_atlas(SHIPPED_ATLAS))),
    "columns": (Path("docs/data-model.md"), lambda page: with_tables(page.read_text("utf-8"))),
}


def main() -> int:
    """Run the command; 0 is success, 1 an error."""
    parser = argparse.ArgumentParser(prog="python -m maps.build", description=__doc__)
    for name, (page, _) in PAGES.items():
        parser.add_argument(f"--{name}", action="store_true", help=f"write {page}")
    wanted = vars(parser.parse_args())
    try:
        for name, (page, text_of) in PAGES.items():
            if wanted[name]:
                page.write_text(text_of(page), encoding="utf-8")
    except MapsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
