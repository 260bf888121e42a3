"""People who use the site over real HTTP while something breaks, and what they are answered."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event, Thread
from typing import NamedTuple

import httpx
from django.test import Client

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PATIENCE = 20
PAUSE = 0.2


class Answer(NamedTuple):
    """What came of a request, and when; its status is 0 where there was no answer."""

    about: object
    status: int
    text: str
    began: float
    ended: float

    @property
    def took(self) -> float:
        return self.ended - self.began


class Visitor:
    """Somebody who is signed in, with the form open in which scores are submitted."""

    def __init__(self, url, member):
        browser = Client()
        browser.force_login(member.user)
        cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
        self.http = httpx.Client(base_url=url, cookies=cookies, headers={"Origin": url}, timeout=PATIENCE)
        self.member, self.today = member, member.organization.today()
        page = self.http.get("/")
        assert page.status_code == 200, page.text
        self.token = CSRF.search(page.text)[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.close()

    def get(self, path) -> Answer:
        return self._ask(path, "GET", path)

    def post(self, path, about=None, **form) -> Answer:
        return self._ask(about or path, "POST", path, data={"csrfmiddlewaretoken": self.token, **form})

    def submit(self, total) -> Answer:
        """A score of one's own; the answer is about who submitted what."""
        return self.post("/submit/", (self.member.pk, total), taken_on=self.today, total=total)

    def _ask(self, about, *words, **more) -> Answer:
        began = time.monotonic()
        try:
            answer = self.http.request(*words, **more)
            status, text = answer.status_code, answer.text
        except httpx.HTTPError as error:
            status, text = 0, repr(error)
        return Answer(about, status, text, began, time.monotonic())


@contextmanager
def submitting(url, members, at_once=4) -> Iterator[list[Answer]]:
    """Everybody submits 0, 1, 2 … in turns, so many at once; gives what was answered so far."""
    answers, over = [], Event()

    def go_on(mine):
        for number in range(101 * len(mine)):
            if over.wait(PAUSE):
                return
            answers.append(mine[number % len(mine)].submit(number // len(mine)))

    with ExitStack() as stack:
        visitors = [stack.enter_context(Visitor(url, member)) for member in members]
        for first in range(at_once):
            thread = Thread(target=go_on, args=[visitors[first::at_once]])
            thread.start()
            stack.callback(thread.join)
        stack.callback(over.set)
        yield answers
