"""Text of users, files and models reaches the page as text only."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.web.shown.escape import escape, visible
from tests.web.html_table import Page

HOSTILE = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "![](http://attacker.example/?q=1)",
    "[看这里](javascript:alert(1))",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</td></tr></table><h1>接管页面</h1>",
    "&lt;b&gt;",
    "$\\frac{1}{2}$ **粗** `x`",
)


@given(st.one_of(st.text(), st.sampled_from(HOSTILE)))
def test_shows_exactly_the_visible_characters(text: str) -> None:
    page = Page(f'<p title="{escape(text)}">{escape(text)}</p>')
    assert [tag for tag, _ in page.tags] == ["p"]
    assert page.text == visible(text)
    assert page.tags[0][1] == {"title": visible(text)}


def test_characters_that_nobody_sees_are_dropped() -> None:
    hidden = "预\u200b算\u202e100\u2066万\U000e0041元\ufeff"
    assert visible(hidden) == "预算100万元"
    assert escape("第一段\r\n第二段\r第三段") == "第一段\n第二段\n第三段"
