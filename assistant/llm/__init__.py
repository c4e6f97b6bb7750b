"""The model at the edge: the only package that imports langchain_openai and openai."""

from assistant.llm.client import OpenAIChat
from assistant.llm.embedder import OpenAIEmbedder
from assistant.llm.model import Answer, ChatModel
from assistant.llm.progress import Listener, one_turn, provisional

__all__ = ["Answer", "ChatModel", "Listener", "OpenAIChat", "OpenAIEmbedder", "one_turn", "provisional"]
