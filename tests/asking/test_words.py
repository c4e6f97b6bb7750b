"""The words of questions: classes and patterns that are read strictly, and what they recognise."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from assistant.asking.language import words
from assistant.asking.language.words import any_of, bundled_words, in_known_words, words_in
from assistant.asking.reading.several import parts_of
from assistant.errors import DefinitionError

BUNDLED = Path(words.__file__).with_name("words")
LONGEST = 250


def said(text: str) -> set[str]:
    known = in_known_words(text)
    return {name for name, pattern in bundled_words().said if pattern.search(known)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUNDLED, tmp_path / "words"))


def changed(folder: Path, name: str, before: str, after: str) -> None:
    file = folder / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("said", "<NOT>", "<NOWHERE>", "没有叫 <NOWHERE> 的词类"),
        ("classes", "classes:\n", "classes:\n  IDLE_CLASS: 甲 乙\n", "没有用到的词类：IDLE_CLASS"),
        ("classes", "  HOWMANY: 多少 几\n", '  HOWMANY: ""\n', "词类 HOWMANY 为空"),
        ("classes", "  HOWMANY: 多少 几\n", "  HOWMANY: 多少 几 多少\n", "重复了多少"),
        ("fields", "  grade:\n    - <GRADE_WORD>\n", "  grade: []\n", "grade 没有写法"),
        ("fields", "  grade:\n", "  title:\n", "given twice"),
        ("levels", "levels:\n", "level:\n", "level"),
        ("said", "- 极差\n", "- 极差(\n", "missing )"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused(
    folder: Path, name: str, before: str, after: str, told: str
) -> None:
    changed(folder, name, before, after)
    with pytest.raises(DefinitionError, match=re.escape(told)):
        words_in(folder)


def test_a_word_added_to_a_class_serves_every_pattern_of_it(folder: Path) -> None:
    changed(folder, "classes", "  WRITE: 写 ", "  WRITE: 写 勾画 ")
    patterns = dict(words_in(folder).said)
    assert patterns["no_reason"].search("没勾画原因")
    assert patterns["no_measure"].search("没勾画整改措施")


def test_patterns_stay_short_enough_to_be_read() -> None:
    lines = [
        line for file in BUNDLED.glob("*.yaml") for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert max(len(line) for line in lines) <= LONGEST


@pytest.mark.parametrize(
    ("listed", "text", "found"),
    [
        (["没有", "没", "未能"], "没有写", "没有"),
        (["没有", "没", "未能"], "没写", "没"),
        (["未", "未能", "未能够"], "未能写", "未能"),
        (["a.b", "a"], "axb", "a"),
    ],
)
def test_the_longest_word_of_a_class_is_taken(listed: list[str], text: str, found: str) -> None:
    match = re.match(any_of(listed), text)
    assert match is not None
    assert match[0] == found


@pytest.mark.parametrize(
    ("name", "wordings"),
    [
        ("no_reason", ["没交代缘由", "尚未说明理由", "不给解释", "偏差一栏没写", "没讲清楚"]),
        ("blank_reason", ["原因栏空着", "偏差一栏没填", "偏差原因那一列一格都没填", "说明全空", "没填缘由"]),
        ("no_measure", ["没提整改办法", "未写对策", "改进措施空着", "漏写补救措施", "没说怎么改进"]),
        ("missed", ["没兑现承诺的目标", "没能完成任务", "赶不上计划", "不达标", "没做到位", "逊于年初目标"]),
        ("exceeded", ["超额完成", "胜过目标", "比计划还好", "高于指标值的", "超目标"]),
        ("over_scored", ["分打高了", "自评偏高", "多给了分", "打分虚高"]),
        ("under_share", ["不到目标的一半", "才完成计划的六成不到", "比目标低三成", "够不上任务的80%"]),
        ("than_mean", ["高于平均分", "比各项目平均预算多", "落后于平均水平", "超过中位数"]),
        ("all_spent", ["钱花得精光", "全额支付", "预算都执行完了", "一分不剩"]),
        ("wrong_total", ["算错了总分", "总分对不上", "各项得分加起来和总分不一致"]),
        ("order_up", ["从小到大", "由低到高", "从最低到最高排"]),
    ],
)
def test_one_thing_is_recognised_however_it_is_said(name: str, wordings: list[str]) -> None:
    assert [text for text in wordings if name not in said(text)] == []


def test_a_printed_name_is_not_put_into_other_words() -> None:
    assert in_known_words("尚未说明") == "没有说明"
    assert in_known_words("尚未说明", lambda _: [(0, 4)]) == "尚未说明"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("总分多少，扣在哪了", ("总分多少", "扣在哪了")),
        ("在轻工处里，哪个项目分最低？它的预算呢", ("在轻工处里，哪个项目分最低", "它的预算呢")),
        ("预算超过1,000万的有几个", ()),
        ("指标值写“多少，几个”的有哪些", ()),
        ("成本指标里，超支的列出来", ()),
    ],
)
def test_questions_in_one_sentence_are_told_apart(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts
