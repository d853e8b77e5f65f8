"""Every command in the documents runs or says why not; every link and address leads somewhere."""

import csv
import re
import shlex
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name
from urllib.parse import parse_qsl, urlsplit

import pytest
from typer.main import get_command

from docs.test_documents import ROOT
from maps.cli import app, main
from maps.ui.state import query_of, read_view

FOLDERS = (".", "docs", "docs/decisions", "benchmarks", "geodata", "examples/*")
TEXTS = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for folder in FOLDERS
    for path in sorted(ROOT.glob(f"{folder}/*.md"))
}
OF_TODAY = sorted(set(TEXTS) - {"CHANGELOG.md"})  # that one tells of files of its time
ENGLISH = ROOT / "src/maps/words/locale/en.toml"
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")

FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.M | re.S)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
IN_ORDER = {"docs/your-own-atlas.md"}  # its commands build on each other: see test_own_atlas.py
NOT_RUN = {
    "make run": "serves until it is stopped; the tests in tests/browser start the same server",
    "maps serve --atlas examples/czechoslovakia": "the same; test_own_atlas.py serves an atlas",
    "maps translate ru": "writes into this checkout; test_translations.py writes into a copy",
    "maps check": "`make test` runs it before the tests",
    "maps serve --atlas examples/first-ascents": "the same",
    "maps serve --atlas examples/long-ago": "the same",
    "pip install '.[postgis]'": "installs what make test has installed",
    **dict.fromkeys(
        (
            "maps serve --port 8501 --origin https://maps.example.org",
            "maps serve --port 8502 --origin https://maps.example.org",
        ),
        "serve until they are stopped; test_deploy.py starts both behind the nginx of the page",
    ),
    "pip install '.[cluster]'": "the same",
    **dict.fromkeys(
        (
            "dask scheduler --port 8786",
            "dask worker tcp://scheduler.example.org:8786 --nworkers auto --nthreads 1",
            "maps publish site --tiles --scheduler tcp://scheduler.example.org:8786",
        ),
        "want a machine; test_tasks.py starts a scheduler and workers of its own",
    ),
    **dict.fromkeys(
        (
            "maps load my-atlas postgresql://editor@db.example.org/karabakh",
            "maps check --atlas postgresql://editor@db.example.org/karabakh",
            "maps serve --atlas postgresql://editor@db.example.org/karabakh",
        ),
        "asks somebody's database; tests/data/test_database.py has one of its own",
    ),
    "make test": "runs this test",
}

ADDRESS = re.compile(r"(?:http://127\.0\.0\.1:8501/|(?<=`))\?([a-z0-9]+=[^\s`)\"]+)")
LINK = re.compile(r"\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
OUTSIDE = re.compile(r"https?://[^\s<>()\"`|\]]+")
FILE = re.compile(
    r"(?:src|tests|docs|geodata|examples|benchmarks)/[\w./-]*\w|[\w./-]+/\w+\.(?:py|js|css)"
)
NAME = re.compile(r"maps(?:\.\w+)+")


def in_blocks(text: str) -> Iterator[str]:
    """Give the commands in the blocks for a shell; a block without a language may hold some."""
    for language, block in FENCE.findall(text):
        lines = [line.partition("  #")[0].strip() for line in block.splitlines()]
        if language == "sh":
            yield from filter(None, lines)
        elif not language:
            yield from (line for line in lines if re.match(r"(maps|make|pip|python) ", line))


def in_sentences(text: str, program: str) -> Iterator[list[str]]:
    """Give the words after the name of a program, for each code in the text that begins with it."""
    for code in INLINE.findall(FENCE.sub("", text)):
        if re.match(rf"(\S+/)?{program} ", code):
            yield shlex.split(code)[1:]


BLOCKS = sorted({c for n, text in TEXTS.items() if n not in IN_ORDER for c in in_blocks(text)})


def test_what_is_not_run_is_still_in_the_documents():
    assert set(NOT_RUN) <= set(BLOCKS)


@pytest.mark.slow
@pytest.mark.parametrize("command", [each for each in BLOCKS if each not in NOT_RUN])
def test_a_command_of_the_documents_runs(command: str, tmp_path: Path, monkeypatch):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    program, *words = shlex.split(command)
    assert program == "maps", "say how it is run here, or in NOT_RUN why not"
    assert main(words) == 0


@pytest.mark.parametrize("name", TEXTS)
def test_a_command_named_in_a_sentence_is_there_with_its_options(name: str):
    known = get_command(app).commands
    for words in in_sentences(TEXTS[name], "maps"):
        command = known[words[0]]
        parts = [command, *getattr(command, "commands", {}).values()]
        options = {o for part in parts for parameter in part.params for o in parameter.opts}
        asked = {word for word in words if re.match("--?[a-z]", word)}
        assert asked <= options | {"--help"}, words
    for words in in_sentences(TEXTS[name], "make"):
        for target in (word for word in words if "=" not in word):
            assert re.search(rf"^{target}:", MAKEFILE, re.M), words
    for words in in_sentences(TEXTS[name], "python"):
        assert all((ROOT / word).exists() for word in words if word.endswith(".py")), words


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if "```python" in text])
def test_the_python_of_a_document_runs(name: str):
    for language, block in FENCE.findall(TEXTS[name]):
        if language == "python":
            exec(compile(block, name, "exec"), {})


