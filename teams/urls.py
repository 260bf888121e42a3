"""Every page's address."""

from django.urls import path, register_converter

from teams.rules.months import Month
from teams.views import (
    board,
    challenge,
    challenges,
    debts,
    display,
    exports,
    goals,
    health,
    imports,
    invitations,
    leaves,
    mail,
    me,
    news,
    organization,
    people,
    recalibrations,
    reminders,
    rep,
    start,
    style,
    submit,
    submit_link,
    team,
    today,
)


class MonthConverter:
    """A month in an address: 2026-11."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> Month:
        return Month.parse(value)

    def to_url(self, value: Month) -> str:
        return str(value)


register_converter(MonthConverter, "month")

urlpatterns = [
    path("", today.today, name="today"),
    path("start/", start.start, name="start"),
    path("submit/", submit.submit, name="submit"),
    path("submit/link/<str:token>/", submit_link.submit_link, name="submit_link"),
    path("readings/<int:submission_id>/correct/", submit.correct, name="correct"),
    path("readings/<int:submission_id>/withdraw/", submit.withdraw, name="withdraw"),
    path("board/<slug:team>/", board.board, name="board"),
    path("board/<slug:team>/<month:month>/", board.board, name="board_of_month"),
    path("board/<slug:team>/<month:month>/mine/", board.own_part, name="own_part"),
    path("board/<slug:team>/<month:month>/csv/", board.download, name="board_csv"),
    path("board/<slug:team>/<month:month>/why/<int:member_id>/", board.why, name="why"),
    path("news/<str:key>/", news.news, name="news"),
    path("organization/", organization.organization, name="organization"),
    path("organization/settings/", organization.settings, name="organization_settings"),
    path("organization/recalibrations/", recalibrations.recalibrations, name="recalibrations"),
    path(
        "organization/recalibrations/<int:recalibration_id>/remove/",
        recalibrations.remove_recalibration,
        name="remove_recalibration",
    ),
    path("organization/<month:month>/", organization.organization, name="organization_of_month"),
    path("reps/<int:member_id>/", rep.rep, name="rep"),
    path("reps/<int:member_id>/submit/", submit.submit, name="submit_for"),
    path("reps/<int:member_id>/access/", team.set_access, name="set_access"),
    path("reps/<int:member_id>/sign-in-link/", team.sign_in_link, name="sign_in_link"),
    path("reps/<int:member_id>/invite/", invitations.invite, name="invite"),
    path("reps/<int:member_id>/invite/withdraw/", invitations.withdraw_invitation, name="withdraw_invitation"),
    path("reps/<int:member_id>/deactivate/", people.deactivate, name="deactivate"),
    path("reps/<int:member_id>/reactivate/", people.reactivate, name="reactivate"),
    path("reps/<int:member_id>/admin/", people.set_admin, name="set_admin"),
    path("reps/<int:member_id>/leave/", leaves.leaves, name="leaves"),
    path("leave/<int:leave_id>/remove/", leaves.remove_leave, name="remove_leave"),
    path("invitation/<str:token>/", invitations.accept_invitation, name="accept_invitation"),
    path("goals/", goals.goals, name="goals"),
    path("goals/new/", goals.new_goal, name="new_goal"),
    path("goals/new/<slug:team>/", goals.new_goal, name="new_team_goal"),
    path("goals/<int:goal_id>/", goals.edit_goal, name="edit_goal"),
    path("goals/<int:goal_id>/cancel/", goals.cancel_goal, name="cancel_goal"),
    path("challenges/", challenges.challenges, name="challenges"),
    path("challenges/new/", challenges.new_challenge, name="new_challenge"),
    path("challenges/new/duel/", challenges.new_duel, name="new_duel"),
    path("challenges/entries/<int:entry_id>/answer/", challenge.answer_challenge, name="answer_challenge"),
    path("challenges/<int:challenge_id>/", challenge.challenge, name="challenge"),
    path("challenges/<int:challenge_id>/join/", challenge.join_challenge, name="join_challenge"),
    path("challenges/<int:challenge_id>/send/", challenge.send_challenge, name="send_challenge"),
    path("challenges/<int:challenge_id>/edit/", challenge.edit_challenge, name="edit_challenge"),
    path("challenges/<int:challenge_id>/cancel/", challenge.cancel_challenge, name="cancel_challenge"),
    path("challenges/<int:challenge_id>/settle-again/", challenge.settle_again, name="settle_again"),
    path("debts/", debts.debts, name="debts"),
    path("debts/<int:debt_id>/", debts.end_debt, name="end_debt"),
    path("me/", me.me, name="me"),
    path("me/wall/", me.choose_wall_name, name="choose_wall_name"),
    path("me/mail/", mail.mail_settings, name="mail_settings"),
    path("unsubscribe/<str:token>/", mail.unsubscribe, name="unsubscribe"),
    path("team/", team.teams, name="teams"),
    path("team/<slug:team>/", team.team, name="team"),
    path("team/<slug:team>/members/", team.add_member, name="add_member"),
    path("team/<slug:team>/paste/", people.paste_members, name="paste_members"),
    path("memberships/<int:membership_id>/", people.membership, name="membership"),
    path("memberships/<int:membership_id>/move/", people.move_member, name="move_member"),
    path("memberships/<int:membership_id>/end/", people.end_membership, name="end_membership"),
    path("team/<slug:team>/settings/", team.settings, name="team_settings"),
    path("team/<slug:team>/displays/", team.add_display, name="add_display"),
    path("team/<slug:team>/reminders/", reminders.reminders, name="reminders"),
    path("team/<slug:team>/chats/", reminders.add_chat, name="add_chat"),
    path("chats/<int:webhook_id>/test/", reminders.try_chat, name="try_chat"),
    path("chats/<int:webhook_id>/remove/", reminders.remove_chat, name="remove_chat"),
    path("deliveries/<int:delivery_id>/again/", reminders.deliver_again, name="deliver_again"),
    path("team/<slug:team>/export/", exports.export, name="export"),
    path("team/<slug:team>/import/", imports.imports, name="imports"),
    path("imports/<int:import_id>/", imports.one_import, name="import"),
    path("imports/<int:import_id>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<int:import_id>/people/", imports.import_people, name="import_people"),
    path("imports/<int:import_id>/conflicts/", imports.import_conflicts, name="import_conflicts"),
    path("imports/<int:import_id>/store/", imports.import_confirm, name="import_confirm"),
    path("imports/<int:import_id>/cancel/", imports.import_cancel, name="import_cancel"),
    path("imports/<int:import_id>/take-back/", imports.import_take_back, name="import_take_back"),
    path("displays/<int:display_id>/revoke/", team.remove_display, name="remove_display"),
    path("display/", display.display, name="display"),
    path("display/<str:token>/", display.open_display, name="open_display"),
    path("style/", style.style, name="style"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
