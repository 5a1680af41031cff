"""Which outcomes close which kind of matter, and what each asks for (`domain.md`, Life of a matter)."""

from cases.models.matter import MatterKind, Outcome

# An application is decided even when the client is not reached, is already a client, or declines other help.
DECIDED = (
    Outcome.SUPPORT_GRANTED,
    Outcome.SUPPORT_REFUSED,
    Outcome.TRANSFERRED,
    Outcome.WRONG_OR_WITHDRAWN,
)
WORKED = (
    Outcome.PLAN_MADE,
    Outcome.ASSESSMENT_MADE,
    Outcome.MET_NO_NEED,
    Outcome.ALREADY_CLIENT,
    Outcome.OWN_COACH,
    Outcome.OUTREACH_YOUTH_WORK,
    Outcome.NOT_REACHED,
    Outcome.DECLINED,
    Outcome.TRANSFERRED,
    Outcome.WRONG_OR_WITHDRAWN,
)
# Outreach youth work is for the young (nuorisolaki): the other kind of unemployment is that of people over 25.
NOT_FOR_THE_YOUNG = tuple(outcome for outcome in WORKED if outcome != Outcome.OUTREACH_YOUTH_WORK)

NEED_REASON = frozenset({Outcome.DECLINED, Outcome.TRANSFERRED, Outcome.WRONG_OR_WITHDRAWN})


def outcomes_for(kind: str) -> tuple[Outcome, ...]:
    if kind == MatterKind.APPLICATION:
        return DECIDED
    return NOT_FOR_THE_YOUNG if kind == MatterKind.LONG_UNEMPLOYED else WORKED
