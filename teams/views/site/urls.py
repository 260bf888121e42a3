"""The addresses of views/site/."""

from django.urls import path

from teams.views.site import api, health, metrics, offline, running, start, style, theme
from teams.views.site.help import questions

urlpatterns = [
    path("start/", start.start, name="start"),
    path("start/demo/", start.demo_sign_in, name="demo_sign_in"),
    path("help/", questions, name="help"),
    path("api/", api.api_help, name="api_help"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("offline/", offline.offline, name="offline"),
    path("offline/kept/", offline.kept, name="kept"),
    path("theme/", theme.theme, name="theme"),
    path("style/", style.style, name="style"),
    path("running/", running.everything_runs, name="running"),
    path("metrics", metrics.metrics, name="metrics"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
