"""What is generated from the code is not stale."""

from tests.generated import stale


def test_generated_documents_are_fresh() -> None:
    assert stale() == [], "run `make docs`"
