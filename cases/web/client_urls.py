from django.urls import path

from cases.web import clients, contact_details, employment_trial, relations

CLIENT = "asiakkaat/<int:pk>/"

urlpatterns = [
    path("asiakkaat/uusi/", clients.client_new, name="client_new"),
    path(f"{CLIENT}muokkaa/", clients.client_edit, name="client_edit"),
    path(f"{CLIENT}yhteystiedot/", contact_details.client_details, name="client_details"),
    path(f"{CLIENT}yhteystiedot/kela/", contact_details.client_kela_detail, name="client_kela_detail"),
    path(f"{CLIENT}omatyontekija/", relations.own_worker, name="own_worker"),
    path(f"{CLIENT}asiakkuus/avaa/", relations.case_open, name="case_open"),
    path(f"{CLIENT}asiakkuus/paata/", relations.case_close, name="case_close"),
    path(f"{CLIENT}turvakielto/", relations.client_non_disclosure, name="client_non_disclosure"),
    path(f"{CLIENT}tyollisyyskokeilu/", employment_trial.client_employment_trial, name="client_employment_trial"),
    path("asiakkaat/tyollisyyskokeilu/", employment_trial.employment_trial_list, name="employment_trial_list"),
    path(f"{CLIENT}rajaus/", relations.client_restriction, name="client_restriction"),
]
