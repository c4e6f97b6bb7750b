from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vectorstore.other_offices import QUESTIONS, rows
from vectorstore.index import Filters, Hit, IndicatorIndex
from vectorstore.row import IndicatorRow


@pytest.fixture(scope="module")
def index() -> Iterator[IndicatorIndex]:
    built = IndicatorIndex(None)
    built.rebuild(rows())
    yield built
    built.close()


def names(hits: list[Hit]) -> list[str]:
    return [hit.row.indicator for hit in hits]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.indicator)
def test_every_indicator_is_found_first_by_its_own_name(index: IndicatorIndex, row: IndicatorRow) -> None:
    assert names(index.search(row.indicator, 3))[0] == row.indicator


@pytest.mark.parametrize("query", ["演练", "造林", "破案", "低保", "校舍"])
def test_two_characters_are_enough(index: IndicatorIndex, query: str) -> None:
    found = names(index.search(query, 3))
    assert found
    assert query in found[0]


def test_one_character_is_enough(index: IndicatorIndex) -> None:
    assert "改造危旧桥梁座数" in names(index.search("桥", 3))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("消房车辆数量", "购置消防车辆数量"),
        ("图书馆新曾藏书", "图书馆新增藏书册数"),
        ("残疾儿童康服救助", "残疾儿童康复救助人数"),
        ("高标准田农", "建成高标准农田面积"),
        ("传染病情疫报告", "传染病疫情报告及时率"),
    ],
)
def test_one_wrong_or_exchanged_character_does_no_harm(index: IndicatorIndex, typed: str, meant: str) -> None:
    assert meant in names(index.search(typed, 3))


def test_questions_in_other_words_are_answered(index: IndicatorIndex) -> None:
    missed = {
        question: names(index.search(question, 3))
        for question, answer in QUESTIONS.items()
        if answer not in names(index.search(question, 3))
    }
    assert len(missed) <= len(QUESTIONS) // 10, missed


@pytest.mark.parametrize("query", ["", "   ", "？！…", "请问有没有", "hello world", "qwertyuiop", "🦔🦔"])
def test_what_says_nothing_finds_nothing(index: IndicatorIndex, query: str) -> None:
    assert index.search(query) == []


def test_the_reason_names_words_synonyms_and_wishes(index: IndicatorIndex) -> None:
    assert "匹配：演练" in index.search("演练", 1)[0].why
    assert "同义：拖拉机 → 农机" in index.search("拖拉机", 1)[0].why
    best = index.search("2022年 ≥90% 满意度指标 家长", 1)[0]
    assert best.row.indicator == "学生家长满意度"
    for part in ("类别：服务对象满意度指标", "年份：2022", "指标值：≥90%"):
        assert part in best.why


def test_a_query_of_wishes_alone(index: IndicatorIndex) -> None:
    found = index.search("≥90%的满意度指标", 10)
    assert {hit.row.indicator for hit in found} == {"学生家长满意度", "群众安全感", "系统使用人员满意度"}


def test_filters_come_before_ranking(index: IndicatorIndex) -> None:
    """The best rows of all are not allowed here; the allowed ones must come, however far down."""
    assert index.search("辅警工资发放及时率", 1)[0].row.form == 4
    hits = index.search("辅警工资发放及时率", 5, Filters(level2="时效", without_forms=(4,)))
    assert hits
    assert all(hit.row.form != 4 and hit.row.level2 == "时效指标" for hit in hits)
    narrow = index.search("满意度", 5, Filters(unit="教育", year=2022))
    assert names(narrow) == ["学生家长满意度"]
    assert index.search("满意度", 5, Filters(unit="没有的单位")) == []
    assert index.search("满意度", 5, Filters(department="民政", level1="效益", year=2022)) == []


def test_many_queries_at_once_are_the_same_as_one_by_one(index: IndicatorIndex) -> None:
    queries = ["演练", "种了多少树", "", "满意度"]
    assert index.search_many(queries, 4) == [index.search(query, 4) for query in queries]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.integers(0, 30))
def test_any_query_gives_ranked_scores_between_0_and_1(index: IndicatorIndex, query: str, n: int) -> None:
    hits = index.search(query, n)
    assert len(hits) <= n
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_a_page_of_text_as_a_query(index: IndicatorIndex) -> None:
    text = "为提高森林质量，今年计划完成人工造林，聘用生态护林员，确保当年造林成活率达到目标。" * 60
    assert {"完成人工造林面积", "当年造林成活率", "聘用生态护林员人数"} <= set(names(index.search(text, 5)))
