"""Texts found by pairs of characters, whether they came together or one after the other."""

from __future__ import annotations

from random import Random

import pytest

from assistant.asking.language.texts import Texts, has_pair, pairs_in
from assistant.form.text import pairs

CHARACTERS = "培训人数水渠长度𠮷率"


def drawn(chance: Random, many: int) -> list[str]:
    return ["".join(chance.choices(CHARACTERS, k=chance.randrange(7))) for _ in range(many)]


@pytest.mark.parametrize("steps", [1, 4, 40])
def test_a_text_is_found_by_every_pair_in_it_and_by_no_other(steps: int) -> None:
    chance, texts = Random(steps), Texts()
    for _ in range(steps):
        texts.add(drawn(chance, chance.randrange(1, 60)))
    for left in CHARACTERS:
        for right in CHARACTERS:
            wanted = [at for at, text in enumerate(texts.all) if left + right in text]
            assert texts.having(left + right).tolist() == wanted
    for phrase in drawn(chance, 40):
        wanted = [at for at, text in enumerate(texts.all) if all(pair in text for pair in pairs(phrase))]
        assert sorted(texts.having_all(pairs(phrase)).tolist()) == (wanted if len(phrase) > 1 else [])


def test_characters_and_pairs_of_many_texts() -> None:
    texts = ["培训", "𠮷", "", "水渠长"]
    known = pairs_in(texts)
    for one in CHARACTERS:
        assert has_pair(known, one) == any(one in text for text in texts)
        for other in CHARACTERS:
            assert has_pair(known, one + other) == any(one + other in text for text in texts)
