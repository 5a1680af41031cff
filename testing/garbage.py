"""Less work for Python's collector: what was imported stays to the end of the run, and a test makes little rubbish."""

import gc

# Python's own 700 go through young objects at every few lines of a template
YOUNG = 20_000


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
