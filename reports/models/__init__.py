from reports.models.daily_flow import DailyFlow, Flow, StaleDay
from reports.models.edition import Edition
from reports.models.list_question import ListQuestion

__all__ = ["DailyFlow", "Edition", "Flow", "ListQuestion", "StaleDay"]
