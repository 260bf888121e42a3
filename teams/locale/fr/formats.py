"""How days, moments and numbers are written in French: 1er novembre 2026, 14:05, 13,1; weeks begin on Monday."""

DATE_FORMAT = "jS F Y"
SHORT_DATE_FORMAT = "jS N Y"
DATETIME_FORMAT = "jS F Y, H:i"
SHORT_DATETIME_FORMAT = "jS N Y, H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "jS F"
SHORT_MONTH_DAY_FORMAT = "jS N"
SHORT_MONTH_FORMAT = "N"
WEEKDAY_FORMAT = "l jS F"
WEEKDAY_DATE_FORMAT = "l jS F Y"
FIRST_DAY_OF_WEEK = 1
