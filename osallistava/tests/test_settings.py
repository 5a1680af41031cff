"""Secure unless told otherwise: what is missing or unsafe stops the start and is named."""

import base64
import os
import runpy
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client as Browser
from django.urls import get_resolver

from osallistava.tests.conftest import ROOT

Program = Callable[..., "subprocess.CompletedProcess[str]"]
KEY = base64.b64encode(bytes(range(32))).decode()
PRODUCTION = {
    "DATABASE_URL": "postgres://osallistava_app:secret@db.example/osallistava?sslmode=verify-full",
    "BROKER_URL": "rediss://:secret@broker.example/0",
    "SECRET_KEY": "Qx7-fL2vZr9_kTn4Wb8yHs1Jd6Mg3Pc5Ra0Uo" * 2,
    "FIELD_KEYS": f"2026:{KEY}",
    "INDEX_KEY": KEY,
    "ALLOWED_HOSTS": "osallistava.example",
}


@pytest.fixture
def production(bare_environment: None, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def read_settings() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "osallistava" / "settings.py"))


@pytest.mark.parametrize("name", PRODUCTION)
def test_a_missing_setting_stops_the_start_and_is_named(production: pytest.MonkeyPatch, name: str) -> None:
    production.delenv(name)
    with pytest.raises(ImproperlyConfigured, match=f"^{name} is not set. Give "):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is too short"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS may not hold"),
        ("DATABASE_URL", "sqlite:///db.sqlite3", "DATABASE_URL must name a PostgreSQL server"),
        ("DATABASE_OWNER_URL", "mysql://owner:x@db.example/osallistava", "DATABASE_OWNER_URL must name a PostgreSQL"),
        ("SECOND_FACTOR_REQUIRED", "false", "SECOND_FACTOR_REQUIRED may be off only in the demo"),
        ("FIELD_KEYS", "2026:c2hvcnQ=", "FIELD_KEYS"),
        ("FIELD_KEYS", KEY, "FIELD_KEYS"),
        ("FIELD_KEYS", f"1:{KEY},1:{KEY}", "FIELD_KEYS"),
        ("INDEX_KEY", "not base64", "INDEX_KEY"),
        ("DATABASE_URL", "postgres://app:x@db.example/osallistava", "DATABASE_URL reaches .* without TLS.*sslmode"),
        ("DATABASE_URL", "postgres://app:x@db.example/o?sslmode=prefer", "DATABASE_URL reaches .* without TLS"),
        ("DATABASE_OWNER_URL", "postgres://o:x@10.0.0.5/osallistava", "DATABASE_OWNER_URL reaches .* without TLS"),
        ("BROKER_URL", "redis://broker.example/0", "BROKER_URL names a Redis at broker.example without a password"),
        ("CACHE_URL", "rediss://10.0.0.6/1", "CACHE_URL names a Redis at 10.0.0.6 without a password"),
        ("DEMO", "true", "DEMO is set together with DATABASE_URL.*remove DEMO"),
        ("DEBUG", "true", "DEBUG is set together with DATABASE_URL.*remove DEBUG"),
        ("DATABASE_STATEMENT_TIMEOUT", "10s", "DATABASE_STATEMENT_TIMEOUT is 10s. Give whole seconds"),
        ("DATABASE_LOCK_TIMEOUT", "10", "DATABASE_LOCK_TIMEOUT must be shorter than DATABASE_STATEMENT_TIMEOUT"),
    ],
)
def test_an_unsafe_setting_stops_the_start_and_is_named(
    production: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    production.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=f"^{said}"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://app:x@localhost/osallistava"),
        ("DATABASE_URL", "postgres://app:x@%2Fvar%2Frun%2Fpostgresql/osallistava"),
        ("DATABASE_URL", "postgres://app:x@db.example/osallistava?sslmode=require"),
        ("BROKER_URL", "redis://127.0.0.1:6379/0"),
        ("BROKER_URL", "redis+socket:///run/redis.sock?virtual_host=0"),
        ("CACHE_URL", "unix:///run/redis.sock?db=1"),
    ],
)
def test_servers_behind_a_socket_on_this_machine_or_a_password_are_taken(
    production: pytest.MonkeyPatch, name: str, value: str
) -> None:
    production.setenv(name, value)
    read_settings()


