"""The house rules that a linter does not know."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [p for folder in ("assistant", "vectorstore") for p in sorted((ROOT / folder).rglob("*.py"))]
PYTHON_FILES = [*SOURCES, ROOT / "app.py"]
MAX_MODULE_LINES = 420
MAX_FUNCTION_LINES = 45
AT_THE_TOP = {
    ".ci",
    ".gitignore",
    ".streamlit",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "app.py",
    "assistant",
    "docs",
    "prompts",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements-dev.txt",
    "requirements.lock",
    "requirements.txt",
    "tests",
    "vectorstore",
}


def tracked_files() -> list[Path]:
    try:
        names = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_and_functions_stay_readable(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MAX_MODULE_LINES, f"{path.name} has outgrown one module: split it"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            start = node.body[1].lineno if ast.get_docstring(node) and len(node.body) > 1 else node.lineno
            length = (node.end_lineno or start) - start + 1
            assert length <= MAX_FUNCTION_LINES, f"{path.name}:{node.name} has {length} lines: split it"


def test_no_registry_host_key_or_machine_path_in_the_repository() -> None:
    bad = re.compile(
        rb"(files\.pythonhosted|pypi\.org/simple|registry\.npmjs|deb\.debian\.org|sk-[A-Za-z0-9]{20,}"
        rb"|/home/[a-z]+/|/root/)"
    )
    this = Path(__file__).resolve()
    found = []
    for path in tracked_files():
        if path.suffix in {".png", ".docx", ".xlsx"} or path == this:
            continue
        found += [f"{path.relative_to(ROOT)}: {m.group().decode()}" for m in bad.finditer(path.read_bytes())]
    assert not found


def test_the_top_of_the_house_holds_only_what_belongs_there() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in tracked_files()}
    assert top == AT_THE_TOP, "a scratch file that was committed, or one that is gone"


def test_every_direct_dependency_is_pinned_and_explained() -> None:
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            assert re.fullmatch(r"[A-Za-z0-9_.\[\]-]+==\S+\s+# \S.*", line), line


def test_the_lock_carries_the_pinned_versions() -> None:
    lock = set((ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines())
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pinned = re.sub(r"\[.*?\]", "", line.split()[0]).lower()
            assert pinned in {entry.lower() for entry in lock}, f"run `make lock`: {line}"


def test_nothing_heavy_is_imported_by_the_core() -> None:
    code = (
        "import sys, assistant.rules.check, assistant.documents.read\n"
        "heavy = {'streamlit', 'chromadb', 'langchain', 'openai', 'sqlalchemy', 'sklearn', 'pandas'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
