"""Events told as sentences. Each app registers the words of its own kinds with `sentence_for` in `AppConfig.ready`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Event

Words = Callable[[Event], str]
USER_KEYS = ("to", "user", "before")


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its sentence and the name of its picture in static/icons.svg."""

    event: Event
    text: str
    picture: str


_writers: dict[str, tuple[Words, str | Callable[[Event], str]]] = {}


def sentence_for(kind: str, picture: str | Callable[[Event], str] = "doc") -> Callable[[Words], Words]:
    """Decorator: this function says what an event of `kind` was. `picture` is an icon, or chooses one by the event."""

    def register(words: Words) -> Words:
        _writers[kind] = (words, picture)
        return words

    return register


def is_told(kind: str) -> bool:
    """Whether somebody has words for events of this kind."""
    return kind in _writers


def sentence(event: Event) -> str:
    """What happened, as a sentence without its time; a kind that nobody has words for is told by its name."""
    writer = _writers.get(event.kind)
    return writer[0](event) if writer else f"{who(event)}: {event.kind}"


def sentences(events: Iterable[Event], known: Iterable[User | None] = ()) -> list[Told]:
    """All events told; the names of the people who are not `known` are read in one query."""
    events = list(events)
    names = {user.pk: user.name for user in known if user is not None}
    ids = {e.actor_id for e in events} | {e.data.get(key) for e in events for key in USER_KEYS}
    if unknown := [i for i in ids if isinstance(i, int) and i not in names]:
        names |= dict(User.objects.filter(pk__in=unknown).values_list("pk", "name"))
    for event in events:
        event._names = names  # type: ignore[attr-defined]
    return [Told(event, sentence(event), _picture(event)) for event in events]


def who(event: Event) -> str:
    """The actor's name; without an actor the program did it."""
    return name_of(event, event.actor_id) if event.actor_id else _("Osallistava")


def name_of(event: Event, user_id: int) -> str:
    """The name of a person that the event's data names by id."""
    names: dict[int, str] | None = getattr(event, "_names", None)
    if names is not None and user_id in names:
        return names[user_id]
    user = User.objects.filter(pk=user_id).first()
    return user.name if user else _("a former colleague")


def with_reason(text: str, event: Event, key: str = "reason") -> str:
    """The sentence, and in quotation marks the reason that the actor wrote."""
    reason = event.data.get(key)
    return _("%(text)s “%(reason)s”") % {"text": text, "reason": reason} if reason else text


def _picture(event: Event) -> str:
    picture = _writers[event.kind][1] if event.kind in _writers else "doc"
    return picture if isinstance(picture, str) else picture(event)
