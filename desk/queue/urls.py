from django.urls import path

from desk.queue import bulk, pages

urlpatterns = [
    path("tyojono/", pages.queue, name="queue"),
    path("tyojono/maara/", pages.queue_count, name="queue_count"),
    path("tyojono/valitut/", bulk.queue_chosen, name="queue_chosen"),
    path("tyojono/anna/", bulk.queue_give, name="queue_give"),
]
