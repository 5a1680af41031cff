from django.urls import path

from desk.web import day_list, matter_actions, matter_release, new_matter, queue, queue_bulk, today, week_plan
from desk.web.appointment_urls import urlpatterns as appointment_patterns
from desk.web.client_urls import urlpatterns as client_patterns
from desk.web.letter_urls import urlpatterns as letter_patterns
from desk.web.partner_urls import urlpatterns as partner_patterns
from desk.web.transfer_urls import urlpatterns as transfer_patterns

urlpatterns = [
    *client_patterns,
    *appointment_patterns,
    *letter_patterns,
    *partner_patterns,
    *transfer_patterns,
    path("", today.today, name="today"),
    path("tyojono/", queue.queue, name="queue"),
    path("tyojono/maara/", queue.queue_count, name="queue_count"),
    path("tyojono/valitut/", queue_bulk.queue_chosen, name="queue_chosen"),
    path("tyojono/anna/", queue_bulk.queue_give, name="queue_give"),
    path("tyojono/viikko/", week_plan.plan_of_week, name="week_plan"),
    path("tyojono/paivan-lista/", day_list.day_list, name="day_list"),
    path("asiat/<int:pk>/ota/", matter_actions.matter_take, name="matter_take"),
    path("asiat/<int:pk>/vapauta/", matter_release.matter_release, name="matter_release"),
    path("asiat/<int:pk>/peru-ottaminen/", matter_actions.matter_undo_take, name="matter_undo_take"),
    path("asiat/<int:pk>/jatka/", matter_actions.matter_resume, name="matter_resume"),
    path("asiat/<int:pk>/kuittaa-muutos/", matter_actions.matter_acknowledge, name="matter_acknowledge"),
    path("asiat/<int:pk>/nahty/", matter_actions.matter_seen, name="matter_seen"),
    path("asiat/<int:pk>/nayta-suojatut/", matter_actions.matter_reveal, name="matter_reveal"),
    path("asiat/<int:pk>/yhteydenotto/", matter_actions.matter_contact, name="matter_contact"),
    path("asiat/<int:pk>/odota/", matter_actions.matter_wait, name="matter_wait"),
    path("asiat/<int:pk>/siirra/", matter_actions.matter_hand_over, name="matter_hand_over"),
    path("asiat/<int:pk>/sulje/", matter_actions.matter_close, name="matter_close"),
    path("asiat/<int:pk>/avaa-uudelleen/", matter_actions.matter_reopen, name="matter_reopen"),
    path("asiakkaat/<int:pk>/uusi-asia/", new_matter.matter_new, name="matter_new"),
    *client_patterns,
]
