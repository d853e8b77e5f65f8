"""One planted fault a test: each is found, at its place, and nothing else is."""

import pytest

from data import faults_in_files, faults_in_meaning, faults_in_neutrality, faults_in_tables
from maps.atlas.assemble import build_atlas
from maps.atlas.check import check_tables, find_faults
from maps.atlas.load import load_tables

FAULTS = [
    *faults_in_tables.FILES,
    *faults_in_tables.COLUMNS,
    *faults_in_tables.REFERENCES,
    *faults_in_tables.DAYS,
    *faults_in_meaning.GEOGRAPHY,
    *faults_in_meaning.PARTS,
    *faults_in_meaning.STATEMENTS,
    *faults_in_meaning.CHARACTERS,
    *faults_in_meaning.LISTS_AND_LINKS,
    *faults_in_meaning.WORDS_AND_EVIDENCE,
    *faults_in_meaning.SETTINGS_AND_ORIGINS,
    *faults_in_meaning.PACKAGE,
    *faults_in_neutrality.CONTESTED,
    *faults_in_neutrality.STORIES,
    *faults_in_neutrality.SIDES,
    *faults_in_neutrality.LAW,
    *faults_in_neutrality.BALANCE,
    *faults_in_neutrality.MAIN_WORK,
    *faults_in_neutrality.CATALOGUES,
    *faults_in_neutrality.WORDS,
    *faults_in_neutrality.NAMES,
]


def test_the_invented_atlas_has_no_problem(two_islands):
    assert check_tables(load_tables(two_islands)) == []


@pytest.mark.slow
@pytest.mark.parametrize("fault", [pytest.param(fault, id=fault.name) for fault in FAULTS])
def test_a_planted_fault_is_found_where_it_is(fault, atlas_copy):
    fault.plant(atlas_copy)
    tables = load_tables(atlas_copy)
    problems = check_tables(tables)
    told = "\n".join(map(str, problems))
    assert (fault.file, fault.row, fault.field) in {(p.file, p.row, p.field) for p in problems}, (
        told
    )
    assert {problem.rule for problem in problems} == {fault.rule}, told
    if not find_faults(tables):
        build_atlas(tables, "fr")  # what opens without a problem can be built


@pytest.mark.parametrize(
    "fault", [pytest.param(fault, id=fault.name) for fault in faults_in_files.FAULTS]
)
def test_what_nothing_further_on_could_take_is_found_when_an_atlas_is_opened(fault, atlas_copy):
    fault.plant(atlas_copy)
    problems = find_faults(load_tables(atlas_copy))
    told = "\n".join(map(str, problems))
    assert (fault.file, fault.row, fault.field, fault.rule) in {
        (p.file, p.row, p.field, p.rule) for p in problems
    }, told


def test_an_empty_folder_is_answered_with_every_file_that_is_missing(tmp_path):
    problems = check_tables(load_tables(tmp_path))
    assert {problem.rule for problem in problems} == {"file-missing"}
    assert "regions.csv" in {problem.file for problem in problems}
