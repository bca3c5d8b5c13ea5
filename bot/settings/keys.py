"""Keys that are derived from the secrets of the configuration."""

import hmac

from bot.settings.settings import ConfigurationError, Settings


def proof_key(settings: Settings) -> bytes:
    """Return the key of the proofs of deletion. Raises ConfigurationError if no secret for it is set."""
    return _derived(settings, b"erasure", "the proofs of deletion")


def address_key(settings: Settings) -> bytes:
    """Return the key of the addresses of photos. Raises ConfigurationError if no secret for it is set."""
    return _derived(settings, b"photo addresses", "the addresses of photos")


def _derived(settings: Settings, label: bytes, purpose: str) -> bytes:
    possible = (settings.privacy.proof_secret, settings.telegram.token, settings.zalo.token)
    secret = next((text for each in possible if each and (text := each.get_secret_value())), "")
    if not secret:
        raise ConfigurationError(
            f"{purpose} need privacy.proof_secret or, if that is not set, the token of an account"
        )
    return hmac.digest(secret.encode(), label, "sha256")