def test_a_private_network_is_an_exception_that_one_names(production: pytest.MonkeyPatch) -> None:
    production.setenv("DATABASE_URL", "postgres://app:x@db.example/osallistava")
    production.setenv("BROKER_URL", "redis://broker.example/0")
    production.setenv("PRIVATE_NETWORK", "true")
    read_settings()


def test_the_demo_runs_on_the_servers_of_its_own(production: pytest.MonkeyPatch, tmp_path: Path) -> None:
    production.setenv("DATA_DIR", str(tmp_path))
    production.setenv("DATABASE_URL", f"postgres://app:x@{quote(str(tmp_path / 'run'), safe='')}/osallistava")
    production.setenv("DEMO", "true")
    assert read_settings()["DEMO"] is True


def test_without_the_demo_transport_is_encrypted_and_a_second_factor_is_required(
    production: pytest.MonkeyPatch,
) -> None:
    given = read_settings()
    assert given["SESSION_COOKIE_SECURE"] is given["CSRF_COOKIE_SECURE"] is given["SECURE_SSL_REDIRECT"] is True
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        assert given[f"{cookie}_COOKIE_NAME"].startswith("__Host-"), "no neighbouring host can set it"
        assert given[f"{cookie}_COOKIE_SECURE"] is True
    assert given["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert given["SECOND_FACTOR_REQUIRED"] is True
    assert given["DEBUG"] is given["DEMO"] is False
    assert given["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_a_socket_folder_in_the_url_is_read(production: pytest.MonkeyPatch) -> None:
    production.setenv("DATABASE_URL", "postgres://app:p%2Fw%25@%2Fvar%2Frun%2Fpostgresql/osallistava")
    database = read_settings()["DATABASES"]["default"]
    assert (database["HOST"], database["PASSWORD"]) == ("/var/run/postgresql", "p/w%")


def test_reading_the_settings_starts_nothing_and_makes_no_folder(data_dir: Path) -> None:
    with pytest.raises(ImproperlyConfigured):
        read_settings()
    assert not data_dir.exists()


def test_the_program_says_what_is_missing_in_one_line(program: Program) -> None:
    result = program("manage.py", "check", **{**PRODUCTION, "FIELD_KEYS": ""})
    assert result.returncode == 1
    assert result.stderr.startswith("FIELD_KEYS is not set. Give id:base64 pairs")
    assert "Traceback" not in result.stderr


def test_the_deployment_check_finds_what_does_not_answer_and_is_not_there(program: Program, tmp_path: Path) -> None:
    """That it is clean where all is as it should be stands in test_real_server."""
    nowhere = {
        "DATABASE_URL": "postgres://app:x@127.0.0.1:9/osallistava",
        "BROKER_URL": "redis://127.0.0.1:9/0",
        "DATA_DIR": str(tmp_path),
        "ETOTU_INBOX": str(tmp_path / "none"),
    }
    result = program("manage.py", "check", "--deploy", **PRODUCTION | nowhere)
    assert result.returncode == 1
    for name in ("static", "inbox", "broker", "cache", "database", "mail"):
        assert f"(osallistava.{name})" in result.stderr
    for name in ("DATABASE_URL", "BROKER_URL", "CACHE_URL", "ETOTU_INBOX", "collectstatic", "EMAIL_URL"):
        assert name in result.stderr


def test_asking_for_help_starts_no_server(program: Program, data_dir: Path) -> None:
    result = program("manage.py", "migrate", "--help", DATA_DIR=str(data_dir))
    assert result.returncode == 0, result.stderr
    assert not (data_dir / "postgres").exists()


def test_there_is_no_admin_site() -> None:
    """It is a door past the fences."""
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert "admin" not in {str(name) for name in get_resolver().app_dict}


@pytest.mark.django_db
def test_pages_carry_a_strict_content_security_policy() -> None:
    response = Browser().get("/", follow=True)
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert os.environ["DATABASE_URL"] not in response.content.decode()
