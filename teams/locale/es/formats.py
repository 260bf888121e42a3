"""How days, moments and numbers are written in Spanish: 23 de noviembre de 2026, 14:05, 13,1; weeks begin on Monday."""

DATE_FORMAT = r"j \d\e F \d\e Y"
SHORT_DATE_FORMAT = "j b Y"
DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i"
SHORT_DATETIME_FORMAT = "j b Y, H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = r"F \d\e Y"
MONTH_DAY_FORMAT = r"j \d\e F"
SHORT_MONTH_DAY_FORMAT = "j b"
SHORT_MONTH_FORMAT = "b"
WEEKDAY_FORMAT = r"l, j \d\e F"
WEEKDAY_DATE_FORMAT = r"l, j \d\e F \d\e Y"
FIRST_DAY_OF_WEEK = 1
