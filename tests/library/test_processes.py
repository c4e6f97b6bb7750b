"""Several processes on one database and one Chroma server: what one of them stores, the others find."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.services import Services, open_services
from assistant.settings import Settings
from tests.library.small_forms import planting
from tests.vectorstore.chroma import chroma_server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("chroma")) as url:
        yield url


@pytest.fixture
def serving(database_url: str, chroma: str, tmp_path: Path) -> Iterator[Services]:
    """The services of this process, as a serving one has them."""
    settings = Settings(home=tmp_path / "one", database_url=database_url, chroma_url=chroma)
    with closing(open_services(settings, offline=True)) as opened:
        yield opened


def terminal(services: Services, *arguments: str) -> Any:
    """What a command in another process prints, on the same database and server, with a folder of its own."""
    settings = services.settings
    own = {
        "ASSISTANT_HOME": str(settings.home.with_name("other")),
        "DATABASE_URL": settings.database_url,
        "CHROMA_URL": settings.chroma_url,
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")}
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments, "--json"],
        cwd=ROOT,
        env={**kept, **own},
        capture_output=True,
        text=True,
        timeout=110,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_what_one_process_stores_the_others_find(serving: Services, tmp_path: Path) -> None:
    library = serving.library
    assert library.search("人工造林", 1)[0].row.project_name != "国土绿化"

    file = tmp_path / "国土绿化.json"
    file.write_text(json.dumps(planting().to_json(), ensure_ascii=False), encoding="utf-8")
    assert terminal(serving, "import", str(file))["added"] == 1
    [hit] = library.search("完成人工造林面积", 1)
    assert hit.row.project_name == "国土绿化"
    assert hit.score > 0.6, "its vectors are there too"
    assert "1.8万亩" in serving.asker.ask("国土绿化的完成人工造林面积的指标值是多少").answer

    library.set_state(hit.row.form, "withdrawn", by="test")
    found = terminal(serving, "search", "完成人工造林面积", "-n", "5")["hits"]
    assert "国土绿化" not in [one["project_name"] for one in found]
    library.set_state(hit.row.form, "approved", by="test")
    library.add_forms([planting(year=2024, target="≥2.2万亩")])
    [newest] = terminal(serving, "search", "2024年完成人工造林面积", "-n", "1")["hits"]
    assert newest["target"] == "≥2.2万亩"
