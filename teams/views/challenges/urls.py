"""The addresses of views/challenges/."""

from django.urls import path

from teams.views.challenges import challenge, challenges, debts

urlpatterns = [
    path("challenges/", challenges.challenges, name="challenges"),
    path("challenges/over/", challenges.challenges_over, name="challenges_over"),
    path("challenges/new/", challenges.new_challenge, name="new_challenge"),
    path("challenges/new/duel/", challenges.new_duel, name="new_duel"),
    path("challenges/entries/<int:entry_id>/answer/", challenge.answer_challenge, name="answer_challenge"),
    path("challenges/entries/<int:entry_id>/decide/", challenge.decide_unconfirmed, name="decide_unconfirmed"),
    path("challenges/<int:challenge_id>/", challenge.challenge, name="challenge"),
    path("challenges/<int:challenge_id>/join/", challenge.join_challenge, name="join_challenge"),
    path("challenges/<int:challenge_id>/send/", challenge.send_challenge, name="send_challenge"),
    path("challenges/<int:challenge_id>/edit/", challenge.edit_challenge, name="edit_challenge"),
    path("challenges/<int:challenge_id>/cancel/", challenge.cancel_challenge, name="cancel_challenge"),
    path("challenges/<int:challenge_id>/choose/", challenge.choose_after_recalibration, name="choose"),
    path("challenges/<int:challenge_id>/settle-again/", challenge.settle_again, name="settle_again"),
    path("debts/", debts.debts, name="debts"),
    path("debts/<int:debt_id>/", debts.end_debt, name="end_debt"),
]
