import json
from pathlib import Path

import pytest

from assistant.errors import DefinitionError
from vectorstore.corpus import bundled_forms

FORM = {"project_name": "植树", "indicators": [{"name": "造林面积"}]}


def test_the_bundled_forms_are_twenty_with_their_indicators() -> None:
    forms = bundled_forms()
    assert len(forms) == 20
    assert sum(len(form.indicators) for form in forms) == 203
    assert all(form.project_name and form.unit and form.year for form in forms)


def test_a_gap_a_wrong_key_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"01\.json"):
        bundled_forms(tmp_path)
    (tmp_path / "01.json").write_text(json.dumps(FORM), encoding="utf-8")
    assert bundled_forms(tmp_path)[0].project_name == "植树"
    (tmp_path / "03.json").write_text(json.dumps(FORM), encoding="utf-8")
    with pytest.raises(DefinitionError, match="连续编号"):
        bundled_forms(tmp_path)
    (tmp_path / "03.json").rename(tmp_path / "02.json")
    (tmp_path / "02.json").write_text(json.dumps({**FORM, "amount": 1}), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"02\.json"):
        bundled_forms(tmp_path)
