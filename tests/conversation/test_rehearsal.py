"""What is loaded ahead must not show: no draft, no other hits, and nobody sees more for it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from assistant.form.model import Form, Indicator
from assistant.people import Person, Role
from assistant.services import open_services
from assistant.settings import Settings


def test_loading_ahead_stores_no_draft_and_finds_the_same(tmp_path: Path) -> None:
    with closing(open_services(Settings(home=tmp_path / "plain"), offline=True)) as plain:
        expected = plain.library.search("培训人数")
    opened = open_services(Settings(home=tmp_path / "warm"), offline=True, indexed=False)
    with closing(opened) as services:
        services.warm()
        assert services.library.search("培训人数") == expected != []
    with closing(open_services(Settings(home=tmp_path / "warm"), offline=True)) as again:
        assert again.library.drafts() == []


def test_a_form_imported_after_a_search_is_hidden_from_other_units(tmp_path: Path) -> None:
    with closing(open_services(Settings(home=tmp_path), offline=True)) as services:
        person = Person(id="a", roles=frozenset({Role.DRAFTER}), units=("甲站",), past_forms="own")
        theirs = services.library.for_person(person)
        assert theirs.search("量子灯塔维护数量") == []
        row = Indicator(level1="产出指标", level2="数量指标", name="量子灯塔维护数量", target="≥3座")
        services.library.add_forms(
            Form(project_name=f"{unit}量子灯塔维护", unit=unit, indicators=(row,))
            for unit in ("甲站", "乙站")
        )
        assert {hit.row.unit for hit in theirs.search("量子灯塔维护数量")} == {"甲站"}
        assert {hit.row.unit for hit in services.library.search("量子灯塔维护数量")} >= {"甲站", "乙站"}
