"""The goals of AVAIN in six groups: what is published of clients' goals is few and readable rather than hidden."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class GoalGroup(models.TextChoices):
    MONEY = "money", _("Money and subsistence")
    WORK = "work", _("Work, studies and ability to work")
    HOME = "home", _("Housing and everyday life")
    HEALTH = "health", _("Health and substance use")
    PEOPLE = "people", _("Relationships and inclusion")
    OTHER = "other", _("Other goals")
    NONE = "none", _("No goal marked as the main one")

    @classmethod
    def of(cls, code: str) -> "GoalGroup":
        """Of a goal of any of its lists; one that no group names is among the others."""
        return next((group for group, codes in CODES.items() if code in codes), cls.OTHER)


CODES: Final[dict[GoalGroup, frozenset[str]]] = {
    GoalGroup.MONEY: frozenset(
        {"subsistence", "money_management", "debts", "subsistence_or_finances", "debt_settlement"}
    ),
    GoalGroup.WORK: frozenset(
        {
            "employment",
            "education",
            "work_ability_rehabilitation",
            "employment_job_seeking",
            "vocational_skills",
            "hard_to_employ_opportunities",
            "applying_to_education",
            "progress_in_studies",
        }
    ),
    GoalGroup.HOME: frozenset(
        {
            "housing",
            "everyday_life",
            "housing_get_or_keep",
            "life_management",
            "everyday_functioning",
            "clients_housing_opportunities",
            "rental_housing_market",
        }
    ),
    GoalGroup.HEALTH: frozenset(
        {
            "physical_health",
            "mental_health",
            "substance_use",
            "problems_from_psychiatric_illness",
            "problems_from_physical_illness",
            "consequences_of_substance_use",
        }
    ),
    GoalGroup.PEOPLE: frozenset(
        {
            "social_relationships",
            "family_parenthood",
            "inclusion_hobbies",
            "integration",
            "inclusion_participation",
            "relationships",
            "social_skills",
            "meeting_childrens_needs",
            "worries_about_close_ones",
            "leisure_opportunities",
        }
    ),
}
