"""The callback data of every button, named by what it does."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from bot.commands.base.callback_data import CallbackData, Verb
from bot.commands.base.codec import ArticleRow, Bounds, ChatRow, PageNumber, PageRow, RowId, ScheduleCode
from bot.commands.base.command_names import Command
from bot.domain.chats.chat import TopicId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.roles import Role
from bot.domain.publication.pauses import PauseScope
from bot.domain.publication.publication import Step
from bot.store.feeds.quarantine import Decision


class View(StrEnum):
    """Which list of topics a switch stands in."""

    TOPICS = "c"
    SUBSCRIBE = "d"


class ChannelAction(StrEnum):
    ON = "on"
    OFF = "off"
    REFUSE = "no"


class ErasureStep(StrEnum):
    ASK = "?"
    ERASE = "!"
    CANCEL = "-"


class KeeperStep(StrEnum):
    """What is to become of the keeping of a group."""

    TAKE = "+"
    DECLINE = "-"
    OFFER = "o"
    KEEP = "k"
    ASK_RELEASE = "?"
    RELEASE = "!"


class WithdrawalAction(StrEnum):
    ASK = ""
    WITHDRAW = "sure"
    KEEP = "keep"


class SettingsPanel(StrEnum):
    MAIN = ""
    TOPIC = "t"
    QUIET = "q"
    ZONE = "z"
    FORM = "f"
    ADDRESS = "a"


class FilterAction(StrEnum):
    ASK = "?"
    DROP = "-"


@dataclass(frozen=True, slots=True)
class Agree(CallbackData):
    """*goal* is what goes on after the consent; see `bot.commands.reader.consent`."""

    verb: ClassVar[Verb] = Verb.AGREE
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Decline(CallbackData):
    verb: ClassVar[Verb] = Verb.DECLINE


@dataclass(frozen=True, slots=True)
class SwitchTopic(CallbackData):
    verb: ClassVar[Verb] = Verb.TOPIC
    view: View
    on: bool
    topic: TopicId


@dataclass(frozen=True, slots=True)
class SwitchAllTopics(CallbackData):
    verb: ClassVar[Verb] = Verb.ALL_TOPICS
    view: View
    on: bool


@dataclass(frozen=True, slots=True)
class Undo(CallbackData):
    verb: ClassVar[Verb] = Verb.UNDO
    token: str


@dataclass(frozen=True, slots=True)
class OpenCommand(CallbackData):
    verb: ClassVar[Verb] = Verb.OPEN
    command: Command


@dataclass(frozen=True, slots=True)
class ShowOlder(CallbackData):
    """*older* is how many articles are older than those shown."""

    verb: ClassVar[Verb] = Verb.OLDER
    count: Annotated[int, Bounds(1, 99)]
    older: Annotated[int, Bounds(0, 2**63 - 1)]
    topic: str = ""


@dataclass(frozen=True, slots=True)
class ChooseLanguage(CallbackData):
    """*then* is the command that is shown again in that language, with its *words*."""

    verb: ClassVar[Verb] = Verb.LANGUAGE
    language: str
    then: Command
    words: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage(CallbackData):
    verb: ClassVar[Verb] = Verb.SEARCH_PAGE
    page: PageNumber


@dataclass(frozen=True, slots=True)
class ShowArticle(CallbackData):
    verb: ClassVar[Verb] = Verb.SHOW
    article: ArticleRow


@dataclass(frozen=True, slots=True)
class ReadArticle(CallbackData):
    verb: ClassVar[Verb] = Verb.READ
    article: ArticleRow
    page: PageNumber
    revision: str = ""


@dataclass(frozen=True, slots=True)
class SeePhotos(CallbackData):
    """*first* is the number of the first photo, counted from 0."""

    verb: ClassVar[Verb] = Verb.PHOTOS
    article: ArticleRow
    first: PageNumber


@dataclass(frozen=True, slots=True)
class Listen(CallbackData):
    verb: ClassVar[Verb] = Verb.LISTEN
    article: ArticleRow


@dataclass(frozen=True, slots=True)
class SaveArticle(CallbackData):
    verb: ClassVar[Verb] = Verb.SAVE
    article: ArticleRow
    on: bool


@dataclass(frozen=True, slots=True)
class ListSaved(CallbackData):
    """*removed* is taken off the list first."""

    verb: ClassVar[Verb] = Verb.SAVED
    page: PageNumber
    removed: ArticleRow | None = None


@dataclass(frozen=True, slots=True)
class FollowArticle(CallbackData):
    verb: ClassVar[Verb] = Verb.FOLLOW_ARTICLE
    article: ArticleRow


@dataclass(frozen=True, slots=True)
class FollowPage(CallbackData):
    verb: ClassVar[Verb] = Verb.FOLLOW
    page: PageRow
    on: bool


@dataclass(frozen=True, slots=True)
class ListFollowed(CallbackData):
    """Following *ended* ends first."""

    verb: ClassVar[Verb] = Verb.FOLLOWED
    page: PageNumber
    ended: PageRow | None = None


@dataclass(frozen=True, slots=True)
class Erase(CallbackData):
    verb: ClassVar[Verb] = Verb.ERASE
    step: ErasureStep


@dataclass(frozen=True, slots=True)
class KeepGroup(CallbackData):
    verb: ClassVar[Verb] = Verb.KEEPER
    step: KeeperStep


@dataclass(frozen=True, slots=True)
class OpenSettings(CallbackData):
    verb: ClassVar[Verb] = Verb.SETTINGS
    panel: SettingsPanel = SettingsPanel.MAIN
    target: str = ""


@dataclass(frozen=True, slots=True)
class SetSchedule(CallbackData):
    """*panel* is the one that it stands in, by default that of the topic."""

    verb: ClassVar[Verb] = Verb.SCHEDULE
    schedule: ScheduleCode
    target: str = ""
    panel: SettingsPanel = SettingsPanel.TOPIC


@dataclass(frozen=True, slots=True)
class BringDigest(CallbackData):
    """*target* is the topic whose panel it stands in."""

    verb: ClassVar[Verb] = Verb.DIGEST_NOW
    target: str = ""


@dataclass(frozen=True, slots=True)
class EditFilter(CallbackData):
    verb: ClassVar[Verb] = Verb.FILTER
    wish: FilterAction
    target: str = ""


@dataclass(frozen=True, slots=True)
class Prefer(CallbackData):
    verb: ClassVar[Verb] = Verb.PREFER
    name: str
    value: str
    panel: SettingsPanel = SettingsPanel.MAIN


@dataclass(frozen=True, slots=True)
class Dismiss(CallbackData):
    verb: ClassVar[Verb] = Verb.DISMISS
    user: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Appoint(CallbackData):
    """Makes *user* an admin, who was asked about with the note that is awaited beside."""

    verb: ClassVar[Verb] = Verb.APPOINT
    user: str
    role: Role


@dataclass(frozen=True, slots=True)
class ShowAdmin(CallbackData):
    """Shows the roles of *user* or, if so wished, the *topics* that they are for."""

    verb: ClassVar[Verb] = Verb.ADMIN
    user: str
    topics: bool = False


@dataclass(frozen=True, slots=True)
class SwitchRole(CallbackData):
    verb: ClassVar[Verb] = Verb.ADMIN_ROLE
    user: str
    role: Role
    on: bool


@dataclass(frozen=True, slots=True)
class SwitchAdminTopic(CallbackData):
    """Lets the roles of *user* hold for a topic, or no more; without a topic, for all of them."""

    verb: ClassVar[Verb] = Verb.ADMIN_TOPIC
    user: str
    on: bool
    topic: str = ""


@dataclass(frozen=True, slots=True)
class ListAdmins(CallbackData):
    verb: ClassVar[Verb] = Verb.ADMINS


@dataclass(frozen=True, slots=True)
class ListAudit(CallbackData):
    verb: ClassVar[Verb] = Verb.AUDIT
    page: PageNumber = 0


@dataclass(frozen=True, slots=True)
class ListChannels(CallbackData):
    verb: ClassVar[Verb] = Verb.CHANNELS
    page: PageNumber = 0


@dataclass(frozen=True, slots=True)
class ShowChannel(CallbackData):
    verb: ClassVar[Verb] = Verb.CHANNEL
    chat: ChatRow


@dataclass(frozen=True, slots=True)
class SwitchChannelTopic(CallbackData):
    verb: ClassVar[Verb] = Verb.CHANNEL_TOPIC
    chat: ChatRow
    on: bool
    topic: TopicId


@dataclass(frozen=True, slots=True)
class SetChannelStatus(CallbackData):
    verb: ClassVar[Verb] = Verb.CHANNEL_STATUS
    chat: ChatRow
    wish: ChannelAction


@dataclass(frozen=True, slots=True)
class TestChannel(CallbackData):
    """A test message goes to whoever taps, and once they are *sure*, to the channel."""

    verb: ClassVar[Verb] = Verb.CHANNEL_TEST
    chat: ChatRow
    sure: bool = False


@dataclass(frozen=True, slots=True)
class RemoveChannel(CallbackData):
    verb: ClassVar[Verb] = Verb.CHANNEL_REMOVE
    chat: ChatRow
    sure: bool = False


@dataclass(frozen=True, slots=True)
class AddChannel(CallbackData):
    """Without a *reference*, "@name" or an id, one is asked for."""

    verb: ClassVar[Verb] = Verb.CHANNEL_ADD
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ChangeChannel(CallbackData):
    """What *inner* does for one's own chat, for the channel or group *chat*; see `callback_data.nest`."""

    verb: ClassVar[Verb] = Verb.CHANNEL_SETTINGS
    chat: ChatRow
    inner: str = ""


