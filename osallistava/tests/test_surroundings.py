"""What the tests themselves stand on."""

import socket

import pytest
import pytest_socket
from django.core.cache import cache


def test_the_network_is_closed() -> None:
    refusal = (pytest_socket.SocketConnectBlockedError, UserWarning)  # it warns first, and warnings are errors
    with socket.socket() as there, pytest.raises(refusal, match=r"192\.0\.2\.1"):
        there.connect(("192.0.2.1", 80))


def test_the_cache_is_empty_for_each_test_1() -> None:
    assert cache.add("seen", 1)


def test_the_cache_is_empty_for_each_test_2() -> None:
    assert cache.add("seen", 1)
