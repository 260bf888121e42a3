"""The addresses of views/site/."""

from django.urls import path

from teams.views.site import api, health, metrics, offline, running, start, style
from teams.views.site.help import questions

urlpatterns = [
    path("start/", start.start, name="start"),
    path("help/", questions, name="help"),
    path("api/", api.api_help, name="api_help"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("offline/", offline.offline, name="offline"),
    path("offline/kept/", offline.kept, name="kept"),
    path("style/", style.style, name="style"),
    path("running/", running.everything_runs, name="running"),
    path("metrics", metrics.metrics, name="metrics"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
