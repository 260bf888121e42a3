"""The rules of docs/concepts.md once more, in plain Python that knows nothing of the product.

What must come of a life: `people` has who is where and what they read, `boards` the places, `reminders` who is asked to
submit, `games` and `goals` what is played and aimed for, `letters` which mail comes when. Days are `date`, moments are
aware, and a month is its first day.
"""
