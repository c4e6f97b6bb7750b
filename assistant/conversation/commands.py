"""What a chat message wants when it states no facts: a command, or an answer to one of the known questions.

The words are data: ``commands.yaml`` beside this module, loaded strictly, once per process.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ValidationError

from assistant.errors import DefinitionError
from assistant.form.model import Frozen
from assistant.understanding.clauses import is_question

Command = Literal[
    "accept",
    "accept_all",
    "reject",
    "decline",
    "skip",
    "restart",
    "undo",
    "keep",
    "help",
    "greet",
    "thanks",
    "export",
    "check",
    "suggest",
    "more",
    "another",
    "goal",
    "summary",
]
Topic = Literal["lost", "unmet", "total", "missing", "execution", "problems", "weights", "rules", "undo"]

_END = r"(?:了|吧|啊|呀|哦|哈|的|呢|啦|谢谢|[，。！!~～？\s])*$"
_YES = re.compile(
    r"^(?:好的?|可以|没错|对的?|是的?|嗯+|行|确认|没问题)[，。！,!\s]+(?!但|不过|只是|除|就是|不"
    r"|可)(?P<rest>.{3,})$",
    re.DOTALL,
)
_MORE_OF = re.compile(
    r"(?:请|帮我|给我|能不能|可以|我想|想)*(?:再|还|多|另外)*(?:要|来|给|加|多|出|推荐|建议|补充|增加|设|列|有)*(?:没有|什么|哪些)?"
    r"(?:几|一|两|二|三|\d|一些|些)?(?:个|条|项|点)?(?:别的|其他)?"
    r"(?P<level>数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|满意度|效益|产出)(?:类|方面)?的?(?:三级)?指标"
    r"(?:可以加|可以填|建议|吧|啊|呢|？|。|吗)*"
)
_MORE_FOR = re.compile(
    r"(?:请|帮我|给我|给|在|把|想|我)*(?P<level>数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|满意度|效益|产出)(?:类|方面)?的?"
    r"(?:(?:三级|二级|一级)?指标)?(?:里面?|下面|下|方面|太少了?|不够|少了)?，?(?:请|再|还|多|另外|能不能|可以)*"
    r"(?:你|帮我|给我|麻烦)*(?:来|加|要|给|补充|增加|补|添|出|设|列|推荐|建议|拟|想|写|编)(?:上|点|些)?(?:几|一|两|二|三|\d|一些|些)?(?:个|条|项|点|行)?(?:指标)?(?:吧|啊|呢|？|。|吗)*"
)
_SIGNS_OF_MORE = re.compile(r"拟|想|编|再|还|多|几|推荐|建议|补充|增加|另外|加|换")
_ROW_QUESTION = re.compile(
    r"是多少|得多少|多少(?:[\u3400-\u9fff]{1,3})?来着|超额?多少|[差少多]多少|(?:完成)?(?:率|比例|进度)[^，。]{0,6}(?:多少|几|算)|算一下|算一算|算算|多少来着|填的?是?(?:什么|多少)|要不要|用不用|需不需要|超了|怎么算|如何算|咋算|怎么来|怎么得|为什么|为啥|多少分|几分|得分|扣|对不对|是否|什么意思|为何|问题"
    r"|行不行|达标"
)
_EXPORTS = re.compile(
    r"导出|下载|打印(?!机)|出表$|导表|打出来|[wW]ord|WORD|docx|(?:生成|输出|出|要|给我)[^，]{0,4}(?:文档|正式(?:的)?表|成表|表格文件)"
)
_WORK_OUT = re.compile(r"(?:帮我|给我|请|麻烦)?(?:算一下|算一算|算算)(?:吧|呗)?$")
_SHORT_EXPORT = 18
_ONE = re.compile(r"[一1]\s*[个条项行]|^(?:请|帮我)?再?加(?:上)?[^几两些]{0,8}指标$")
_SOME = re.compile(r"几|两|二|三|些|多")
_READY = re.compile(
    r"^(?:(?:行|好|可以|嗯|对|OK|ok)了?(?:吧|的)?|没问题|哎呀?|唉|那|就这样|麻烦|请)了?[，。！\s]+"
)
_REACTS = re.compile(
    r"^(?:(?:等等|等一下|等下|慢着|糟了|不好意思|哎呀?|唉|不对|错了|算了)|(?:哎呀?|唉|诶|哦|啊)?(?:先)?别[删改加动填](?:了|它)?|(?:刚才|刚刚|我|这个|那个|那行|这行)*(?:不该|不应该|不能|不要)[\u3400-\u9fff]{1,4}"
    r"|(?:刚才|刚刚|我)*[\u3400-\u9fff]{1,2}错了?)[，。！\s]+"
)
_LAST_CLAUSE = re.compile(r"[，。；！\n]\s*(?=[^，。；！\n]+[。！]?$)")
_PAUSE = re.compile(r"[，。；！\n]\s*")
_SHORT_QUESTION = 14


class Words(Frozen):
    """``commands.yaml``: the expressions of each command and topic, in order."""

    commands: dict[Command, tuple[str, ...]]
    topics: dict[Topic, tuple[str, ...]]


@cache
def _words() -> tuple[tuple[tuple[Command, re.Pattern[str]], ...], tuple[tuple[Topic, re.Pattern[str]], ...]]:
    path = Path(__file__).with_name("commands.yaml")
    try:
        words = Words.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        commands = [
            (name, re.compile(rf"[，。！\s嗯哦啊哎唉呀诶]*(?:{'|'.join(texts)}){_END}"))
            for name, texts in words.commands.items()
        ]
        topics = [(name, re.compile("|".join(texts))) for name, texts in words.topics.items()]
    except (ValidationError, re.error) as problem:
        raise DefinitionError(f"{path.name}内容有误，请改正：{problem}") from problem
    return tuple(commands), tuple(topics)


def read_command(text: str) -> Command | None:
    """The command that a whole cleaned message is, else None."""
    if _EXPORTS.search(text) and len(text) <= _SHORT_EXPORT and not re.search(r"\d{2}|怎么|如何|吗|前", text):
        return "export"
    plain = _READY.sub("", text)
    found = next(
        (name for name, pattern in _words()[0] if pattern.match(text) or (plain and pattern.match(plain))),
        None,
    )
    return found or ("undo" if _is_undo(text) else None)


def _is_undo(text: str) -> bool:
    """Whether all before an 撤回 is only why: 等等，不该删，撤回."""
    while (shorter := _REACTS.sub("", text)) != text:
        text = shorter
        if any(name == "undo" and pattern.match(text) for name, pattern in _words()[0]):
            return True
    *before, last = _PAUSE.split(text)
    told = "，".join(before)
    return bool(before) and not re.search(r"\d", told) and _undoes(last)


def _undoes(text: str) -> bool:
    return any(name == "undo" and pattern.match(text) for name, pattern in _words()[0])


def split_undo(text: str) -> tuple[bool, str]:
    """Whether a message begins with an 撤销, and what it goes on to say: 撤销，应该是88人.

    Why it is taken back (还是留着) says nothing more.
    """
    cut = _PAUSE.search(text)
    head, rest = (text[: cut.start()], text[cut.end() :]) if cut else (text, "")
    if not rest or not any(name == "undo" and pattern.match(head) for name, pattern in _words()[0]):
        return False, ""
    return True, rest if re.search(r"\d|[改删加]", rest) else ""


def split_export(text: str) -> tuple[str, bool]:
    """What a message says before it asks for the document in its last words, and whether it does."""
    cut = next(iter(_LAST_CLAUSE.finditer(text)), None)
    if (
        cut is None
        or read_command(re.sub(r"^(?:好|行|可以)(?:了|的|吧)?", "", text[cut.end() :])) != "export"
    ):
        return text, False
    return text[: cut.start()], True


def level_of_more(text: str) -> str:
    """The second level of which a whole cleaned message wants more rows (再多几个质量指标); "" if none."""
    found = _MORE_OF.fullmatch(text) or _MORE_FOR.fullmatch(text)
    return found["level"] if found and _SIGNS_OF_MORE.search(text) else ""


def wanted_rows(text: str) -> int:
    """How many further rows a message asks for: 再来一条 one, 加几个 two."""
    return 1 if _ONE.search(text) and not _SOME.search(text) else 2


def split_yes(text: str) -> tuple[bool, str]:
    """Whether a message begins with a yes to what was asked, and what it says after that."""
    found = _YES.match(text)
    return (True, found["rest"]) if found else (False, text)


def read_topic(text: str) -> Topic | None:
    """What a cleaned message asks about, else None; a short one without figures needs no question mark."""
    found = next((name for name, pattern in _words()[1] if pattern.search(text)), None)
    if is_question(text):
        return found
    short = len(text) <= _SHORT_QUESTION and not re.search(r"\d", text)
    return found if short and found not in ("rules", "weights", "execution") else None


def asks_about_row(text: str) -> bool:
    """Whether a question that names a row wants its points or its problems."""
    return (is_question(text) or bool(_WORK_OUT.search(text))) and bool(_ROW_QUESTION.search(text))
