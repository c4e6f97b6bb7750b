import math
from pathlib import Path

import pytest

from assistant.errors import DefinitionError
from vectorstore.evaluate import as_table, bundled_rows, evaluate, load, ndcg, reciprocal_rank


def test_ndcg_by_hand() -> None:
    gains = {"a": 7, "b": 3, "c": 1}
    ideal = 7 + 3 / math.log2(3) + 1 / 2
    assert ndcg(["a", "b", "c"], gains) == pytest.approx(1.0)
    assert ndcg(["x", "b", "a"], gains) == pytest.approx((3 / math.log2(3) + 7 / 2) / ideal)
    assert ndcg([], gains) == 0.0


def test_the_reciprocal_rank_counts_good_rows_only() -> None:
    assert reciprocal_rank(["x", "c", "b"], {"b": 3, "c": 1}) == pytest.approx(1 / 3)
    assert reciprocal_rank(["x", "c"], {"b": 3, "c": 1}) == 0.0


def test_the_two_halves_share_no_query_and_name_existing_rows() -> None:
    tuning, reported = load("tuning"), load("reported")
    assert not {query.query for query in tuning} & {query.query for query in reported}
    ids = {row.id for row in bundled_rows()}
    for query in (*tuning, *reported):
        assert set(query.gains()) <= ids, query.query
    for half in (tuning, reported):
        worded = [query.wording for query in half if not query.none]
        assert min(worded.count("as_printed"), worded.count("other_words")) >= 60


@pytest.mark.parametrize(
    "text",
    [
        "half: reported\nqueries: [{query: 培训, wording: as_printed, best: 1#1, good: 1#1}]\n",
        "half: reported\nqueries: [{query: 培训, wording: as_printed}]\n",
        "half: reported\nqueries: [{query: 培训, wording: as_printed, best: 1#1, none: true}]\n",
        "half: reported\nqueries: [{query: 培训, wording: printed, best: 1#1}]\n",
        "queries: 3\n",
    ],
)
def test_a_mistake_in_a_query_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "reported.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match="评测集"):
        load("reported", tmp_path)


@pytest.mark.slow
def test_the_search_reaches_its_goals_and_each_part_earns_its_place() -> None:
    found = {(measure.method, measure.wording): measure for measure in evaluate("reported")}
    ours = found["ours", "all"]
    assert ours.ndcg >= 0.86
    assert ours.hit >= 0.95
    assert found["ours", "other_words"].ndcg >= 0.78
    assert found["ours", "as_printed"].ndcg >= 0.93
    assert ours.false_hits is not None
    assert ours.false_hits < 4
    for method in (
        "random",
        "bm25, words",
        "bm25, pairs",
        "tf-idf",
        "vectors",
        "ours, no synonyms",
        "ours, no vectors",
    ):
        assert found[method, "all"].ndcg < ours.ndcg, method
    assert as_table([ours])[0]["ndcg"] == round(ours.ndcg, 3)
