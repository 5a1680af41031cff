"""The data of the demo: invented people, and what could have been done with them in the last months."""

from desk.demo.accounts import accounts_text
from desk.demo.load import demo_is_here, load_demo
from desk.demo.scale import Scale

__all__ = ["Scale", "accounts_text", "demo_is_here", "load_demo"]
