"""How long it took to contact somebody, and to reach them."""

import datetime

from accounts.models import User
from cases.models import MatterKind
from core.periods import Period
from municipalities.models import Municipality
from reports.figures.question import Question
from reports.tests.asking import build, numbers_of, rows_of
from reports.tests.making import make_contact
from testing.factories import make_client, make_matter

OCTOBER = Period.parse("2018-10", "2018-10")
DAY = datetime.date(2018, 10, 12)
NEED = MatterKind.SOCIAL_WORK_NEED


def test_days_to_the_first_contact_and_to_the_first_that_reached(kuopio: Municipality, aino: User) -> None:
    """Friday the 12th to Monday is one working day; a contact of another matter is none of this one."""
    made = [make_matter(make_client(kuopio), NEED, DAY) for _ in range(4)]
    for days, matter in zip((0, 3, 5), made, strict=False):
        make_contact(matter, aino, DAY + datetime.timedelta(days=days))
    make_contact(made[0], aino, DAY + datetime.timedelta(days=6), "reached")
    question = Question(kuopio, OCTOBER)
    first, reached = (
        build("first_contact", question),
        build("first_reached", question),
    )
    assert numbers_of(first, NEED) == (3, 4)
    assert first.total
    assert first.total.spread
    assert (first.total.spread.low, first.total.spread.median, first.total.spread.high) == (0, 1, 3)
    assert numbers_of(reached, NEED) == (1, 4)
    assert rows_of("first_contact", f"{NEED}.none", question).get() == made[3]
    assert rows_of("first_reached", f"{NEED}.none", question).count() == 3
