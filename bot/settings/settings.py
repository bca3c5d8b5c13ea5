"""The settings: what each one may be, and its default. `loading` says where they come from."""

import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.domain.chats.chat import AccountId
from bot.domain.chats.invitation import LONGEST_NOTE
from bot.domain.chats.preferences import Preferences, QuietHours, QuietMode, known_time_zone
from bot.domain.delivery.served_chats import EVERYBODY, ServedChats
from bot.domain.desk.approval_rule import NO_APPROVAL, Approval, ApprovalRule, Unanswered
from bot.domain.desk.audit import KEPT_AT_LEAST
from bot.domain.errors import ExplainedError
from bot.domain.publication.uploads import KINDS
from bot.settings.accounts import TelegramSection, ZaloOaSection, ZaloSection
from bot.settings.values import (
    Duration,
    Durations,
    ProxyAddress,
    Section,
    Texts,
    as_long_as_the_log,
    duration,
    known_kinds,
    listen_address,
    listen_address_or_none,
    passwords_in,
    web_address,
    web_address_or_none,
    with_password,
)
from bot.speech.recorder import Voice

PLATFORMS = ("telegram", "zalo")
_CHAT = re.compile(r"telegram:-?[1-9][0-9]{0,15}|zalo:[A-Za-z0-9_-]{1,64}")
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


class ConfigurationError(ExplainedError):
    """The configuration cannot be used. The text says what is wrong, where, one line a problem."""


class DatabaseSection(Section):
    """Where everything is remembered; `url` holds the password, once both are known."""

    password: SecretStr | None = None
    url: str = Field("sqlite:///var/bantin.db", validate_default=True, repr=False)

    @field_validator("url")
    @classmethod
    def _has_its_password(cls, value: str, info: ValidationInfo) -> str:
        password = info.data.get("password")
        return with_password(value, password.get_secret_value()) if password else value


