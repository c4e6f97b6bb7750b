"""The few exceptions of the project. Findings are values; an exception is an accident.

Every message is in Chinese, for the person in front of the screen: what went wrong, where, what to do next.
"""


class AssistantError(Exception):
    """Base of all errors that are shown to a user as one sentence."""


class UnreadableFileError(AssistantError):
    """A file cannot be read as a form: wrong kind, damaged, protected, or over a limit."""


class DefinitionError(AssistantError):
    """A file of ours (profile, prompt, lexicon, corpus) is not what its loader demands."""


class IndexUnavailableError(AssistantError):
    """The vector index is in use elsewhere or does not match the configured embedding."""


class ModelUnavailableError(AssistantError):
    """The language model gave no usable answer; the caller goes on without it."""


class PermissionDeniedError(AssistantError):
    """The person's roles or units do not allow this; nothing was shown or changed."""


class ConflictError(AssistantError):
    """Somebody else saved the same draft first; nothing was overwritten."""
