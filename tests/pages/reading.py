"""Reading a page without its line breaks, and tables off it, cell by cell, as a person does."""

import re
from html.parser import HTMLParser


class _Tables(HTMLParser):
    """Collects the words of each cell, row by row, of all tables."""

    def __init__(self):
        super().__init__()
        self.tables, self.in_cell = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.in_cell = True

    def handle_endtag(self, tag):
        self.in_cell = self.in_cell and tag not in ("td", "th")

    def handle_data(self, data):
        if self.in_cell:
            self.tables[-1][-1][-1] += data


def first_table(response):
    """The first table of a page: its rows, each a list of what its cells say."""
    parser = _Tables()
    parser.feed(response.content.decode())
    return [[" ".join(cell.split()) for cell in row] for row in parser.tables[0]]


def markup(response):
    """The HTML of a page on one line, without the white space beside tags."""
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", " ".join(response.content.decode().split()))
