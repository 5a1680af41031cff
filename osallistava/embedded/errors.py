class CannotStart(Exception):
    """The servers cannot be started; the text says why, and what to do, to the person at the terminal."""
