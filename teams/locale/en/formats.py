"""How days, moments and numbers are written in English: 23 November 2026, 14:05, 13.1; weeks begin on Monday."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_MONTH_DAY_FORMAT = "j M"
SHORT_MONTH_FORMAT = "M"
WEEKDAY_FORMAT = "l, j F"
WEEKDAY_DATE_FORMAT = "l, j F Y"
FIRST_DAY_OF_WEEK = 1
