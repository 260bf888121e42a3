"""Up to 0.2 the schema as it stands, in few files; from then on each change."""

from pathlib import Path

SQL = Path(__file__).parents[1] / "sql"
BEFORE_0_2 = [
    ("teams", name)
    for name in (
        "0001_initial",
        "0002_append_only_and_views",
        "0003_goals",
        "0004_challenges",
        "0005_reminders",
        "0006_people",
        "0007_imports",
        "0008_months",
        "0009_challenge_recalibration",
        "0010_organization_calendar",
        "0011_months_closed_with_imports",
        "0012_figures",
        "0013_second_factor",
        "0014_audit",
        "0015_suggestions",
        "0016_sweeps",
        "0017_confirmed_only",
        "0018_delivery_of_subject",
        "0019_erasures",
        "0020_displays",
        "0021_languages",
        "0022_retention",
        "0023_former_members",
        "0024_newest_reading_first",
        "0025_best_of_a_board",
        "0026_display_sound",
        "0027_few_of_many",
        "0028_tokens",
        "0029_submit",
        "0030_history",
        "0031_import_sheets",
        "0032_former_names",
        "0033_team_of_month",
        "0034_chat_test",
        "0035_reasons",
        "0036_void_series_end",
        "0037_closing_team",
        "0038_unsubscribe_topics",
        "0039_ordinary_words",
        "0040_merges",
        "0041_account_mails",
        "0042_goal_starts",
        "0043_declared_triggers",
    )
]
"""What those files stand for in a database that is older than they are."""
