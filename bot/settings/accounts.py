"""The settings of each account: the bots of Telegram and Zalo, and the Official Account of Zalo."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, field_validator

from bot.settings.values import Duration, ProxyAddress, Section, Texts, web_address, web_address_or_none

_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_ZALO_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{8,256}")
_BROADCAST_AT = re.compile(r"(?:0[6-9]|1[0-9]|2[01]):[0-5][0-9]")
"""Zalo: what goes to followers goes out from 06:00 to 21:59."""


class TelegramSection(Section):
    token: SecretStr | None = None
    api_url: Annotated[str, AfterValidator(web_address)] = "https://api.telegram.org"
    proxy: ProxyAddress | None = None
    # The name that access.owners had before there were several platforms; it is still read.
    owners: Texts = Field((), exclude=True)
    messages_per_second: int = Field(30, ge=1, le=1000)
    allow_paid_broadcast: bool = False
    paid_messages_per_second: int = Field(1000, ge=1, le=1000)
    stars_per_day: int = Field(0, ge=0)
    private_chat_messages: int = Field(3, ge=1)
    private_chat_window: Duration = timedelta(seconds=3)
    group_messages_per_minute: int = Field(20, ge=1)
    answers_at_once: int = Field(20, ge=3)
    webhook_url: Annotated[str, AfterValidator(web_address_or_none)] = ""
    webhook_secret: SecretStr | None = None

    @field_validator("owners")
    @classmethod
    def _are_ids(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if wrong := [owner for owner in value if not (owner.isascii() and owner.isdecimal())]:
            raise ValueError(f"{wrong[0]!r} is no id of a person: it has digits only, and /start tells it")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _takes_the_messenger(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("write 1 to 256 of the characters A-Z, a-z, 0-9, _ and -")
        return value


class ZaloSection(Section):
    token: SecretStr | None = None
    api_url: Annotated[str, AfterValidator(web_address)] = "https://bot-api.zaloplatforms.com"
    proxy: ProxyAddress | None = None
    messages_per_month: int = Field(3000, ge=10)
    users: int = Field(50, ge=1)
    webhook_url: Annotated[str, AfterValidator(web_address_or_none)] = ""
    webhook_secret: SecretStr | None = None
    link: Annotated[str, AfterValidator(web_address_or_none)] = ""

    @field_validator("webhook_secret")
    @classmethod
    def _takes_the_messenger(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not _ZALO_WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("write 8 to 256 of the characters A-Z, a-z, 0-9, _ and -")
        return value


class ZaloOaSection(Section):
    """The Official Account: nothing is published unless it is *enabled*."""

    enabled: bool = False
    dry_run: bool = False
    app_id: str = ""
    app_secret: SecretStr | None = None
    refresh_token: SecretStr | None = None
    api_url: Annotated[str, AfterValidator(web_address)] = "https://openapi.zalo.me"
    oauth_url: Annotated[str, AfterValidator(web_address)] = "https://oauth.zaloapp.com"
    proxy: ProxyAddress | None = None
    topics: Texts = ()
    cover: Annotated[str, AfterValidator(web_address_or_none)] = ""
    comments: bool = False
    broadcast_at: str = ""
    broadcasts_per_month: int = Field(1, ge=1, le=31)

    @field_validator("app_id", mode="before")
    @classmethod
    def _may_be_a_number(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value

    @field_validator("app_id")
    @classmethod
    def _is_an_id(cls, value: str) -> str:
        if value and not (value.isascii() and value.isdecimal()):
            raise ValueError(f"{value!r} is no id of an application: it has digits only")
        return value

    @field_validator("broadcast_at")
    @classmethod
    def _is_within_the_day(cls, value: str) -> str:
        if value and not _BROADCAST_AT.fullmatch(value):
            raise ValueError("write a time of day from 06:00 to 21:59, for example 17:00; empty is never")
        return value

    def missing(self) -> Mapping[str, str]:
        """Return the settings without which nothing can be published, each with what to do about it."""
        needed = {
            "app_id": "it is the id of your application on developers.zalo.me",
            "cover": "name the public address of a JPEG for articles that have no photo",
        }
        if not self.dry_run:
            needed |= {
                "app_secret": "put the secret key of your application into BANTIN_ZALO_OA__APP_SECRET",
                "refresh_token": "put what the authorisation gave into BANTIN_ZALO_OA__REFRESH_TOKEN",
            }
        return {f"zalo_oa.{name}": said for name, said in needed.items() if not self._has(name)}

    def _has(self, name: str) -> bool:
        value = getattr(self, name)
        return bool(value.get_secret_value().strip() if isinstance(value, SecretStr) else value)
