"""Work in parts on a cluster: a real scheduler of dask and real worker processes."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest
from distributed import Client, LocalCluster

from kit import SITE
from maps import tasks
from maps.atlas.assemble import open_atlas
from maps.cli import main
from maps.film import film_bytes
from maps.map.tiles import tiles_of
from maps.publish import site_files
from maps.tasks import spread

pytestmark = pytest.mark.slow
NOBODY = "tcp://127.0.0.1:9"  # the port where everything is discarded


def cluster_of(workers: int) -> LocalCluster:
    return LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0"
    )  # fmt: skip


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster of two worker processes."""
    with cluster_of(2) as cluster:
        yield cluster.scheduler_address


def told(capsys, *words):
    """Run a command that fails; give the one line it says."""
    assert main(list(words)) == 1
    (line,) = capsys.readouterr().err.splitlines()
    return line


def test_tiles_of_a_cluster_are_those_made_here(scheduler, shipped_atlas):
    with spread(scheduler) as each:
        assert tiles_of(shipped_atlas.boundaries, each=each) == tiles_of(shipped_atlas.boundaries)


def test_a_site_in_two_languages_is_the_one_made_here(scheduler, two_islands, addressed_site):
    atlases = {lang: open_atlas(two_islands, lang) for lang in ("en", "fr")}
    with spread(scheduler) as each:
        assert site_files(atlases, SITE, each=each) == addressed_site


def test_a_film_is_the_one_made_here_and_its_progress_is_told(scheduler, islands_atlas):
    wish = {"mode": "control", "width": 640, "fmt": "gif"}
    progress = []
    with spread(scheduler) as each:
        made = film_bytes(
            islands_atlas, **wish, each=each, progress=lambda *told: progress.append(told)
        )
    assert made == film_bytes(islands_atlas, **wish)
    assert progress == [(done, len(progress) - 1) for done in range(len(progress))]


def test_each_day_of_change_gets_a_sheet_the_same_as_made_here(scheduler, two_islands, tmp_path):
    for folder, words in (("here", []), ("there", ["--scheduler", scheduler])):
        (tmp_path / folder).mkdir()
        name = tmp_path / folder / "legal-{day}.png"
        wish = ["--dpi", "50", "--mode", "legal", "--atlas", str(two_islands), "-o", str(name)]
        assert main(["export", "1900-01-01", "1980-01-01", "--changes", *wish, *words]) == 0
    made = [
        {path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()}
        for folder in ("here", "there")
    ]
    assert made[0] == made[1]
    days = ("1950-06-01", "1960-03-15")  # its third day of change is after the last asked for
    assert sorted(made[0]) == [f"legal-{day}.png" for day in days]


def test_killed_workers_lose_nothing(scheduler, shipped_atlas):
    with Client(scheduler, set_as_default=False) as watching, spread(scheduler) as each:

        def killing(work, held, parts):
            made = each(work, held, parts)
            yield next(made)
            killed = watching.run(os.getpid)
            for process in killed.values():  # with all they were sent and had made
                os.kill(process, signal.SIGKILL)
            yield from made
            assert not set(killed) & set(watching.run(os.getpid))

        made = tiles_of(shipped_atlas.boundaries, each=killing)
    assert made == tiles_of(shipped_atlas.boundaries)


def test_a_part_that_ends_every_worker_is_one_clear_line(scheduler):
    with spread(scheduler) as each, pytest.raises(tasks.ClusterUnusable, match="memory enough"):
        list(each(exec, "import os; os._exit(1)", [{}]))


def test_a_fault_of_a_part_is_told_as_if_it_had_been_here(scheduler, two_islands, tmp_path, capsys):
    wish = ["--size", "1x1", "--atlas", str(two_islands), "-o", str(tmp_path / "{day}.png")]
    here = told(capsys, "export", "1960-03-15", *wish)
    assert told(capsys, "export", "1960-03-15", *wish, "--scheduler", scheduler) == here


def test_a_scheduler_lost_on_the_way_is_one_clear_line(shipped_atlas):
    with cluster_of(1) as cluster, spread(cluster.scheduler_address) as each:

        def losing(work, held, parts):
            made = each(work, held, parts)
            yield next(made)
            cluster.close()
            yield from made

        with pytest.raises(tasks.ClusterUnusable, match="the scheduler of the cluster was lost"):
            tiles_of(shipped_atlas.boundaries, each=losing)


@pytest.mark.parametrize("address", [NOBODY, "tcp://", "the attic"])
def test_an_address_where_nobody_listens_is_one_clear_line(
    address, two_islands, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(tasks, "_ANSWERS_WITHIN_S", 1)
    words = ("publish", str(tmp_path / "site"), "--atlas", str(two_islands))
    said = told(capsys, *words, "--scheduler", address)
    assert said == (
        f"maps: {address}: no scheduler of dask answers there; "
        "`dask scheduler` starts one and says its address"
    )
    assert not (tmp_path / "site").exists()


def test_a_scheduler_without_workers_is_one_clear_line(two_islands, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(tasks, "_WORKERS_WITHIN_S", 0.1)
    with cluster_of(0) as cluster:
        address = cluster.scheduler_address
        words = ("animate", "-o", str(tmp_path / "film.gif"), "--atlas", str(two_islands))
        said = told(capsys, *words, "--scheduler", address)
    assert said == f"maps: {address}: has no workers; `dask worker {address}` starts one"


def test_workers_that_draw_with_another_version_are_refused(
    scheduler, two_islands, tmp_path, capsys, monkeypatch
):
    def newer(name):
        return "99" if name == "matplotlib" else installed(name)

    installed = tasks.version
    monkeypatch.setattr(tasks, "version", newer)
    words = ("animate", "-o", str(tmp_path / "film.gif"), "--atlas", str(two_islands))
    said = told(capsys, *words, "--scheduler", scheduler)
    assert f"has matplotlib {installed('matplotlib')}, here 99" in said


def test_a_missing_package_is_one_clear_line(two_islands, tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    words = ("animate", "-o", str(tmp_path / "film.gif"), "--atlas", str(two_islands))
    assert told(capsys, *words, "--scheduler", NOBODY) == (
        "maps: work is shared out by distributed; install border-accounts[cluster]"
    )


def test_one_file_is_not_shared_out(two_islands, tmp_path, capsys):
    words = ("export", "1960-03-15", "-o", str(tmp_path / "day.png"), "--atlas", str(two_islands))
    for option in (["--changes"], ["--scheduler", NOBODY]):
        assert main([*words, *option]) == 2
        assert "write {day} into the name after -o" in capsys.readouterr().err
