"""One small call to the configured model, so that an administrator knows whether it can be reached."""

from __future__ import annotations

import time

from assistant.drafting.replies import ConnectionReply
from assistant.errors import ModelUnavailableError
from assistant.llm import OpenAIChat
from assistant.prompt import load_prompt
from assistant.settings import Settings

SECONDS = 15.0
"""What the test may take with all its attempts."""


def try_model(settings: Settings) -> float:
    """Seconds until the model answered in the wanted shape. Raises ModelUnavailableError with the reason.

    Nothing of any form is sent.
    """
    if not settings.has_model:
        raise ModelUnavailableError("没有配置模型，请先设置 OPENAI_BASE_URL 和 OPENAI_MODEL。")
    model = OpenAIChat(
        settings.base_url,
        settings.api_key.get_secret_value(),
        settings.chat_model,
        budget_seconds=SECONDS,
        log_folder=settings.home / "calls",
    )
    prompt = load_prompt("connection")
    start = time.monotonic()
    model.answer(prompt.render(), ConnectionReply, prompt_id=prompt.reference)
    return time.monotonic() - start
