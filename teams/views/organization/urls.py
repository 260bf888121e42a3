"""The addresses of views/organization/."""

from django.urls import path

from teams.views.organization import audit, holidays, logo, organization, people, recalibrations, slack

urlpatterns = [
    path("organization/", organization.organization, name="organization"),
    path("organization/settings/", organization.settings, name="organization_settings"),
    path("organization/logo/", logo.choose_logo, name="choose_logo"),
    path("organization/logo/<str:digest>/<str:size>/", logo.logo, name="logo"),
    path("organization/people/", people.people, name="people"),
    path("organization/holidays/", holidays.holidays, name="holidays"),
    path("organization/recalibrations/", recalibrations.recalibrations, name="recalibrations"),
    path(
        "organization/recalibrations/<int:recalibration_id>/remove/",
        recalibrations.remove_recalibration,
        name="remove_recalibration",
    ),
    path("organization/slack/", slack.slack_settings, name="slack_settings"),
    path("organization/log/", audit.organization_log, name="organization_log"),
    path(
        "organization/suggestions/<int:suggestion_id>/",
        recalibrations.answer_suggestion,
        name="answer_suggestion",
    ),
    path("organization/<month:month>/", organization.organization, name="organization_of_month"),
    path("team/<slug:team>/log/", audit.team_log, name="team_log"),
]
