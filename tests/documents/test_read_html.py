"""Web pages: tables that hold the parts of the form as tables of their own."""

from __future__ import annotations

from assistant.documents.read import read_bytes

FUNDS = """<table><tr><td rowspan="2">项目资金（万元）</td><td></td><td>年初预算数</td><td>全年预算数</td>
<td>全年执行数</td><td>分值</td><td>执行率</td><td>得分</td></tr>
<tr><td>年度资金总额</td><td>20</td><td>20</td><td>19</td><td>10</td><td>95.00%</td><td>9.5</td></tr></table>"""
ROWS = """<table><tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td>
<td>分值</td><td>得分</td><td>偏差原因分析及改进措施</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>更新册数</td><td>≥100册</td><td>120册</td><td>90</td><td>90</td><td></td></tr>
<tr><td colspan="5">总分</td><td>100</td><td>99.5</td><td></td></tr></table>"""
GOAL = """<tr><td rowspan="2">年度总体目标</td><td colspan="3">预期目标</td>
<td colspan="4">实际完成情况</td></tr>
<tr><td colspan="3">更新图书。</td><td colspan="4">已更新。</td></tr>"""
PAGE = f"""<html><body><table class="layout"><tr><td><h3>项目支出绩效自评表</h3><p>（2023年度）</p><table>
<tr><td>项目名称</td><td colspan="7">图书更新</td></tr>
<tr><td>主管部门</td><td colspan="3">市文化局</td><td>实施单位</td><td colspan="3">市图书馆</td></tr>
<tr><td colspan="8">{FUNDS}</td></tr>{GOAL}<tr><td colspan="8">{ROWS}</td></tr>
</table></td></tr></table><p>打印本页</p></body></html>"""


def test_parts_in_tables_of_their_own_are_one_form_in_order() -> None:
    result = read_bytes(PAGE.encode(), "表.xls")
    assert result.problems == ()
    [form] = result.forms
    assert (form.title, form.year_line) == ("项目支出绩效自评表", "（2023年度）")
    assert (form.project_name, form.department, form.unit) == ("图书更新", "市文化局", "市图书馆")
    assert form.funds[0].executed == "19"
    assert (form.goal.expected, form.goal.actual) == ("更新图书。", "已更新。")
    assert [row.name for row in form.indicators] == ["更新册数"]
    assert form.total.score == "99.5"