def slugs(text: str) -> set[str]:
    """Give the anchors of a document's headings, as GitHub makes them."""
    found: Counter[str] = Counter()
    anchors = set()
    for heading in re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.M):
        plain = re.sub(r"\]\([^)]*\)", "", heading)
        slug = re.sub(r"[^\w\- ]", "", plain.strip().lower()).replace(" ", "-")
        anchors.add(f"{slug}-{found[slug]}" if found[slug] else slug)
        found[slug] += 1
    return anchors


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_to_a_file_and_a_heading_in_it(name: str):
    folder, lost = (ROOT / name).parent, []
    for link in LINK.findall(FENCE.sub("", TEXTS[name])):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = folder / path if path else ROOT / name
        if not target.exists() or (anchor and anchor not in slugs(target.read_text("utf-8"))):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("name", TEXTS)
def test_addresses_outside_are_well_formed(name: str):
    for address in OUTSIDE.findall(TEXTS[name]):
        parts = urlsplit(address.rstrip(".,;:"))
        host = parts.hostname or ""
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host), address


@pytest.mark.parametrize("name", OF_TODAY)
def test_files_named_in_a_document_are_there(name: str):
    named = [code for code in INLINE.findall(TEXTS[name]) if FILE.fullmatch(code)]
    roots = ((ROOT / name).parent, ROOT, ROOT / "src" / "maps", ROOT / "geodata")
    assert [path for path in named if not any((root / path).exists() for root in roots)] == []


@pytest.mark.parametrize("name", OF_TODAY)
def test_names_of_the_program_in_a_document_are_there(name: str):
    for code in filter(NAME.fullmatch, INLINE.findall(TEXTS[name])):
        assert resolve_name(code), code


@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if ADDRESS.search(text)])
def test_the_page_opens_every_address_without_a_complaint(name: str, shipped_atlas):
    for text in ADDRESS.findall(TEXTS[name]):
        if "…" in text:
            continue
        query = dict(parse_qsl(text, strict_parsing=True))
        view, complaints = read_view(query, shipped_atlas)
        assert complaints == (), text
        assert set(query) <= set(query_of(view, shipped_atlas)), f"{text}: a name not known"


@pytest.mark.parametrize("name", ["docs/guide.md", "docs/lesson.md"])
def test_an_address_that_can_be_read_is_the_one_that_is_followed(name: str):
    shown = re.findall(r"\[`(\?[^`]+)`\]\(([^)]+)\)", TEXTS[name])
    assert shown
    assert [read for read, link in shown if not link.endswith("/" + read)] == []


def strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    else:
        yield str(value)


def test_the_tables_of_the_guide_use_the_words_of_the_page():
    known = set(strings(tomllib.loads(ENGLISH.read_text("utf-8"))))
    known |= {row[1] for row in csv.reader((ROOT / "geodata/text/en.csv").open(encoding="utf-8"))}
    rows = re.findall(r"^\| ([^|]+?) \|", TEXTS["docs/guide.md"], re.M)
    heads = {"mode", "words", "mark", "tab", "kind"}
    assert heads <= set(rows)
    assert [cell for cell in rows if cell not in known | heads] == []


@pytest.mark.parametrize("name", ["docs/guide.md", "docs/lesson.md"])
def test_a_quotation_stands_in_the_atlas_or_on_the_page(name: str):
    atlas = ROOT / "geodata"
    files = [ENGLISH, *atlas.glob("*.csv"), *atlas.glob("text/en.csv"), *atlas.glob("stories/*")]
    held = "\n".join(path.read_text("utf-8") for path in files).casefold()
    quoted = re.findall(r'"([^"\n]+)"', INLINE.sub("", TEXTS[name]))
    assert quoted
    assert [words for words in quoted if words.casefold() not in held] == []
