import pytest


@pytest.fixture
def no_listing(monkeypatch):
    """Makes a test fail where a question is answered by writing out every job."""

    def refuse(*arguments):
        pytest.fail("the jobs were written out")

    monkeypatch.setattr("torclint.graph.listing.Listing", refuse)
