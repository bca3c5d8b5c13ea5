"""Who may do what."""

import pytest

from bot.domain.chats.chat import TopicId
from bot.domain.desk.roles import NOBODY, OF_OWNERS, Authority, Right, Role, in_order, roles_in, roles_with

HOME, ABROAD = TopicId("trong-nuoc"), TopicId("quoc-te")


def test_an_owner_may_do_everything_and_nobody_nothing() -> None:
    owner = Authority(is_owner=True)

    assert (owner.rights, NOBODY.rights) == (frozenset(Right), frozenset())
    assert (owner.manages, NOBODY.manages) == (True, False)
    assert owner.covers([HOME, ABROAD])


def test_no_role_appoints_or_reads_the_log() -> None:
    every = Authority(roles=frozenset(Role))

    assert every.rights == frozenset(Right) - OF_OWNERS
    assert {roles_with(right) for right in OF_OWNERS} == {()}


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (
            Role.PUBLISHER,
            {Right.SEE, Right.EDIT, Right.PUBLISH, Right.CHANNELS, Right.MEMBERS, Right.SUPPORT},
        ),
        (Role.EDITOR, {Right.SEE, Right.EDIT}),
        (Role.FEEDS, {Right.SEE, Right.FEEDS}),
        (Role.READER, {Right.SEE}),
    ],
)
def test_a_role_has_its_rights_and_no_others(role: Role, rights: set[Right]) -> None:
    authority = Authority(roles=frozenset({role}))

    assert authority.rights == rights
    assert [authority.may(right) for right in Right] == [right in rights for right in Right]


def test_whoever_is_limited_to_topics_acts_on_those_alone_and_on_no_channel() -> None:
    limited = Authority(roles=frozenset({Role.PUBLISHER}), topics=frozenset({HOME}))

    assert (limited.may(Right.PUBLISH), limited.may(Right.CHANNELS)) == (True, False)
    assert [limited.covers(topics) for topics in ([HOME], [ABROAD], [HOME, ABROAD])] == [True, False, False]


def test_the_roles_of_before_do_all_that_an_admin_could_do() -> None:
    before = Authority(roles=roles_in(["publisher", "feeds"]))

    assert before.rights == frozenset(Right) - OF_OWNERS


def test_roles_of_another_version_are_passed_over() -> None:
    assert roles_in(["reader", "khac"]) == {Role.READER}
    assert in_order([Role.READER, Role.PUBLISHER]) == (Role.PUBLISHER, Role.READER)
