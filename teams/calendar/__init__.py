"""Calendars: writing one's days as iCalendar. Nothing here decides what stands in them."""
