"""The addresses of views/me/."""

from django.urls import path

from teams.views.me import address, calendar, erasures, face, mail, me, own_data, second_factor, tokens

urlpatterns = [
    path("reps/<int:member_id>/second-factor/forget/", second_factor.forget_second_factor, name="forget_second_factor"),
    path("me/", me.me, name="me"),
    path("me/face/", face.choose_face, name="choose_face"),
    path("reps/<int:member_id>/face/remove/", face.drop_face, name="remove_face"),
    path("me/address/", address.change_address, name="change_address"),
    path("address/<str:token>/", address.confirm_address, name="confirm_address"),
    path("me/wall/", me.choose_wall_name, name="choose_wall_name"),
    path("me/erase/", erasures.erase, name="erase"),
    path("reps/<int:member_id>/erase/", erasures.erase, name="erase_person"),
    path("me/data/", own_data.own_data, name="own_data"),
    path("me/tokens/", tokens.tokens, name="tokens"),
    path("me/tokens/<int:token_id>/end/", tokens.end_token, name="end_token"),
    path("me/calendar/", calendar.calendar, name="calendar"),
    path("me/calendar/end/", calendar.end_calendar, name="end_calendar"),
    path("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("me/mail/", mail.mail_settings, name="mail_settings"),
    path("me/mail/links/end/", mail.end_links, name="end_links"),
    path("unsubscribe/<str:token>/", mail.unsubscribe, name="unsubscribe"),
]
