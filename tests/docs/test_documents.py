"""What the documents say of the code is true."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from typer.main import get_command

from data.test_check_faults import FAULTS
from maps.cli import app
from maps.map.files import SCRIPTS

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
COMMANDS = get_command(app).commands


def section(text: str, heading: str) -> str:
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert found is not None, f"no section {heading}"
    return found[1]


def first_cells(text: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)`", text, re.M)


def test_the_readme_lists_every_command_and_no_other():
    listed = [cell.split()[1] for cell in first_cells(section(README, "Use"))]
    assert sorted(listed) == sorted(COMMANDS)


def test_options_named_in_the_readme_exist():
    known = {
        option
        for command in COMMANDS.values()
        for parameter in command.params
        for option in parameter.opts
    } | {"--help"}
    assert set(re.findall(r"(?<![\w-])--?[a-z]+(?![\w-])", section(README, "Use"))) <= known


def test_every_line_of_the_readmes_layout_exists():
    names = re.findall(r"^(\S+) {2,}", section(README, "Layout"), re.M)
    assert len(names) >= 8
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_the_test_folders_are_those_the_readme_names():
    named = re.search(r"^tests/ +(.*?);", section(README, "Layout"), re.M)
    assert named is not None
    folders = {p.name for p in (ROOT / "tests").iterdir() if p.is_dir() and p.name[0].islower()}
    assert set(named[1].split(", ")) == folders - {"fixtures"}


def test_the_architecture_lists_the_scripts_in_their_order():
    listed = first_cells(section(ARCHITECTURE, "The map document"))
    assert listed == ["boot.js", *SCRIPTS]


def test_the_architecture_places_every_module():
    tree = re.search(r"```\n(.*?)```", section(ARCHITECTURE, "One direction"), re.S)
    assert tree is not None
    rooms = {word.strip(",") for line in tree[1].splitlines() for word in line[:33].split()}
    package = ROOT / "src" / "maps"
    modules = {p.stem for p in package.glob("*.py") if not p.stem.startswith("__")}
    modules |= {p.parent.name for p in package.glob("*/__init__.py")} - {"build"}
    assert modules - rooms == set()


def test_each_rule_of_neutrality_in_the_data_model_has_a_planted_fault():
    table = section(
        (ROOT / "docs" / "data-model.md").read_text("utf-8"), "What `maps check` holds to"
    )
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {rule for cell in cells for rule in re.findall(r"`([^`]+)`", cell)}
    assert named
    assert named - {fault.rule for fault in FAULTS} == set()


def test_one_version_everywhere():
    version = PROJECT["project"]["version"]
    assert f"version: {version}" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_dependency_is_pinned_and_nothing_else_is_named():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[\w.+]+", line)] == []
    pinned = {normal(line.split("==")[0]) for line in pins}
    extras = PROJECT["project"]["optional-dependencies"].values()
    asked = [*PROJECT["project"]["dependencies"], *(name for extra in extras for name in extra)]
    assert {normal(re.split(r"[<>=~!\[ ]", name)[0]) for name in asked} - pinned == set()


def test_every_package_the_program_imports_is_named_as_a_dependency():
    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    named = [*project["dependencies"], *extras["mp4"], *extras["postgis"], *extras["cluster"]]
    declared = {normal(re.split(r"[<>=~!\[ ]", name)[0]) for name in named}
    of_module = packages_distributions()
    packages = {
        module: {normal(package) for package in of_module.get(module, ())} for module in imported()
    }
    assert {module for module, found in packages.items() if not found & declared} == set()


def imported() -> set[str]:
    """Give the first names of what is imported below src, lazily too, but not the standard's."""
    names = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add((node.module or "").partition(".")[0])
    return names - sys.stdlib_module_names - {"maps"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
