"""How the spans of a sender fit those of the messenger."""

from bot.messengers.telegram.request import Timeouts
from bot.services.delivery.sender_rules import SenderRules


def test_a_lease_outlasts_twice_the_longest_request_and_none_begins_that_could_outlast_it() -> None:
    rules, timeouts = SenderRules(), Timeouts()
    longest = timeouts.connect + timeouts.send

    assert rules.lease > 2 * longest
    assert longest < rules.send_within < rules.lease / 2
