"""An atlas in a database is the atlas of the folder: same files, days and problems."""

import shutil
from itertools import count

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

import maps
from data import faults_in_meaning, faults_in_tables
from maps.atlas.check import check_tables
from maps.atlas.load import database as store
from maps.atlas.load import default_atlas_folder, fill_database, load_tables
from maps.cli import main
from maps.errors import AtlasInvalid, DatabaseUnusable
from maps.ui.opening import opened
from postgres import running_server

# What a table cannot hold, as two columns of one name, is refused on the way in.
PLANTED = [
    *faults_in_tables.COLUMNS,
    *faults_in_tables.REFERENCES,
    *faults_in_tables.DAYS,
    *faults_in_meaning.GEOGRAPHY,
    *faults_in_meaning.STATEMENTS,
    *faults_in_meaning.LISTS_AND_LINKS,
]
FAULTS = {fault.rule: fault for fault in PLANTED}.values()  # one a rule: each fills a database


@pytest.fixture(scope="module")
def server():
    with running_server() as ending:
        yield ending


@pytest.fixture(scope="module")
def numbers():
    return count()


@pytest.fixture
def database(server, numbers):
    """The address of a new, empty database."""
    name = f"atlas {next(numbers)} Ҡарабах"  # names have letters of every kind
    with psycopg.connect(f"postgresql://editor@/postgres{server}", autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    return f"postgresql://editor:secret@/{name.replace(' ', '%20')}{server}"


def run(address, *statements):
    with psycopg.connect(address) as connection:
        for statement in statements:
            connection.execute(statement)


def forget_files_as_loaded(address):
    """Leave only what is in the tables, as if an editor had touched each of them."""
    run(address, "UPDATE atlas.files SET rows_sha256 = '' WHERE in_table IS NOT NULL")


def printed(capsys, *words):
    code = main(list(words))
    out, err = capsys.readouterr()
    assert code == 0, err
    return out


@pytest.mark.parametrize("which", ["shipped", "invented"])
def test_an_atlas_comes_back_as_the_files_it_was_loaded_from(which, database, two_islands, capsys):
    folder = default_atlas_folder() if which == "shipped" else two_islands
    printed(capsys, "load", str(folder), database)
    before, after = load_tables(folder), load_tables(database)
    assert after.digest == before.digest
    assert after.files == before.files
    assert check_tables(after) == check_tables(before) == []


@pytest.mark.parametrize(
    ("which", "days"),
    [("shipped", ("1919-08-22", "1994-05-12", "2020-11-25")), ("invented", ("1950-06-01",))],
)
def test_the_tables_alone_give_the_same_days(which, days, database, two_islands, capsys):
    folder = default_atlas_folder() if which == "shipped" else two_islands
    fill_database(folder, database)
    forget_files_as_loaded(database)
    for words in (*(("show", day, "--format", "json") for day in days), ("areas",), ("sources",)):
        expected = printed(capsys, *words, "--atlas", str(folder))
        assert printed(capsys, *words, "--atlas", database) == expected


@pytest.mark.slow
@pytest.mark.parametrize("fault", [pytest.param(fault, id=fault.name) for fault in FAULTS])
def test_a_fault_is_told_in_the_words_of_the_folder(fault, database, atlas_copy):
    fault.plant(atlas_copy)
    found = load_tables(atlas_copy)
    if found.problems:
        with pytest.raises(AtlasInvalid) as refusal:
            fill_database(atlas_copy, database)
        assert refusal.value.problems == found.problems
        return
    fill_database(atlas_copy, database)
    expected = check_tables(found)
    assert expected
    assert check_tables(load_tables(database)) == expected
    forget_files_as_loaded(database)
    assert check_tables(load_tables(database)) == expected


def test_an_edit_is_told_with_its_table_and_row(database, two_islands):
    fill_database(two_islands, database)
    run(database, "UPDATE atlas.events SET edtf = 'soon' WHERE row_number = 3")
    (problem,) = check_tables(load_tables(database))
    assert (problem.file, problem.row, problem.field) == ("events.csv", 3, "edtf")


def test_an_edit_is_seen_by_python_and_by_the_page(database, two_islands):
    fill_database(two_islands, database)
    atlas = maps.open(database)
    assert atlas.check() == []
    first = opened(database, "en").atlas
    assert opened(database, "en").atlas is first
    id = next(iter(first.regions))
    run(
        database,
        "UPDATE atlas.boundaries_isles SET geometry = ST_Translate(geometry, 0.01, 0)",
        "UPDATE atlas.boundaries_shires SET geometry = ST_Translate(geometry, 0.01, 0)",
        "UPDATE atlas.boundaries_control SET geometry = ST_Translate(geometry, 0.01, 0)",
    )
    second = opened(database, "en").atlas
    assert second.digest != first.digest
    assert id in second.regions


def test_a_day_with_relief_is_printed_from_a_database(database, tmp_path, capsys):
    fill_database(default_atlas_folder(), database)
    for number, place in enumerate((database, str(default_atlas_folder()))):
        printed(
            capsys, "export", "1994-05-12", "-o", str(tmp_path / f"{number}.png"),
            "--atlas", place, "--dpi", "72",
        )  # fmt: skip
    assert (tmp_path / "0.png").read_bytes() == (tmp_path / "1.png").read_bytes()


def test_layers_with_odd_names_come_back(database, atlas_copy):
    odd = 'Grenzen "1900"; – Ҡ'
    shutil.copy(atlas_copy / "boundaries/isles.geojson", atlas_copy / f"boundaries/{odd}.geojson")
    fill_database(atlas_copy, database)
    forget_files_as_loaded(database)
    found = load_tables(database)
    assert f"boundaries/{odd}.geojson" in found.layer_files
    assert check_tables(found) == check_tables(load_tables(atlas_copy))


def test_a_second_atlas_needs_to_be_asked_for(database, two_islands, capsys):
    fill_database(default_atlas_folder(), database)
    assert "--replace" in refused(capsys, "load", str(two_islands), database)
    printed(capsys, "load", str(two_islands), database, "--replace")
    assert load_tables(database).digest == load_tables(two_islands).digest


def refused(capsys, *words):
    assert main(list(words)) != 0
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "secret" not in said
    assert "fault in maps itself" not in said
    return said


def test_nothing_is_left_of_a_load_that_fails(database, atlas_copy, capsys):
    column = "note" * 16  # a byte longer than a name may be
    regions = atlas_copy / "text/en.csv"  # comes last
    rows = regions.read_text("utf-8").splitlines()
    rows[0] += f",{column}"
    regions.write_text("\n".join([rows[0], *(f"{row}," for row in rows[1:])]) + "\n", "utf-8")
    assert column in refused(capsys, "load", str(atlas_copy), database)
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT to_regnamespace('atlas')").fetchone() == (None,)


def test_what_cannot_be_read_is_not_loaded(database, atlas_copy, capsys):
    (atlas_copy / "regions.csv").write_text('id,"', "utf-8")
    assert "regions.csv" in refused(capsys, "load", str(atlas_copy), database)


def test_an_address_where_nothing_answers_is_one_line(capsys):
    said = refused(capsys, "show", "1950-06-01", "--atlas", "postgresql://me:secret@127.0.0.1:1/x")
    assert "postgresql://127.0.0.1:1/x: connection" in said
    with pytest.raises(DatabaseUnusable):
        maps.open("postgresql://me:secret@127.0.0.1:1/x?password=secret")


def test_a_database_without_an_atlas_says_how_to_fill_it(database, capsys):
    assert "maps load" in refused(capsys, "check", "--atlas", database)


def test_a_server_without_postgis_is_one_line(database, two_islands, monkeypatch, capsys):
    # The server of the tests has it; a view in its place hides it, as PostgreSQL lists it there.
    run(
        database,
        "CREATE SCHEMA hiding",
        "CREATE VIEW hiding.pg_available_extensions AS "
        "SELECT * FROM pg_catalog.pg_available_extensions WHERE name <> 'postgis'",
    )
    monkeypatch.setenv("PGOPTIONS", "-c search_path=hiding,pg_catalog,public")
    assert "PostGIS" in refused(capsys, "load", str(two_islands), database)


def test_a_missing_table_is_a_problem_of_its_file(database, two_islands):
    fill_database(two_islands, database)
    run(database, "DROP TABLE atlas.events")
    problems = {str(problem) for problem in check_tables(load_tables(database))}
    assert any(p.startswith("events.csv: is missing: no table atlas.events") for p in problems)


def test_who_may_not_read_is_told_what_to_grant(database, two_islands, capsys):
    fill_database(two_islands, database)
    run(database, "DROP ROLE IF EXISTS guest", "CREATE ROLE guest LOGIN")
    guest = database.replace("editor:secret@", "guest@")
    assert "grant" in refused(capsys, "check", "--atlas", guest)
    run(
        database,
        "GRANT USAGE ON SCHEMA atlas TO guest",
        "GRANT SELECT ON ALL TABLES IN SCHEMA atlas TO guest",
        "REVOKE SELECT ON atlas.regions FROM guest",
    )
    (problem, *_) = load_tables(guest).problems
    assert (problem.file, problem.rule) == ("regions.csv", "file-unreadable")
    run(database, "GRANT SELECT ON atlas.regions TO guest")
    assert check_tables(load_tables(guest)) == []
    assert "owner" in refused(capsys, "load", str(two_islands), guest, "--replace")
    assert check_tables(load_tables(guest)) == []
    run(database, "DROP OWNED BY guest", "DROP ROLE guest")


def test_an_edit_while_tables_are_read_is_seen_whole_or_not_at_all(
    database, two_islands, monkeypatch
):
    """Both ids of a renamed region change in one transaction, between two tables read."""
    fill_database(two_islands, database)
    before = load_tables(database).digest
    read = store._written
    edited = []

    def edit_after_the_first(connection, file, table):
        found = read(connection, file, table)
        if not edited:
            edited.append(table)
            run(database, "DELETE FROM atlas.events", "DELETE FROM atlas.statuses")
        return found

    monkeypatch.setattr(store, "_written", edit_after_the_first)
    assert load_tables(database).digest == before
    assert load_tables(database).digest != before


def test_hostile_names_in_the_table_of_files_reach_no_other_file(database, two_islands):
    fill_database(two_islands, database)
    run(
        database,
        "UPDATE atlas.files SET content = jsonb_set(content::jsonb, '{relief}', "
        "'\"../../../../x.png\"')::text WHERE file = 'basemap/basemap.json'",
        "INSERT INTO atlas.files VALUES ('basemap/../../../../x.png', NULL, 'no picture')",
    )
    (problem, *_) = load_tables(database).problems
    assert problem.rule == "file-outside"
