"""The addresses of views/board/."""

from django.urls import path

from teams.views.board import board, counter, fame, news, why

urlpatterns = [
    path("board/<slug:team>/", board.board, name="board"),
    path("board/<slug:team>/<month:month>/", board.board, name="board_of_month"),
    path("board/<slug:team>/<month:month>/mine/", board.own_part, name="own_part"),
    path("board/<slug:team>/<month:month>/csv/", board.download, name="board_csv"),
    path("board/<slug:team>/<month:month>/why/<int:member_id>/", why.why, name="why"),
    path("board/<slug:team>/<month:month>/report/", fame.report, name="month_report"),
    path("board/<slug:team>/<month:month>/counter/<int:counter_id>/", counter.counter, name="counter_board"),
    path("board/<slug:team>/<month:month>/podium/", fame.podium, name="podium"),
    path("board/<slug:team>/<month:month>/certificates/", fame.certificates, name="certificates"),
    path(
        "board/<slug:team>/<month:month>/certificates/<int:member_id>/",
        fame.certificate_picture,
        name="certificate_picture",
    ),
    path("board/<slug:team>/<month:month>/amendments/", fame.revisions, name="revisions"),
    path("board/<slug:team>/hall-of-fame/", fame.hall_of_fame, name="hall_of_fame"),
    path("news/<str:key>/", news.news, name="news"),
]
