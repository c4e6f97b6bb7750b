from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import DefinitionError
from vectorstore.lexicon import SAID, SAME, bundled_lexicon, load

HEAD = "version: 1\nidle: 请问 有没有\ngeneral: 人数\nplain: 发展\nwishes: {成本: 多少钱, 数量: 多少}\n"
TOPIC = (
    "topics:\n  - name: 甲\n    same: [培训 轮训, 退休 离退休]\n"
    "    said: [上课 听课 -> 培训, 几个人 -> 人数]\n"
)


def written(folder: Path, text: str) -> Path:
    file = folder / "lexicon.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_synonyms_go_both_ways_and_spoken_words_one_way(tmp_path: Path) -> None:
    lexicon = load(written(tmp_path, HEAD + TOPIC))
    assert lexicon.widened["培训"] == {"轮训": SAME}
    assert lexicon.widened["轮训"] == {"培训": SAME}
    assert lexicon.widened["听课"] == {"培训": SAID}
    assert lexicon.general == {"人数", "几个人"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + "version: 2\n" + TOPIC, "given twice"),
        (HEAD + "extra: 1\n" + TOPIC, "extra"),
        (HEAD + "topics: [{name: 甲, same: [培训 培训]}]\n", "培训"),
        (HEAD + "topics: [{name: 甲, said: [上课 培训]}]\n", "箭头"),
        (HEAD + "topics: [{name: 甲, said: [上课 -> 培训, 上课 -> 轮训]}]\n", "重复"),
        ("version: [\n", "有误"),
    ],
)
def test_a_mistake_in_the_file_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(DefinitionError, match=told):
        load(written(tmp_path, text))


def test_cutting_leaves_as_little_unknown_as_possible() -> None:
    lexicon = bundled_lexicon()
    assert lexicon.segment("离退休干部采暖费发放及时率") == ["离退休干部", "采暖费", "发放", "及时率"]
    assert lexicon.segment("退休职工鼹鼠补助") == ["退休职工", "鼹鼠", "补助"]


def test_a_character_beside_an_unknown_one_is_no_word(tmp_path: Path) -> None:
    lexicon = load(written(tmp_path, "version: 1\ntopics: [{name: 甲, said: [发 -> 发放, 钱 -> 资金]}]\n"))
    assert lexicon.segment("发钱") == ["发", "钱"]
    assert lexicon.segment("发鼹") == ["发鼹"]


def test_a_longer_wish_hides_the_shorter_one(tmp_path: Path) -> None:
    lexicon = load(written(tmp_path, HEAD + TOPIC))
    assert lexicon.wished("花了多少钱") == {"成本"}
    assert lexicon.wished("多少人") == {"数量"}
    assert lexicon.wished("怎么样") == frozenset()


@given(st.text(alphabet="培训退休上课发展鼹的了a1", max_size=40))
def test_cutting_loses_nothing(text: str) -> None:
    assert "".join(bundled_lexicon().segment(text)) == text


def test_the_bundled_lexicon_is_broad_and_never_sends_a_word_to_itself() -> None:
    lexicon = bundled_lexicon()
    assert sum(bool(links) for links in lexicon.widened.values()) > 3000
    assert not [word for word, links in lexicon.widened.items() if word in links]
