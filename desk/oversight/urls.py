from django.urls import path

from desk.oversight import pages, whose

urlpatterns = [
    path("valvonta/", pages.oversight, name="oversight"),
    path("valvonta/perustelu/", pages.explain_many, name="explain_many"),
    path("valvonta/syy/", whose.explain_whose, name="explain_whose"),
    path("valvonta/<key:pk>/katsottu/", pages.oversight_look, name="oversight_look"),
]
