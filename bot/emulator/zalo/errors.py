"""Refusals in Zalo's words."""


class ZaloError(Exception):
    """A refused request: its error_code and the sentence. *field* is the name that the code goes by."""

    def __init__(self, code: int, description: str, *, field: str = "error_code") -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.field = field


def bad_request(description: str) -> ZaloError:
    return ZaloError(400, description)


def unauthorized() -> ZaloError:
    return ZaloError(401, "Unauthorized")


def not_found() -> ZaloError:
    return ZaloError(404, "Not Found")


def request_timeout() -> ZaloError:
    return ZaloError(408, "Request timeout")


def unknown_chat() -> ZaloError:
    """Return the refusal of a chat that never wrote to this bot, misspelt as Zalo has it."""
    return ZaloError(410, "The chat_id is invaild")


def not_permitted() -> ZaloError:
    return ZaloError(422, "You are not permitted to send messages to this chat_id")


def too_many_tests() -> ZaloError:
    """Return the refusal of one setWebhook or testWebhook too many, whose field is spelt differently."""
    return ZaloError(426, "Too many requests", field="errorCode")


def quota_exceeded() -> ZaloError:
    return ZaloError(429, "Quota exceeded")
