"""The page with every part of the look."""

import re

import pytest

from teams.views.site.style import SHEETS
from tests.deploy.compose import ROOT

IMPORT = re.compile(r'@import "([^"]+)";')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SELECTOR = re.compile(r"([^{};]+)\{")
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")


@pytest.fixture
def page(world, browse, settings):
    settings.DEMO = True
    return browse(world.ada).get("/style/").content.decode()


def components(sheet):
    """The classes in a sheet's layers of components."""
    folder = ROOT / "static" / "css"
    text = IMPORT.sub(lambda line: (folder / line[1]).read_text(), (folder / sheet).read_text())
    layers = COMMENT.sub("", text).split("@layer ")
    selectors = [selector for layer in layers if layer.startswith("components") for selector in SELECTOR.findall(layer)]
    return {name for selector in selectors for name in CLASS.findall(selector)}


@pytest.mark.parametrize("sheet", ["components.css", *SHEETS])
def test_it_shows_every_component(page, sheet):
    shown = {name for classes in re.findall(r'class="([^"]*)"', page) for name in classes.split()}

    assert components(sheet) != set()
    assert components(sheet) - shown == set()


def test_every_sheet_is_shown_but_those_of_walls_and_share_links():
    sheets = {path.name for path in (ROOT / "static" / "css").glob("*.css")}

    assert sheets - {*SHEETS} == {"base.css", "components.css", "share.css", "style.css", "wall.css"}
