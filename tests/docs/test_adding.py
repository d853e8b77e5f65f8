"""What CONTRIBUTING says is to be edited for a texture, a dimension and a kind of mode is enough.

A copy of the program gets an invented one of each by edits in those files and no
others; then it checks an atlas that uses them, and paints it everywhere.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from docs.test_documents import ROOT, section

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
Edits = Mapping[str, tuple[tuple[str, str], ...]]  # by file: what is there, what takes its place

TEXTURE: Edits = {
    "src/maps/looks/texture.py": (
        (
            '    "specks": ',
            '    "rungs": Texture((Mark(0.2, 0.3, 0.8, 0.7, 0.15),), _ON_FREE_GROUND),\n'
            '    "specks": ',
        ),
    ),
    "src/maps/looks/style.py": (('"proposed": "dashes"', '"proposed": "rungs"'),),
}
DIMENSION: Edits = {
    "src/maps/atlas/model/records.py": (('"proposed")', '"proposed", "leased")'),),
    "src/maps/looks/style.py": (
        ('"proposed": (0.56, 0.090),', '"proposed": (0.56, 0.090),\n    "leased": (0.86, 0.06),'),
        ('"proposed": "rungs",', '"proposed": "rungs",\n    "leased": "dashes",'),
    ),
    "src/maps/words/locale/en.toml": (
        ('proposed = "proposal"', 'proposed = "proposal"\nleased = "lease"'),
        ('proposed = "proposed"', 'proposed = "proposed"\nleased = "leased"'),
    ),
}
LEASE = """
from maps.day.law import Law, days_of_law, law_of


def lease_of(atlas, region_id, day, perspective):
    law = law_of(atlas, region_id, day, perspective)
    return Law(
        tuple(claim for claim in law.claims if claim.status.dimension == "leased"),
        tuple(held for held in law.holdings if held.dimension == "leased"),
    )
"""
MODE: Edits = {
    "src/maps/atlas/model/atlas.py": (
        ('("units", "control", "legal")', '("units", "control", "legal", "leases")'),
        ('("layer", "control", "legal")', '("layer", "control", "legal", "lease")'),
        ('BY_TELLER = ("legal",)', 'BY_TELLER = ("legal", "lease")'),
    ),
    "src/maps/day/lease.py": (("", LEASE),),
    "src/maps/day/reading.py": (
        (
            "Question(law_of, days_of_law),",
            'Question(law_of, days_of_law),\n    "lease": Question(lease_of, days_of_law),',
        ),
        ("from maps.day.law", "from maps.day.lease import lease_of\nfrom maps.day.law"),
    ),
    "src/maps/words/locale/en.toml": (
        ('legal = "Legal status"\n\n[map.hints]\n',
         'legal = "Legal status"\nleases = "Leases"\n\n[map.hints]\nleases = "Who leased it"\n'),
        ("statements_legal =", 'statements_lease = "Who says who leased what"\nstatements_legal ='),
    ),
    "docs/data-model.md": (("(`layer`, `control` or `legal`)", "(`lease` or another)"),),
}  # fmt: skip
ATLAS: Edits = {
    "statuses.csv": (
        ("de-jure,east-league", "leased,east-league"),
        ("claim,west-realm", "proposed,west-realm"),
    ),
    "atlas.toml": (
        ("[[sides]]", '[[modes]]\nid = "leases"\nlayers = ["isles", "control"]\n'
                      'colour_by = "lease"\n\n[[sides]]'),
    ),
}  # fmt: skip
PAINT = """
import json, sys
from maps.atlas.model import Date
from pathlib import Path
from maps.atlas.model import DIMENSIONS
from maps.atlas.assemble import open_atlas
from maps.cards.compare import differences_card
from maps.cards.region import region_card
from maps.day.snapshot import compare
from maps.export import export_bytes
from maps.map.payload import map_payload

atlas = open_atlas(Path(sys.argv[1]))
before, day = Date(1940, 1, 1), Date(1960, 3, 16)
payload = map_payload(atlas)
shire = next(b["i"] for b in payload["boundaries"] if b["id"] == "cu-shire-1900")
for name in ("svg", "pdf", "geojson", "gpkg", "csv", "zip", "html"):
    assert export_bytes(atlas, day, name, mode="leases"), name
told = {
    "keys": {r: [s[2] for s in payload["paint"][r][shire]] for r in ("legal:all", "leases:all")},
    "fills": payload["fills"],
    "labels": [entry["label"] for entry in payload["legend"]],
    "textures": payload["textures"],
    "modes": [mode["name"] for mode in payload["modes"]],
    "card": region_card(atlas, atlas.regions["strait-shire"], day, "en"),
    "compared": differences_card(compare(atlas, before, day, "leases"), "en"),
    "sheet": export_bytes(atlas, day, "svg", mode="leases").decode(),
}
print(json.dumps(told))
"""


def edited(root: Path, edits: Edits) -> None:
    for name, changes in edits.items():
        file = root / name
        text = file.read_text("utf-8") if file.exists() else ""
        for old, new in changes:
            assert old in text, f"{name}: {old}"
            text = text.replace(old, new, 1)
        file.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, two_islands: Path):
    """What a program with the invented texture, dimension and mode paints."""
    root, atlas = tmp_path_factory.mktemp("program"), tmp_path_factory.mktemp("atlas") / "isles"
    shutil.copytree(ROOT / "src", root / "src")
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copytree(two_islands, atlas)
    for edits in (TEXTURE, DIMENSION, MODE):
        edited(root, edits)
    edited(atlas, ATLAS)
    ran = subprocess.run(
        [sys.executable, "-c", PAINT, atlas],
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize(
    ("heading", "edits", "most"),
    [
        ("To add a texture", TEXTURE, 3),
        ("To add a dimension", DIMENSION, 8),
        ("To add a kind of mode", MODE, 12),
    ],
)
def test_the_files_named_are_those_that_are_edited_here(heading, edits, most):
    listed = re.findall(r"^\d+\. `([^`]+)`", section(CONTRIBUTING, heading), re.M)
    named = [name.replace("<question>", "lease").replace("<lang>", "en") for name in listed]
    assert named == list(edits)
    assert len(named) <= most


def test_an_invented_texture_reaches_the_map_and_the_cards(told):
    assert told["textures"]["rungs"] == [[[0.2, 0.3, 0.8, 0.7, 0.15]], 0.85]
    assert told["fills"]["proposed:west-realm"]["bands"][0][1] == "rungs"
    # A mark of the band of 10 px, as the card's tile writes it.
    assert "M2%203L8%207" in told["card"]


def test_an_invented_dimension_has_its_look_its_words_and_its_place_in_the_legend(told):
    (band,) = told["fills"]["leased:east-league"]["bands"]
    assert band[1] == "dashes"
    assert "East League (leased)" in told["labels"]
    assert any("leased:east-league" in key.split("+") for key in told["keys"]["legal:all"])
    assert told["labels"].index("East League (leased)") > told["labels"].index(
        "West Realm (proposed)"
    )
    assert 'data-dimension="leased"' in told["card"]


def test_an_invented_mode_is_offered_painted_listed_and_compared(told):
    assert told["modes"] == ["Administration", "Control", "Legal status", "Leases"]
    assert told["keys"]["leases:all"] == ["silence:all", "leased:east-league"]
    assert "East League (leased)" in told["compared"]
    for words in ("Who says who leased what", "East League (leased)", "Leases"):
        assert words in told["sheet"]
