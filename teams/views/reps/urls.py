"""The addresses of views/reps/."""

from django.urls import path

from teams.views.reps import faces, invitations, leaves, rep

urlpatterns = [
    path("reps/<int:member_id>/", rep.rep, name="rep"),
    path("reps/<int:member_id>/face/<str:digest>/<str:size>/", faces.face, name="face"),
    path("reps/<int:member_id>/invite/", invitations.invite, name="invite"),
    path("reps/<int:member_id>/invite/withdraw/", invitations.withdraw_invitation, name="withdraw_invitation"),
    path("reps/<int:member_id>/leave/", leaves.leaves, name="leaves"),
    path("leave/<int:leave_id>/remove/", leaves.remove_leave, name="remove_leave"),
    path("invitation/<str:token>/", invitations.accept_invitation, name="accept_invitation"),
]
