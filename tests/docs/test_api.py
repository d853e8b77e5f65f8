"""The notebook runs, and docs/api.md says what the docstrings say.

After a change of `maps.api`: ``MAPS_DOCS=1 .venv/bin/python -m pytest tests/docs/test_api.py``.
"""

import inspect
import json
import os
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import pytest

from maps import api

mpl.use("Agg")
DOCS = Path(__file__).parents[2] / "docs"
WRITTEN = DOCS / "api.md"
HEAD = """# Python

Made of the docstrings of `maps.api`. [notebook.ipynb](notebook.ipynb) shows it in use.
"""


def test_the_notebook_runs_from_top_to_bottom():
    cells = json.loads((DOCS / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    shared: dict[str, object] = {}
    for cell in cells:
        assert not cell.get("outputs"), "kept without outputs"
        if cell["cell_type"] == "code":
            exec(compile(cell["source"], cell["id"], "exec"), shared)
    assert len(shared["changes"]) > 0


def described() -> Iterator[str]:
    yield HEAD
    yield inspect.getdoc(api)
    yield from part("maps.open", api.open)
    for kind in (api.OpenedAtlas, api.Day, api.MapPage):
        yield f"## {kind.__name__}\n\n{inspect.getdoc(kind)}"
        for name, member in vars(kind).items():
            if not name.startswith("_") and getattr(member, "__doc__", None):
                told = getattr(member, "func", getattr(member, "fget", member))
                yield from part(name, told, called=callable(member))


def part(name: str, told: object, *, called: bool = True) -> Iterator[str]:
    signature = str(inspect.signature(told)).replace("(self, ", "(").replace("(self)", "()")
    signature = signature.replace("'", "")
    wanted = signature if called else ": " + signature.rpartition("-> ")[2]
    # Docstrings are numpydoc: a heading is underlined, its entries are indented.
    yield f"### `{name}{wanted}`\n\n```text\n{inspect.getdoc(told)}\n```"


def test_the_page_on_python_is_up_to_date():
    text = "\n\n".join(part.strip() for part in described()) + "\n"
    if os.environ.get("MAPS_DOCS"):
        WRITTEN.write_text(text, encoding="utf-8")
    if WRITTEN.read_text(encoding="utf-8") != text:
        pytest.fail("docs/api.md is old; MAPS_DOCS=1 writes it")
