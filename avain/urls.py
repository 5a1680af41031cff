from django.urls import path

from avain.measurements import pages as measurements

ONE = "asiakkaat/<key:pk>/avain/<key:measurement>/"

urlpatterns = [
    path("asiakkaat/<key:pk>/avain/uusi/", measurements.measurement_new, name="measurement_new"),
    path(ONE, measurements.measurement, name="measurement"),
    path(f"{ONE}korjaa/", measurements.measurement_edit, name="measurement_edit"),
]
