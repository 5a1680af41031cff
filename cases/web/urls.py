from cases.web.client_urls import urlpatterns as client_patterns

urlpatterns = [*client_patterns]
