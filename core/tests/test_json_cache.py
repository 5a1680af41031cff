"""What is cached is read as data only: a pickle in Redis is somebody's program."""

import os
import pickle
from collections.abc import Iterator

import pytest
from django.core.cache.backends.redis import RedisCache

from osallistava.settings import CACHES


@pytest.fixture
def cache() -> Iterator[RedisCache]:
    given = CACHES["default"]
    found = RedisCache(os.environ["CACHE_URL"], {"KEY_PREFIX": f"test-{os.getpid()}", "OPTIONS": given["OPTIONS"]})
    yield found
    found.delete("x")


@pytest.mark.parametrize("value", ["y", 7, 1.5, True, None, [1542106800.25], {"done": 3, "declared": None}, "ä"])
def test_what_the_program_keeps_comes_back(cache: RedisCache, value: object) -> None:
    cache.set("x", value)
    assert cache.get("x", "missing") == value
    assert type(cache.get("x")) is type(value)


def test_numbers_count(cache: RedisCache) -> None:
    cache.add("x", 1)
    assert cache.incr("x") == 2


def test_what_is_no_json_is_refused(cache: RedisCache) -> None:
    with pytest.raises(TypeError):
        cache.set("x", object())


def test_a_pickle_is_never_opened(cache: RedisCache) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return pytest.fail, ("the pickle was opened",)

    client = cache._cache.get_client(None, write=True)
    client.set(cache.make_and_validate_key("x"), pickle.dumps(Trap()))
    with pytest.raises(ValueError, match=r"(?i)json|expecting|decode"):
        cache.get("x")
