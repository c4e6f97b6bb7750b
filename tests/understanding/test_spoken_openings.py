"""First messages as people begin them: which project, which office, and who speaks."""

from __future__ import annotations

import pytest

from assistant.conversation.blank_form import blank_form
from assistant.understanding.drafted_names import drafted_name
from assistant.understanding.message_facts import read_facts
from assistant.understanding.subjects import introduces_speaker, title_of


@pytest.mark.parametrize(
    ("said", "name", "unit"),
    [
        ("我是东湖区文化馆的，那个社区合唱团培育项目该自评了", "社区合唱团培育项目", "东湖区文化馆"),
        ("领导让我报2023年河堤加固工程的绩效自评，我们是清江县水利局", "河堤加固工程", "清江县水利局"),
        ("你好，帮填一下林下养蜂补贴的自评，我是双溪镇政府的", "林下养蜂补贴", "双溪镇政府"),
        ("县团委，我们有个青年夜校开办项目，2024年预算12万", "青年夜校开办项目", "县团委"),
        ("喂，项目嘛就是古树名木保护经费，我这边是市园林局", "古树名木保护经费", "市园林局"),
    ],
)
def test_the_project_is_found_however_it_is_mentioned(said: str, name: str, unit: str) -> None:
    header = {e.location.field: e.new for e in read_facts(said, blank_form()).edits}
    assert (header.get("project_name"), header.get("unit")) == (name, unit)


@pytest.mark.parametrize(
    "said",
    ["我是县红十字会的会计", "镇水管站出纳小吴", "我叫陈静", "本人是区司法局办公室的", "您好我是新来的小郑"],
)
def test_who_speaks_names_no_work(said: str) -> None:
    assert introduces_speaker(said)
    told = f"{said}，救护员培训，计划培训120人"
    assert title_of(told) == "救护员培训" and drafted_name(told) == "救护员培训"


@pytest.mark.parametrize("said", ["培训村级会计", "我是做救护培训项目的", "聘用水管员", "校长培训"])
def test_work_with_people_of_a_job_is_work(said: str) -> None:
    assert not introduces_speaker(said)
