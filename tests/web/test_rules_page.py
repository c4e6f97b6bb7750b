"""规则 and 帮助: readable by an office worker, every rule and every parameter in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.rules.catalogue import FAMILIES, RULES
from assistant.rules.page import rule_page
from assistant.rules.profile import Profile, Setting, load_profile, profile_ids
from assistant.web.help.page import contents
from assistant.web.rules.page import readable
from assistant.web.rules.profile_table import setting_rows
from tests.web.conftest import Open, html_of
from tests.web.html_table import Page

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "manual.md"
SETTINGS = [
    name for name in Profile.model_fields if isinstance(getattr(load_profile("national-2020"), name), Setting)
]


class TestRules:
    def test_lists_all_rules_and_finds_some(self, open_page: Open) -> None:
        test = open_page("rules")
        assert len(test.dataframe[0].value) == len(RULES)
        test.selectbox(key="rules_family").set_value(FAMILIES["F"]).run()
        assert all(code.startswith("F") for code in test.dataframe[0].value["编号"])
        test.text_input(key="rules_words").set_value("没有这种规则").run()
        assert not test.dataframe

    def test_a_link_opens_a_rule(self, open_page: Open) -> None:
        test = open_page("rules", query={"rule": "E001"})
        assert "E001" in test.markdown[0].value
        assert "会报出" in test.markdown[0].value

    def test_an_unknown_rule_is_the_list(self, open_page: Open) -> None:
        test = open_page("rules", query={"rule": "<b>X999"})
        assert not test.markdown
        assert len(test.dataframe[0].value) == len(RULES)

    def test_no_page_of_a_rule_needs_html_or_speaks_of_programs(self) -> None:
        for entry in RULES:
            text = readable(rule_page(entry))
            assert not re.search(r"<(?:a|br)\b", text)
            assert not re.search(r"\]\(#", text)
            assert f"`{entry.name}`" not in text


class TestProfiles:
    @pytest.mark.parametrize("identifier", profile_ids())
    def test_every_parameter_is_told_in_words_with_its_source(self, identifier: str) -> None:
        rows = list(setting_rows(load_profile(identifier)))
        assert len(rows) == len(SETTINGS)
        for name, value, source, date, read in rows:
            assert not re.search(r"[a-z]{3,}", name + value), (name, value)
            assert source
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", date)
            assert read in ("已核对", "未核对")

    def test_what_is_inherited_says_from_where(self) -> None:
        rows = {name: source for name, _, source, _, _ in setting_rows(load_profile("hubei"))}
        assert rows["等次的分数线"].startswith("沿用“全国通用")
        assert not rows["预算执行率的分值"].startswith("沿用")

    def test_is_shown_on_the_page(self, open_page: Open) -> None:
        test = open_page("rules", rules_shown="评分口径")
        test.selectbox(key="profile_shown").set_value("sichuan").run()
        assert "四川" in html_of(test)
        assert "200" in Page(html_of(test)).text

    def test_what_no_rule_checks_is_said(self, open_page: Open) -> None:
        assert "需要附件" in html_of(open_page("rules", rules_shown="不检查什么"))


class TestHelp:
    def test_the_contents_lead_to_every_heading(self, open_page: Open) -> None:
        headings = re.findall(r"^###? (.+)$", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
        page = Page(contents(MANUAL.read_text(encoding="utf-8")))
        links = [given["href"] for tag, given in page.tags if tag == "a"]
        assert links == [f"#part-{number}" for number in range(1, len(headings) + 1)]
        test = open_page("help")
        drawn = [element.proto.anchor for element in (*test.header, *test.subheader)]
        assert sorted(drawn) == sorted(link[1:] for link in links)
