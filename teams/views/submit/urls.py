"""The addresses of views/submit/."""

from django.urls import path

from teams.views.submit import figures, saved, submit, submit_link

urlpatterns = [
    path("submit/", submit.submit, name="submit"),
    path("submit/figures/", figures.own_figures, name="own_figures"),
    path("submit/figures/<month:month>/", figures.own_figures, name="own_figures_of_month"),
    path("submit/saved/<int:submission_id>/", saved.saved, name="saved"),
    path("submit/link/<str:token>/", submit_link.submit_link, name="submit_link"),
    path("readings/<int:submission_id>/correct/", submit.correct, name="correct"),
    path("readings/<int:submission_id>/withdraw/", submit.withdraw, name="withdraw"),
    path("reps/<int:member_id>/submit/", submit.submit, name="submit_for"),
]
