"""The figures of the documents are those that were measured."""

from bench import promises, report
from bench.__main__ import THINGS


def test_the_document_shows_the_results_that_are_kept():
    assert f"{report.PROMISED}\n{promises.table(report.kept())}\n{report.KEPT}" in report.DOCUMENT.read_text()
    assert f"{report.BEGIN}\n{report.table()}\n{report.END}" in report.DOCUMENT.read_text()


def test_every_kept_result_is_of_something_that_is_measured():
    assert {path.stem for path in report.RESULTS.glob("*.json")} <= set(THINGS)