@dataclass(frozen=True, slots=True)
class ListFeeds(CallbackData):
    verb: ClassVar[Verb] = Verb.FEEDS
    page: PageNumber = 0


@dataclass(frozen=True, slots=True)
class PollFeed(CallbackData):
    verb: ClassVar[Verb] = Verb.POLL
    feed: str


@dataclass(frozen=True, slots=True)
class ListFailures(CallbackData):
    verb: ClassVar[Verb] = Verb.FAILURES


@dataclass(frozen=True, slots=True)
class RetryFailures(CallbackData):
    verb: ClassVar[Verb] = Verb.RETRY
    article: ArticleRow
    status: DeliveryStatus
    sure: bool = False


@dataclass(frozen=True, slots=True)
class DecideHold(CallbackData):
    """*newest* is how many of the entries a decision to send is about, the newest first; 0 for all."""

    verb: ClassVar[Verb] = Verb.HOLD
    decision: Decision
    hold: RowId
    newest: Annotated[int, Bounds(0, 9_999)] = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ListHeld(CallbackData):
    verb: ClassVar[Verb] = Verb.HELD_TITLES
    hold: RowId
    page: PageNumber = 0


@dataclass(frozen=True, slots=True)
class ListPublications(CallbackData):
    verb: ClassVar[Verb] = Verb.PUBLICATIONS
    page: PageNumber = 0


