"""The past forms that ship with the program: ``vectorstore/corpus/NN.json``, in this order."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import DefinitionError
from assistant.form.model import Form

_FOLDER = Path(__file__).parent / "corpus"


def bundled_forms(folder: Path = _FOLDER) -> tuple[Form, ...]:
    """The bundled forms, 01.json first. Raises DefinitionError for a gap or for a file that is no Form."""
    files = sorted(folder.glob("*.json"))
    names = [f"{number:02}.json" for number in range(1, len(files) + 1)]
    if not files or [file.name for file in files] != names:
        raise DefinitionError(f"随附的往年表 {folder} 应从 01.json 起连续编号，请重新取得完整的程序。")
    return tuple(_read(file) for file in files)


def _read(file: Path) -> Form:
    try:
        return Form.model_validate(json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, ValidationError) as error:
        raise DefinitionError(f"随附的往年表 {file.name} 不是完整的自评表：{error}") from error
