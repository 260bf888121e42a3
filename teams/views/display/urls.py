"""The addresses of views/display/."""

from django.urls import path

from teams.views.display import check, display, faces

urlpatterns = [
    path("display/", display.display, name="display"),
    path("display/faces/<int:member_id>/<str:digest>/<str:size>/", faces.wall_face, name="wall_face"),
    path("display/check/", check.display_check, name="display_check"),
    path("display/worker.js", display.display_worker, name="display_worker"),
]
