"""Keys that are derived from the secrets of the configuration."""

import hmac

from bot.settings.settings import ConfigurationError, Settings


def proof_key(settings: Settings) -> bytes:
    """Return the key of the proofs of deletion. Raises ConfigurationError if no secret for it is set."""
    possible = (settings.privacy.proof_secret, settings.telegram.token, settings.zalo.token)
    secret = next((text for each in possible if each and (text := each.get_secret_value())), "")
    if not secret:
        raise ConfigurationError(
            "the proofs of deletion need privacy.proof_secret or, if that is not set, the token of an account"
        )
    return hmac.digest(secret.encode(), b"erasure", "sha256")
