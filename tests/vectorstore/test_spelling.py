import pytest

from tests.vectorstore.other_offices import QUESTIONS, rows
from vectorstore.index import IndicatorIndex
from vectorstore.lexicon import bundled_lexicon
from vectorstore.space import build_space
from vectorstore.spelling import corrected

SEEN = build_space(rows()).vocabulary


def read(text: str) -> str:
    return corrected(text, bundled_lexicon(), SEEN)[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("家长满意渡", "家长满意度"),
        ("疫苗结种人数", "疫苗接种人数"),
        ("造淋成活律", "造林成活率"),
        ("验收合隔率", "验收合格率"),
        ("免疫规化", "免疫规划"),
        ("非物质文化遗铲", "非物质文化遗产"),
    ],
)
def test_a_word_that_sounds_the_same_is_meant(typed: str, meant: str) -> None:
    assert read(typed) == meant


def test_sounds_that_many_do_not_tell_apart() -> None:
    assert read("造林层活率") == read("造林成活率")


def test_one_character_that_nobody_uses_is_mended_by_shape() -> None:
    assert read("满龘度") == "满意度"
    assert read("高标准农畾") == "高标准农田"


@pytest.mark.parametrize(
    "query",
    [
        *QUESTIONS,
        *(row.indicator for row in rows()),
        "汇智兴业公司",
        "的了吗",
        "在山里修的路",
        "王小明",
        "abc",
    ],
)
def test_what_is_written_rightly_stays(query: str) -> None:
    assert read(query) == query


def test_only_words_of_the_library_are_put_in() -> None:
    assert corrected("家长满意渡", bundled_lexicon(), {"家长"})[0] == "家长满意渡"


def test_the_reason_says_what_was_mended() -> None:
    index = IndicatorIndex(None)
    index.rebuild(rows())
    try:
        hit = index.search("学生家长满意渡", 1)[0]
    finally:
        index.close()
    assert hit.row.indicator == "学生家长满意度"
    assert "“家长满意渡”" in hit.why or "“满意渡”" in hit.why
