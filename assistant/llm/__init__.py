"""The model at the edge: the only package that imports langchain_openai and openai."""

from assistant.llm.client import OpenAIChat
from assistant.llm.embedder import OpenAIEmbedder
from assistant.llm.model import Answer, ChatModel

__all__ = ["Answer", "ChatModel", "OpenAIChat", "OpenAIEmbedder"]
