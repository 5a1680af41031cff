"""The pages of the routing rules in Ylläpito."""

from django.urls import path

from etotu.routing import pages as rules
from etotu.routing import trial_page as rule_trial

RULE = "yllapito/saannot/<key:pk>/"

urlpatterns = [
    path("yllapito/saannot/", rules.routing_rules, name="routing_rules"),
    path("yllapito/saannot/uusi/", rules.routing_rule_new, name="routing_rule_new"),
    path(RULE, rules.routing_rule, name="routing_rule"),
    path(f"{RULE}kaytto/", rules.routing_rule_switch, name="routing_rule_switch"),
    path(f"{RULE}jarjestys/", rules.routing_rule_move, name="routing_rule_move"),
    path(f"{RULE}kopioi/", rules.routing_rule_copy, name="routing_rule_copy"),
    path(f"{RULE}poista/", rules.routing_rule_delete, name="routing_rule_delete"),
    path(f"{RULE}kokeile/", rule_trial.routing_rule_try, name="routing_rule_try"),
]
