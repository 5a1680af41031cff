"""The settings of a process that works beside a test: with the test's time, from its start on (`testing.worker`)."""

import os

from osallistava.settings import *  # noqa: F403
from testing.clock import start_at

start_at(os.environ["TEST_MOMENT"])
