"""Every metric, in one place, on a registry of its own that whoever needs to count is handed."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from bot.domain.desk.figures import BOUNDS

WAITS = (0.01, 0.033, 0.1, 0.3, 1, 3, 10, 60, 600)
ANSWERS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)


class Metrics:
    """What the service counts. Labels: account is a bot, lane who waited, outcome what sending came to."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)  # memory, CPU, open files, start
        self.backlog = self._gauge("bantin_backlog_deliveries", "Deliveries pending")
        self.due = self._gauge("bantin_due_deliveries", "Deliveries pending and due")
        self.oldest_due = self._gauge("bantin_oldest_due_seconds", "Age of the delivery that is due longest")
        self.speaking = self._gauge("bantin_speaking", "1 where this process sends and answers", "account")
        self.month_used = self._gauge("bantin_month_messages_used", "Messages counted this month", "account")
        self.month_plan = self._gauge(
            "bantin_month_messages_plan", "Messages that the plan has in a month", "account"
        )
        self.plan_users = self._gauge("bantin_plan_users", "Persons that the plan has places for", "account")
        self.users = self._gauge(
            "bantin_users", "Persons who have a place of the plan, or wait for one", "account", "state"
        )
        self.settled = self._counter("bantin_deliveries", "Deliveries settled", "account", "status")
        self.sends = self._counter("bantin_sends", "Messages sent, by what came of it", "account", "outcome")
        self.uploads = self._counter("bantin_uploads", "Photos uploaded", "account")
        self.malformed = self._counter("bantin_malformed", "Messages of ours that were refused", "account")
        self.closures = self._counter("bantin_closures", "Flood limits hit", "account", "scope")
        self.closed_for = self._counter(
            "bantin_closed_seconds", "Seconds that flood limits asked us to wait", "account", "scope"
        )
        self.waits = self._histogram(
            "bantin_wait_seconds", "Wait for a slot, by what held it up", WAITS, "account", "lane", "scope"
        )
        self.answers = self._histogram("bantin_send_seconds", "From request to answer", ANSWERS, "account")
        unsettled = "From a group's first answer to its stored receipts"
        self.unsettled = self._histogram("bantin_unsettled_seconds", unsettled, ANSWERS, "account")
        self.replies = self._histogram(
            "bantin_reply_seconds", "From a reply's first try to its end", WAITS, "account"
        )
        accepted = "From when a content was first seen to when a message about it was taken, of those at once"
        self.accepted = self._histogram("bantin_accepted_seconds", accepted, BOUNDS, "account")
        self.polls = self._counter("bantin_polls", "Polls of feeds", "feed", "result")
        self.unsaved = self._counter("bantin_unsaved_entries", "Entries that could not be saved", "feed")

    def _gauge(self, name: str, text: str, *labels: str) -> Gauge:
        return Gauge(name, text, labels, registry=self.registry)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(name, text, labels, registry=self.registry)

    def _histogram(self, name: str, text: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(name, text, labels, buckets=buckets, registry=self.registry)
