"""Every page's address: the pages of each folder of views/ in its own urls.py."""

from django.urls import include, path, register_converter

from teams.rules.months import Month
from teams.views import goals, share, slack, thanks, webhooks


class MonthConverter:
    """A month in an address: 2026-11."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> Month:
        """The month of an address."""
        return Month.parse(value)

    def to_url(self, value: Month) -> str:
        """A month as addresses write it."""
        return str(value)


register_converter(MonthConverter, "month")

urlpatterns = [
    path("", include("teams.views.today.urls")),
    path("goals/", goals.goals, name="goals"),
    path("goals/past/", goals.past_goals, name="past_goals"),
    path("goals/new/", goals.new_goal, name="new_goal"),
    path("goals/new/<slug:team>/", goals.new_goal, name="new_team_goal"),
    path("goals/<int:goal_id>/", goals.edit_goal, name="edit_goal"),
    path("goals/<int:goal_id>/cancel/", goals.cancel_goal, name="cancel_goal"),
    path("thanks/", thanks.thanks, name="thanks"),
    path("thanks/<int:thanks_id>/agree/", thanks.agree_to_thanks, name="agree_to_thanks"),
    path("thanks/<int:thanks_id>/take-down/", thanks.take_thanks_down, name="take_thanks_down"),
    path("thanks/put-away/", thanks.put_offered_words_away, name="put_offered_words_away"),
    path("thanks/<slug:team>/<month:month>/<int:member_id>/", thanks.thank_for_month, name="thank_for_month"),
    path("slack/link/<str:token>/", slack.slack_link, name="slack_link"),
    path("slack/users/<int:slack_user_id>/end/", slack.end_slack_user, name="end_slack_user"),
    path("slack/<str:address>/", slack.slack_command, name="slack_command"),
    path("share/<str:token>/", share.shared_board, name="shared_board"),
    path("share/<str:token>/embed/", share.embedded_board, name="embedded_board"),
    path("team/<slug:team>/webhooks/", webhooks.team_webhooks, name="team_webhooks"),
    path("organization/webhooks/", webhooks.organization_webhooks, name="organization_webhooks"),
    path("webhooks/<int:endpoint_id>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:endpoint_id>/test/", webhooks.try_webhook, name="try_webhook"),
    path("webhooks/<int:endpoint_id>/secret/", webhooks.renew_webhook_secret, name="renew_webhook_secret"),
    path("webhooks/<int:endpoint_id>/switch/", webhooks.switch_webhook, name="switch_webhook"),
    path("webhooks/<int:endpoint_id>/remove/", webhooks.remove_webhook, name="remove_webhook"),
    path("webhooks/messages/<int:delivery_id>/again/", webhooks.send_webhook_again, name="send_webhook_again"),
    path("", include("teams.views.display.urls")),
    path("", include("teams.views.site.urls")),
    path("", include("teams.views.submit.urls")),
    path("", include("teams.views.board.urls")),
    path("", include("teams.views.organization.urls")),
    path("", include("teams.views.reps.urls")),
    path("", include("teams.views.team.urls")),
    path("", include("teams.views.me.urls")),
    path("", include("teams.views.challenges.urls")),
    path("api/v1/", include("teams.api.urls", namespace="api")),
]
