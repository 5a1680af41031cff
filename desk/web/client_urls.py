from django.urls import path

from desk.web import client, client_contact, search

urlpatterns = [
    path("asiakkaat/", search.client_search, name="client_search"),
    path("asiakkaat/<int:pk>/", client.client, name="client"),
    path("asiakkaat/<int:pk>/yhteydenotto/", client_contact.contact_new, name="contact_new"),
    path("asiakkaat/<int:pk>/henkilotunnus/", client.client_reveal, name="client_reveal"),
    path("asiakkaat/<int:pk>/yhteystiedot/nayta/", client.client_reveal_details, name="client_reveal_details"),
    path("asiakkaat/<int:pk>/aikajana/", client.client_timeline, name="client_timeline"),
    path("asiakkaat/<int:pk>/avain/", client.client_measurements, name="client_measurements"),
    path("asiakkaat/<int:pk>/katselut/", client.client_looks, name="client_looks"),
]
