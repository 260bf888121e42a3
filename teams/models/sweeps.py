"""When each job of the clock last ended."""

from django.db import models


class Sweep(models.Model):
    """One row a job, by the task's name; overwritten at each end."""

    name = models.CharField(max_length=100, primary_key=True)
    ended_at = models.DateTimeField()
    first_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