class AccessSection(Section):
    """Who may do what; *owners* are written platform:id, with a name behind it: telegram:123456789 An."""

    owners: Texts = ()

    @field_validator("owners", mode="before")
    @classmethod
    def _may_be_numbers(cls, value: object) -> object:
        return (
            [str(item) if isinstance(item, int) else item for item in value]
            if isinstance(value, list)
            else value
        )

    @field_validator("owners")
    @classmethod
    def _name_platform_and_id(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for owner in value:
            person, _, name = owner.partition(" ")
            platform, _, user = person.partition(":")
            if person.isdecimal():
                raise ValueError(f"{owner!r} does not say on which platform: write 'telegram:{owner}'")
            if not name.isprintable() or len(name) > LONGEST_NOTE:
                raise ValueError(f"the name in {owner!r} is too long: {LONGEST_NOTE} characters are shown")
            if platform not in PLATFORMS or not user or not user.isascii() or not user.isalnum():
                raise ValueError(
                    f"{owner!r} names no person: write the platform and the id, as telegram:123456789"
                )
            if platform == "telegram" and not user.isdecimal():
                raise ValueError(f"{owner!r} is no id on Telegram: it has digits only, and /start tells it")
        return value


class PollingSection(Section):
    interval: Duration | None = None
    concurrency: int = Field(8, ge=1, le=64)
    same_hosts: Texts = ("ipvietnam.gov.vn=wipo.vn",)


class HttpSection(Section):
    proxy: ProxyAddress | None = None
    allow_private: Texts = ()
    timeout: Duration = timedelta(seconds=20)
    max_body_bytes: int = Field(5_000_000, ge=1000)
    ca_bundle: Path | None = None


class DeliverySection(Section):
    expires_after: Duration = timedelta(hours=72)
    malformed_percent: int = Field(20, ge=1, le=100)
    only_chats: Texts = ()

    @field_validator("only_chats")
    @classmethod
    def _name_platform_and_chat(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if wrong := [chat for chat in value if not _CHAT.fullmatch(chat)]:
            raise ValueError(
                f"{wrong[0]!r} names no chat: write the platform and the id, as telegram:123456789"
            )
        return value


class CorrectionsSection(Section):
    window: Annotated[timedelta, BeforeValidator(duration)] = timedelta(hours=48)
    read_again_after: Durations = (
        timedelta(hours=1),
        timedelta(hours=6),
        timedelta(hours=24),
        timedelta(hours=48),
    )
    edits: int = Field(3, ge=0)


class TopicsSection(Section):
    """What holds for topics that have no rule of their own about it."""

    approval: Approval = Approval.NONE
    unanswered: Unanswered = Unanswered.REMIND
    unanswered_after: Duration = NO_APPROVAL.after

    @property
    def usual_approval(self) -> ApprovalRule:
        return ApprovalRule(self.approval, self.unanswered, self.unanswered_after)


class RetentionSection(Section):
    deliveries: Duration = timedelta(days=30)
    articles: Duration = timedelta(days=365)
    chats_without_subscription: Duration = timedelta(days=28)
    unreachable_chats: Duration = timedelta(days=90)
    audit: Annotated[Duration, AfterValidator(as_long_as_the_log)] = KEPT_AT_LEAST
    figures: Duration = timedelta(days=1095)


class AlertsSection(Section):
    feed_after: Duration = timedelta(hours=3)
    silent_after: Duration = timedelta(days=7)
    account_after: Duration = timedelta(minutes=15)
    backlog_after: Duration = timedelta(hours=1)
    remind_every: Duration = timedelta(days=1)
    weekly_figures: bool = True


FormOfAddress = Literal["Quý vị", "Ông/Bà", "đồng chí", "bạn"]


class LanguageSection(Section):
    default: Literal["vi", "en"] = "vi"
    address: FormOfAddress = "Quý vị"


class SubscribersSection(Section):
    quiet_hours: str = "22:00-06:00"
    quiet_mode: QuietMode = QuietMode.SILENT
    whole_text: bool = False
    time_zone: Annotated[str, AfterValidator(known_time_zone)] = "Asia/Ho_Chi_Minh"
    followed_pages: int = Field(20, ge=0, le=200)

    @field_validator("quiet_hours")
    @classmethod
    def _is_a_window(cls, value: str) -> str:
        return str(QuietHours.parse(value)) if value.strip() else ""

    @property
    def preferences(self) -> Preferences:
        """Return what holds for whoever has not said anything else."""
        quiet = QuietHours.parse(self.quiet_hours) if self.quiet_hours else None
        return Preferences(
            quiet=quiet, quiet_mode=self.quiet_mode, whole_text=self.whole_text, time_zone=self.time_zone
        )


class AgencySection(Section):
    name: str = "Cục Sở hữu trí tuệ"
    name_en: str = "Intellectual Property Office of Viet Nam"
    contact: str = ""


class UploadsSection(Section):
    files: int = Field(5, ge=1, le=10)
    largest_mb: int = Field(10, ge=1, le=20)
    kinds: Annotated[Texts, AfterValidator(known_kinds)] = tuple(KINDS)


class VoiceSection(Section):
    engine: Literal["none", "espeak-ng", "piper"] = "none"
    model: Path | None = None
    piper: str = "piper"

    @model_validator(mode="after")
    def _has_a_model(self) -> "VoiceSection":
        if self.engine == "piper" and self.model is None:
            raise ValueError("voice.model has to name the .onnx file of a Vietnamese voice for engine piper")
        return self

    @property
    def speaker(self) -> Voice | None:
        """Who reads articles aloud; None where nobody does."""
        if self.engine == "none":
            return None
        return Voice(self.piper, self.model if self.engine == "piper" else None)


class PrivacySection(Section):
    proof_secret: SecretStr | None = None
    proofs: Duration = timedelta(days=730)


def _console_address(value: str) -> str:
    """Return *value* if nobody on the way to it can read along: only this machine may go without TLS."""
    if not value:
        return value
    url = urlsplit(web_address(value))
    if url.path.strip("/") or url.query or url.fragment:
        raise ValueError(
            "write the address of the console without a path, for example https://tin.example.vn"
        )
    if url.scheme != "https" and url.hostname not in _THIS_MACHINE:
        raise ValueError(
            f"the console would be reached at {value}, where others could read along: name the https address "
            "of a reverse proxy in front of it as console_url, or have it listen on 127.0.0.1"
        )
    return value


class WebSection(Section):
    listen: Annotated[str, AfterValidator(listen_address)] = "127.0.0.1:8642"
    health_listen: Annotated[str, AfterValidator(listen_address_or_none)] = ""
    public_url: Annotated[str, AfterValidator(web_address_or_none)] = ""
    api: bool = False
    public: bool = False
    hub: Annotated[str, AfterValidator(web_address_or_none)] = ""
    console: bool = False
    console_listen: Annotated[str, AfterValidator(listen_address_or_none)] = ""
    console_url: Annotated[str, AfterValidator(_console_address)] = ""

    @model_validator(mode="after")
    def _has_a_console_that_is_reached_safely(self) -> Self:
        if not self.console:
            return self
        if self.console_address.endswith(":0"):
            raise ValueError("the console needs a port that is always the same: name one where it listens")
        _console_address(self.console_address)
        return self

    @field_validator("public")
    @classmethod
    def _is_at_a_known_address(cls, value: bool, info: ValidationInfo) -> bool:  # noqa: FBT001 - pydantic's
        if value and not info.data.get("public_url"):
            raise ValueError("name web.public_url first: the page says where it is")
        return value

    @field_validator("hub")
    @classmethod
    def _is_named_by_a_page(cls, value: str, info: ValidationInfo) -> str:
        if value and not info.data.get("public"):
            raise ValueError("set web.public = true first: the hub is told of the feeds of the public page")
        return value

    @property
    def state_listen(self) -> str:
        """Return where /readyz and /metrics are served."""
        return self.health_listen or self.listen

    @property
    def console_address(self) -> str:
        """Return the address by which people reach the console, without a path."""
        return (self.console_url or self.public_url or f"http://{self.console_listen or self.listen}").rstrip(
            "/"
        )


class LogSection(Section):
    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class SettingOrigin(StrEnum):
    """Where a setting comes from: its default, bot.toml, what owners have set while the service runs,
    secrets.env or the environment. Each goes before those that stand before it.
    """

    DEFAULT = "default"
    FILE = "file"
    STORED = "stored"
    SECRETS = "secrets"
    ENVIRONMENT = "environment"


class Settings(Section):
    """Every setting, with its default; config/bot.toml explains each."""

    _origins: dict[tuple[str, str], SettingOrigin] = PrivateAttr(default_factory=dict)

    database: DatabaseSection = DatabaseSection()
    access: AccessSection = AccessSection()
    telegram: TelegramSection = TelegramSection()
    zalo: ZaloSection = ZaloSection()
    zalo_oa: ZaloOaSection = ZaloOaSection()
    polling: PollingSection = PollingSection()
    http: HttpSection = HttpSection()
    topics: TopicsSection = TopicsSection()
    delivery: DeliverySection = DeliverySection()
    corrections: CorrectionsSection = CorrectionsSection()
    retention: RetentionSection = RetentionSection()
    alerts: AlertsSection = AlertsSection()
    language: LanguageSection = LanguageSection()
    subscribers: SubscribersSection = SubscribersSection()
    agency: AgencySection = AgencySection()
    uploads: UploadsSection = UploadsSection()
    voice: VoiceSection = VoiceSection()
    privacy: PrivacySection = PrivacySection()
    web: WebSection = WebSection()
    log: LogSection = LogSection()

    def from_places(self, origins: Mapping[tuple[str, str], SettingOrigin]) -> Self:
        """Note where settings come from, by section and key; others have their defaults."""
        self._origins = {**self._origins, **origins}
        return self

    def origin(self, section: str, key: str) -> SettingOrigin:
        return self._origins.get((section, key), SettingOrigin.DEFAULT)

    def owners_of(self, account: AccountId) -> frozenset[str]:
        """Return the ids that the owners have on the platform of *account*."""
        platform = account.partition(":")[0]
        before = self.telegram.owners if platform == "telegram" else ()
        return frozenset(user for where, user in self._named_owners() if where == platform).union(before)

    def owner_names(self) -> dict[tuple[str, str], str]:
        """Return what owners are called, by platform and id: those that have a name."""
        return {person: name for person, name in self._named_owners().items() if name}

    def _named_owners(self) -> dict[tuple[str, str], str]:
        named = {}
        for owner in self.access.owners:
            person, _, name = owner.partition(" ")
            platform, _, user = person.partition(":")
            named[platform, user] = name.strip()
        return named

    def served_chats_of(self, account: AccountId) -> ServedChats:
        """Return who gets anything from *account*: everybody, unless this is a test installation."""
        if not self.delivery.only_chats:
            return EVERYBODY
        platform = account.partition(":")[0]
        named = (chat.partition(":") for chat in self.delivery.only_chats)
        listed = frozenset(chat for where, _, chat in named if where == platform)
        return ServedChats(listed, self.owners_of(account))

    def secrets(self) -> frozenset[str]:
        """Return what must stand in no log: every secret, and the passwords inside of addresses."""
        proxies = (self.http.proxy, self.telegram.proxy, self.zalo.proxy, self.zalo_oa.proxy)
        whole = (
            self.database.password,
            self.telegram.token,
            self.telegram.webhook_secret,
            self.zalo.token,
            self.zalo.webhook_secret,
            self.zalo_oa.app_secret,
            self.zalo_oa.refresh_token,
            self.privacy.proof_secret,
        )
        addresses = (self.database.url, *(proxy.get_secret_value() for proxy in proxies if proxy))
        inside = (form for address in addresses for form in passwords_in(address))
        # What was copied may have white space around it, without which it is sent and might be logged.
        return frozenset({*(secret.get_secret_value().strip() for secret in whole if secret), *inside} - {""})

    @classmethod
    def known_keys(cls) -> Mapping[str, frozenset[str]]:
        """Return the keys that each section knows."""
        return {
            section: frozenset(field.annotation.model_fields)
            for section, field in cls.model_fields.items()
            if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
        }
