"""Every form that the pages show: where it goes, by whom, and what its fields hold before somebody types."""

from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

BUTTONS = {"submit", "button", "image", "reset"}


class Form(NamedTuple):
    """A form as a browser would send it with one of its buttons: `fields` are (name, value) in their order."""

    who: str
    page: str
    action: str
    method: str
    fields: tuple
    texts: frozenset = frozenset()
    """The fields into which one writes what one likes."""

    def names(self):
        """Its fields, once each; the token against forged forms is no field."""
        return dict.fromkeys(name for name, _ in self.fields if name != "csrfmiddlewaretoken")

    def typed(self, name, text):
        """What is posted when one field says something else: every value of it."""
        data = {}
        for field, value in self.fields:
            data.setdefault(field, []).append(text if field == name else value)
        return data


class Forms(HTMLParser):
    """The forms of one page, one for each button that says something."""

    def __init__(self, who, page):
        super().__init__()
        self.who, self.page, self.found, self.open = who, page, [], None

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "form":
            action = urljoin(self.page, said.get("action") or self.page)
            self.open = {"action": action, "method": said.get("method", "get").lower()}
            self.fields, self.buttons, self.texts, self.select, self.area = [], [], set(), None, None
        elif self.open is not None:
            self.take(tag, said)

    def take(self, tag, said):
        name, kind = said.get("name"), said.get("type", "text")
        if tag == "select":
            self.select, self.choices = name, []
        elif tag == "option" and self.select:
            self.choices.append((said.get("value", ""), "selected" in said))
        elif tag == "textarea" and name:
            self.area, self.text = name, ""
            self.texts.add(name)
        elif tag == "button" or (tag == "input" and kind in BUTTONS):
            if name:
                self.buttons.append((name, said.get("value", "")))
        elif tag == "input" and kind == "file" and name:
            self.fields.append((name, ""))
        elif (tag == "input" and name) and (kind not in ("checkbox", "radio") or "checked" in said):
            self.fields.append((name, said.get("value", "on" if kind == "checkbox" else "")))
            self.texts |= {name} if kind in ("text", "search") else set()

    def handle_data(self, data):
        if self.open is not None and self.area:
            self.text += data

    def handle_endtag(self, tag):
        if self.open is None:
            return
        if tag == "textarea" and self.area:
            self.fields.append((self.area, self.text.removeprefix("\n")))
            self.area = None
        elif tag == "select" and self.select:
            chosen = [value for value, selected in self.choices if selected] or [v for v, _ in self.choices if v][:1]
            self.fields.extend((self.select, value) for value in chosen)
            self.select = None
        elif tag == "form":
            for button in [(), *((button,) for button in self.buttons)]:
                fields = (*self.fields, *button)
                self.found.append(Form(self.who, self.page, fields=fields, texts=frozenset(self.texts), **self.open))
            self.open = None


def forms_of(who, page, text):
    """The forms on a page that stay on this site."""
    parser = Forms(who, page)
    parser.feed(text)
    return [form for form in parser.found if not urlsplit(form.action).netloc]
