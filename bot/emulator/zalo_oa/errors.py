"""Refusals in the words of the Open API."""


class OaError(Exception):
    """A refused request: its error number and the sentence."""

    def __init__(self, error: int, message: str) -> None:
        super().__init__(message)
        self.error = error
        self.message = message


def invalid_token() -> OaError:
    return OaError(-216, "Access token is invalid")


def expired_token() -> OaError:
    return OaError(-220, "Access token has expired")


def too_fast() -> OaError:
    return OaError(-32, "Rate limit exceeded")


def wrong(message: str) -> OaError:
    return OaError(-201, message)


def being_processed() -> OaError:
    return OaError(-214, "Media is being processed")


def articles_spent() -> OaError:
    return OaError(-223, "The quota of articles is exceeded")


def broadcasts_spent() -> OaError:
    return OaError(-321, "The quota of broadcasts is exceeded")
