from hypothesis import given
from hypothesis import strategies as st

from vectorstore.text import features, normalise, runs


def test_full_width_forms_and_signs_are_folded() -> None:
    assert normalise("ＡＰＥＣ　≧９５％") == "apec ≥95%"


def test_runs_are_split_between_scripts() -> None:
    assert runs("第17届APEC技展会（≥3000万元）") == ["第", "17", "届", "apec", "技展会", "3000", "万元"]


def test_features_are_characters_pairs_and_whole_words() -> None:
    assert features("培训5期") == ["培", "训", "培训", "5", "期"]


@given(st.text())
def test_any_text_has_features_and_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert all(features(text))
