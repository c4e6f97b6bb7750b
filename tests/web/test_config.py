"""The server's settings: nothing leaves the machine, nothing inside shows outside."""

import tomllib
from pathlib import Path

CONFIG = tomllib.loads(
    (Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)


def test_the_server_is_closed_and_quiet() -> None:
    server = CONFIG["server"]
    assert (server["enableXsrfProtection"], server["enableCORS"]) == (True, True)
    assert (server["enableStaticServing"], server["enableAgentApi"]) == (False, False)
    assert server["maxUploadSize"] <= 20
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"] == {
        "showErrorDetails": "none",
        "showErrorLinks": False,
        "toolbarMode": "minimal",
        "disableDataExport": True,
    }


def test_fonts_are_those_of_the_machine() -> None:
    text = str(CONFIG["theme"])
    assert "http" not in text
    assert "url" not in text
