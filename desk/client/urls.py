from django.urls import path

from desk.client import contact, contact_details, employment_trial, new_matter, pages, person, relations, search

CLIENT = "asiakkaat/<key:pk>/"

urlpatterns = [
    path("asiakkaat/", search.client_search, name="client_search"),
    path("asiakkaat/uusi/", person.client_new, name="client_new"),
    path("asiakkaat/tyollisyyskokeilu/", employment_trial.employment_trial_list, name="employment_trial_list"),
    path(CLIENT, pages.client, name="client"),
    path(f"{CLIENT}uusi-asia/", new_matter.matter_new, name="matter_new"),
    path(f"{CLIENT}yhteydenotto/", contact.contact_new, name="contact_new"),
    path(f"{CLIENT}henkilotunnus/", pages.client_reveal, name="client_reveal"),
    path(f"{CLIENT}yhteystiedot/nayta/", pages.client_reveal_details, name="client_reveal_details"),
    path(f"{CLIENT}aikajana/", pages.client_timeline, name="client_timeline"),
    path(f"{CLIENT}avain/", pages.client_measurements, name="client_measurements"),
    path(f"{CLIENT}katselut/", pages.client_looks, name="client_looks"),
    path(f"{CLIENT}muokkaa/", person.client_edit, name="client_edit"),
    path(f"{CLIENT}yhteystiedot/", contact_details.client_details, name="client_details"),
    path(f"{CLIENT}yhteystiedot/kela/", contact_details.client_kela_detail, name="client_kela_detail"),
    path(f"{CLIENT}omatyontekija/", relations.own_worker, name="own_worker"),
    path(f"{CLIENT}asiakkuus/avaa/", relations.case_open, name="case_open"),
    path(f"{CLIENT}asiakkuus/paata/", relations.case_close, name="case_close"),
    path(f"{CLIENT}turvakielto/", relations.client_non_disclosure, name="client_non_disclosure"),
    path(f"{CLIENT}tyollisyyskokeilu/", employment_trial.client_employment_trial, name="client_employment_trial"),
    path(f"{CLIENT}rajaus/", relations.client_restriction, name="client_restriction"),
]
