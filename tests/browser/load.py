"""Many people working at once: ``python -m tests.browser.load [--people 30] [--turns 8] [--arrive 60]``.

Each opens the page, drafts from a sentence, accepts, states what was done, looks at points and findings, and
thinks in between. Their side runs on the same machine as the server and takes its share of it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles

from tests.browser.running import server
from tests.browser.wire import Visit

SENTENCES = (
    "我们是某市农机推广站，主管部门某市农业农村局，2024年做农机手培训项目，预算{n}万元，实际支出{m}万元，"
    "都是当年财政拨款，去年培训了84人，今年计划100人，满意度要达到90%以上。",
    "2025年老旧小区加装电梯补助项目，主管部门市住房和城乡建设局，实施单位市住房保障中心，预算{n}万元，"
    "实际支出{m}万元，计划补助30部电梯。",
    "我要填政务信息系统运行维护项目的自评表，2025年，预算{n}万元，支出{m}万元，维护系统8个。",
    "市图书馆2024年全民阅读活动项目，主管部门市文化和旅游局，预算{n}万元，支出{m}万元，办了12场活动。",
)
TURNS = (
    "第1行实际完成88%",
    "满意度92%",
    "第2行完成95%",
    "把满意度目标改成95%",
    "哪些还没填？",
    "为什么扣分？",
    "第3行怎么算的？",
    "主要是农忙时间冲突，部分人员没能到场。下一步提前摸底需求，错开农忙安排。",
)
_VIEWS = ("得分", "问题", "表格")
_THINK = (3.0, 9.0)
Waits = dict[str, list[float]]


async def person(address: str, number: int, given: argparse.Namespace, waits: Waits) -> None:
    """One person's work, with the wait of each step."""
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, given.arrive))

    async def think() -> None:
        await asyncio.sleep(chance.uniform(*_THINK))

    start = time.monotonic()
    visit = await Visit.begin(address)
    waits["page ready"].append(time.monotonic() - start)
    await think()
    budget = chance.randint(20, 900)
    words = chance.choice(SENTENCES).format(n=budget, m=round(budget * 0.95, 2))
    waits["first draft"].append(await visit.say("first_words", words))
    await think()
    if visit.keys("accept-all"):
        waits["accept"].append(await visit.press("accept-all"))
    for turn in range(given.turns):
        await think()
        if turn % 4 == 3:
            waits["view"].append(await visit.choose("sheet_shown", chance.choice(_VIEWS)))
        else:
            waits["chat turn"].append(await visit.say("chat_words", chance.choice(TURNS)))
            if cards := [key for key in visit.keys("accept-") if key != "accept-all"]:
                await think()
                waits["accept"].append(await visit.press(cards[0]))
    await visit.close()


async def crowd(address: str, given: argparse.Namespace) -> Waits:
    """All of them at once; a person who fails counts as an endless wait."""
    waits: Waits = defaultdict(list)
    ends = await asyncio.gather(
        *(person(address, number, given, waits) for number in range(given.people)), return_exceptions=True
    )
    for end in ends:
        if isinstance(end, BaseException):
            print(f"failed: {end!r}", file=sys.stderr)
            waits["failed"].append(float("inf"))
    return waits


def line(name: str, seconds: list[float]) -> str:
    """Count, median, 95th percentile and worst of some waits."""
    p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    half, worst = median(seconds), max(seconds)
    return f"{name:14} {len(seconds):5}   p50 {half:6.2f} s   p95 {p95:6.2f} s   worst {worst:6.2f} s"


def report(waits: Waits, people: int, spent: float) -> None:
    every = [seconds for name, of_name in waits.items() if name != "page ready" for seconds in of_name]
    print(
        f"{people} people, {len(every)} turns in {spent:.0f} s on {os.cpu_count()} cores; "
        f"load {os.getloadavg()[0]:.1f} at the end"
    )
    for name, seconds in sorted(waits.items()):
        print(line(name, seconds))
    print(line("all turns", every))


def main() -> int:
    """Starts a server on a new data folder unless ``--address`` names one; 1 if somebody failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=30)
    options.add_argument("--turns", type=int, default=8)
    options.add_argument("--arrive", type=float, default=60.0, help="seconds within which they come")
    options.add_argument("--address", default="")
    given = options.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} before the start")
    with tempfile.TemporaryDirectory() as folder:
        if given.address:
            return measure(given.address, given)
        with server(Path(folder)) as address:
            first = argparse.Namespace(people=1, turns=1, arrive=0)
            asyncio.run(crowd(address, first))  # the first visit of a process opens the library
            return measure(address, given)


def measure(address: str, given: argparse.Namespace) -> int:
    """Lets the crowd in and prints how long they waited."""
    start = time.monotonic()
    waits = asyncio.run(crowd(address, given))
    report(waits, given.people, time.monotonic() - start)
    return 1 if waits.get("failed") else 0


if __name__ == "__main__":
    sys.exit(main())
