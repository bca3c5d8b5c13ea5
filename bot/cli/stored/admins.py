"""`bantin admins`: who manages the bot, and in which roles."""

from bot.cli.base.options import Config, Json, folder_of, run_to_end
from bot.cli.base.output import Row, print_rows
from bot.cli.base.storage import reading
from bot.domain.chats.chat import AccountId
from bot.domain.chats.preferences import zone_of
from bot.settings.loading import load_settings
from bot.settings.settings import Settings
from bot.store.runtime import accounts
from bot.store.runtime import admins as admin_rows
from bot.store.runtime.admins import Admin

_OWNER = "owner"
_HEADS = ("account", "user", "name", "roles", "topics", "appointed", "by")


def admins(*, as_json: Json = False, config: Config = None) -> None:
    settings = load_settings(folder_of(config))
    rows = run_to_end(_rows(settings))
    print_rows(rows, as_json=as_json, zone=zone_of(settings.subscribers.time_zone))


async def _rows(settings: Settings) -> list[Row]:
    """Return the owners, whom the configuration names, and the admins, account by account."""
    rows: list[Row] = []
    async with reading(settings) as database, database.read() as tx:
        for account in await accounts.ids(tx):
            rows += (_owner(account, user) for user in sorted(settings.owners_of(account)))
            rows += [_admin(account, admin) for admin in await admin_rows.appointed(tx, account)]
    return rows


def _owner(account: AccountId, user: str) -> Row:
    return {**dict.fromkeys(_HEADS), "account": account, "user": user, "roles": _OWNER}


def _admin(account: AccountId, admin: Admin) -> Row:
    values = (
        account,
        admin.user,
        admin.note or None,
        ", ".join(admin.roles),
        None if admin.topics is None else ", ".join(sorted(admin.topics)),
        admin.appointed_at,
        admin.appointed_by or None,
    )
    return dict(zip(_HEADS, values, strict=True))
