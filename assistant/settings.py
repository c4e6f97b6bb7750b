"""One typed settings class, read from the environment by the entry points only."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where data lives and which optional services are configured. Empty strings mean not configured."""

    model_config = SettingsConfigDict(env_ignore_empty=True, populate_by_name=True, extra="ignore")

    home: Path = Field(default=Path("data"), validation_alias=AliasChoices("ASSISTANT_HOME", "home"))
    database_url: str = Field(default="", validation_alias=AliasChoices("DATABASE_URL", "database_url"))
    chroma_url: str = Field(default="", validation_alias=AliasChoices("CHROMA_URL", "chroma_url"))
    api_key: SecretStr = Field(
        default=SecretStr(""), validation_alias=AliasChoices("OPENAI_API_KEY", "api_key")
    )
    base_url: str = Field(default="", validation_alias=AliasChoices("OPENAI_BASE_URL", "base_url"))
    chat_model: str = Field(default="", validation_alias=AliasChoices("OPENAI_MODEL", "chat_model"))
    embedding_model: str = Field(
        default="", validation_alias=AliasChoices("OPENAI_EMBEDDING_MODEL", "embedding_model")
    )

    admin: str = Field(
        default="",
        validation_alias=AliasChoices("ASSISTANT_ADMIN", "admin"),
        description="Identity of the first administrator; with it set, nobody gets in without login.",
    )
    identity_claim: str = Field(
        default="email",
        validation_alias=AliasChoices("ASSISTANT_IDENTITY_CLAIM", "identity_claim"),
        description="Which attribute of the login identifies a person.",
    )
    past_forms: Literal["all", "own"] = Field(
        default="all",
        validation_alias=AliasChoices("ASSISTANT_PAST_FORMS", "past_forms"),
        description="Whether people see past forms of every unit or of their own units only.",
    )

    @property
    def database(self) -> str:
        """The database URL, by default an SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.home / 'library.sqlite3'}"

    @property
    def has_model(self) -> bool:
        """Whether a chat model is configured: a model name, and an address or a key to reach it."""
        return bool(self.chat_model and self._has_address)

    @property
    def has_embedding_model(self) -> bool:
        """Whether an embedding model is configured, at the same address."""
        return bool(self.embedding_model and self._has_address)

    @property
    def _has_address(self) -> bool:
        return bool(self.base_url or self.api_key.get_secret_value())
