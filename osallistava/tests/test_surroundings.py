"""What the tests themselves stand on."""

import socket

import pytest
import pytest_socket
from django.core.cache import cache


def test_the_network_is_closed() -> None:
    with socket.socket() as there, pytest.raises(pytest_socket.SocketConnectBlockedError):
        there.connect(("192.0.2.1", 80))


def test_the_cache_is_empty_for_each_test_1() -> None:
    assert cache.add("seen", 1)


def test_the_cache_is_empty_for_each_test_2() -> None:
    assert cache.add("seen", 1)
