"""The clock of the pages: in a browser too it is the time of the test, and it stands still. Timers run as ever."""

from typing import TYPE_CHECKING

from testing.clock import now, time_is_real

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

# Less than Playwright's own clock, which puts its own timers in the place of the browser's.
STILL = """
globalThis.Date = new Proxy(Date, {
  construct: (date, parts, of) => Reflect.construct(date, parts.length ? parts : [MOMENT], of),
  apply: (date) => new date(MOMENT).toString(),
  get: (date, name) => (name === "now" ? () => MOMENT : Reflect.get(date, name)),
});
"""


def keep_time(context: "BrowserContext") -> None:
    """What opens in this window has the time that it is now."""
    if not time_is_real():
        moment = int(now().timestamp() * 1000)
        context.add_init_script(STILL.replace("MOMENT", str(moment)))
