"""Settings: config/bot.toml, overridden by the environment and by secret files."""

import os
import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from bot.domain.errors import ExplainedError
from bot.domain.preferences import Preferences, QuietHours, QuietMode, known_time_zone
from bot.settings.durations import Duration, duration

PREFIX = "BANTIN_"
SECTION_SEPARATOR = "__"
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class ConfigurationError(ExplainedError):
    """The configuration cannot be used. The text says what is wrong, where, one line a problem."""


def listed(value: object) -> object:
    """Return *value* as a list: the environment writes lists with commas."""
    if isinstance(value, str):
        return [item.strip() for item in value.strip("[]").split(",") if item.strip()]
    return value


Texts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(listed)]
Durations = Annotated[tuple[Duration, ...], NoDecode, BeforeValidator(listed)]


class Section(BaseModel):
    """A part of the settings; a misspelt key is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Database(Section):
    url: str = "sqlite:///var/bantin.db"


class Telegram(Section):
    token: SecretStr | None = None
    api_url: str = Field("https://api.telegram.org", pattern="^https?://")
    owners: Texts = ()
    messages_per_second: int = Field(30, ge=1, le=1000)
    allow_paid_broadcast: bool = False
    paid_messages_per_second: int = Field(1000, ge=1, le=1000)
    stars_per_day: int = Field(0, ge=0)
    private_chat_messages: int = Field(3, ge=1)
    private_chat_window: Duration = timedelta(seconds=3)
    group_messages_per_minute: int = Field(20, ge=1)
    answers_at_once: int = Field(20, ge=3)
    webhook_url: str = Field("", pattern=r"^(https?://\S+)?$")
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


class Polling(Section):
    interval: Duration | None = None
    concurrency: int = Field(8, ge=1, le=64)
    same_hosts: Texts = ("ipvietnam.gov.vn=wipo.vn",)


class Http(Section):
    allow_private: Texts = ()
    timeout: Duration = timedelta(seconds=20)
    max_body_bytes: int = Field(5_000_000, ge=1000)
    ca_bundle: Path | None = None


class Delivery(Section):
    expires_after: Duration = timedelta(hours=72)


class Corrections(Section):
    window: Annotated[timedelta, BeforeValidator(duration)] = timedelta(hours=48)
    read_again_after: Durations = (
        timedelta(hours=1),
        timedelta(hours=6),
        timedelta(hours=24),
        timedelta(hours=48),
    )
    edits: int = Field(3, ge=0)


class Retention(Section):
    deliveries: Duration = timedelta(days=30)
    articles: Duration = timedelta(days=365)


class Alerts(Section):
    feed_after: Duration = timedelta(hours=3)
    account_after: Duration = timedelta(minutes=15)
    backlog_after: Duration = timedelta(hours=1)
    remind_every: Duration = timedelta(days=1)


class Language(Section):
    default: Literal["vi", "en"] = "vi"
    address: Literal["bạn", "Quý vị", "đồng chí"] = "bạn"


class Subscribers(Section):
    quiet_hours: str = "22:00-06:00"
    quiet_mode: QuietMode = QuietMode.SILENT
    time_zone: Annotated[str, AfterValidator(known_time_zone)] = "Asia/Ho_Chi_Minh"

    @field_validator("quiet_hours")
    @classmethod
    def _is_a_window(cls, value: str) -> str:
        return str(QuietHours.parse(value)) if value.strip() else ""

    @property
    def preferences(self) -> Preferences:
        """Return what holds for whoever has not said anything else."""
        quiet = QuietHours.parse(self.quiet_hours) if self.quiet_hours else None
        return Preferences(quiet=quiet, quiet_mode=self.quiet_mode, time_zone=self.time_zone)


class Agency(Section):
    name: str = "Cục Sở hữu trí tuệ"
    name_en: str = "Intellectual Property Office of Viet Nam"
    contact: str = ""


class Privacy(Section):
    proof_secret: SecretStr | None = None
    proofs: Duration = timedelta(days=730)


class Web(Section):
    listen: str = Field("127.0.0.1:8642", pattern=r"^\S+:\d{1,5}$")
    public_url: str = Field("", pattern=r"^(https?://\S+)?$")

    @property
    def host(self) -> str:
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        return int(self.listen.rpartition(":")[2])


class Log(Section):
    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Settings(BaseSettings):
    """Every setting, with its default; config/bot.toml explains each."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter=SECTION_SEPARATOR, extra="forbid", frozen=True
    )

    database: Database = Database()
    telegram: Telegram = Telegram()
    polling: Polling = Polling()
    http: Http = Http()
    delivery: Delivery = Delivery()
    corrections: Corrections = Corrections()
    retention: Retention = Retention()
    alerts: Alerts = Alerts()
    language: Language = Language()
    subscribers: Subscribers = Subscribers()
    agency: Agency = Agency()
    privacy: Privacy = Privacy()
    web: Web = Web()
    log: Log = Log()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del env_settings, dotenv_settings, file_secret_settings
        toml = TomlConfigSettingsSource(settings_cls)
        return init_settings, Environment(settings_cls), toml


class Environment(EnvSettingsSource):
    """The environment, where BANTIN_TELEGRAM__TOKEN_FILE names the file that the token lies in."""

    def __call__(self) -> dict[str, Any]:
        for name in os.environ:
            section, separator, _ = name.removeprefix(PREFIX).partition(SECTION_SEPARATOR)
            if (
                name.startswith(PREFIX)
                and separator
                and section.lower() not in self.settings_cls.model_fields
            ):
                raise ConfigurationError(f"{name}: there is no section of settings called {section.lower()}")
        sections: dict[str, dict[str, Any]] = super().__call__()
        for section, values in sections.items():
            for key in [key for key in values if key.endswith("_file")]:
                name = f"{PREFIX}{section}{SECTION_SEPARATOR}{key}".upper()
                values[key.removesuffix("_file")] = _read(name, values.pop(key))
        return sections


def load_settings(folder: Path | None) -> Settings:
    """Return the settings of *folder*, or without one the defaults. Raises ConfigurationError."""
    file = folder / "bot.toml" if folder else None
    if folder and not folder.is_dir():
        raise ConfigurationError(f"{folder}: there is no such configuration folder")

    class FolderSettings(Settings):
        model_config = SettingsConfigDict(toml_file=file)

    try:
        return FolderSettings()
    except SettingsError as error:
        # Its cause quotes the value, which may be a secret.
        raise ConfigurationError(f"{file or 'the environment'}: {_first_line(error)}") from None
    except (UnicodeDecodeError, OSError) as error:
        raise ConfigurationError(f"{file}: {unreadable(error)}") from None
    except ValidationError as error:
        raise ConfigurationError(
            explain(error, f"{file} or the environment" if file else "the environment")
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file}: {error}") from None


def explain(error: ValidationError, where: str) -> str:
    """Return a line a problem; values are left out, since one of them may be a secret."""
    lines = []
    for problem in error.errors(include_input=False, include_url=False):
        name = ".".join(str(part) for part in problem["loc"])
        message = problem["msg"].removeprefix("Value error, ")
        known = problem["type"] != "extra_forbidden"
        lines.append(f"{where}: {name}: {message}" if known else f"{where}: {name}: there is no such setting")
    return "\n".join(lines)


def _read(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{name}: the file {path} cannot be read: {unreadable(error)}") from None


def unreadable(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else "it is not text in UTF-8"


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