@dataclass(frozen=True, slots=True)
class ShowPublication(CallbackData):
    verb: ClassVar[Verb] = Verb.PUBLICATION
    article: ArticleRow


@dataclass(frozen=True, slots=True)
class TakeStep(CallbackData):
    """Only a recall needs to be *sure*."""

    verb: ClassVar[Verb] = Verb.STEP
    article: ArticleRow
    step: Step
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ListPauses(CallbackData):
    verb: ClassVar[Verb] = Verb.PAUSES


@dataclass(frozen=True, slots=True)
class SetPaused(CallbackData):
    verb: ClassVar[Verb] = Verb.PAUSE
    on: bool
    scope: PauseScope
    about: str = ""


@dataclass(frozen=True, slots=True)
class Withdraw(CallbackData):
    verb: ClassVar[Verb] = Verb.WITHDRAW
    article: ArticleRow
    wish: WithdrawalAction = WithdrawalAction.ASK


@dataclass(frozen=True, slots=True)
class ShowInvitations(CallbackData):
    """*topic* is empty for all of them; *days* is for how long a new invitation is to last."""

    verb: ClassVar[Verb] = Verb.INVITATIONS
    topic: str = ""
    days: Annotated[int, Bounds(1, 365)] | None = None


@dataclass(frozen=True, slots=True)
class Invite(CallbackData):
    verb: ClassVar[Verb] = Verb.INVITE
    days: Annotated[int, Bounds(1, 365)]
    uses: Annotated[int, Bounds(1, 10_000)]
    topic: TopicId


@dataclass(frozen=True, slots=True)
class Revoke(CallbackData):
    verb: ClassVar[Verb] = Verb.REVOKE
    invitation: RowId


@dataclass(frozen=True, slots=True)
class ListMembers(CallbackData):
    verb: ClassVar[Verb] = Verb.MEMBERS
    page: PageNumber
    topic: TopicId


@dataclass(frozen=True, slots=True)
class ShutOut(CallbackData):
    verb: ClassVar[Verb] = Verb.SHUT_OUT
    chat: ChatRow
    sure: bool
    topic: TopicId
