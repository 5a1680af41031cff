from django.urls import path

from municipalities.home import home

urlpatterns = [path("", home, name="home")]
