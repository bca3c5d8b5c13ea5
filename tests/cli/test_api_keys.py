"""`bantin api-keys`: which programs may use the API."""

import json

from bot.domain.desk.api_keys import is_token
from tests.cli.bantin import Bantin

ADD = ("api-keys", "add", "Cổng thông tin", "--scope", "contents:write", "--scope", "publications:read")


async def test_a_key_is_added_shown_once_listed_and_revoked(failed: Bantin) -> None:
    added = await failed(*ADD)
    listed = await failed("api-keys", "--json")
    again = await failed(*ADD)
    revoked = await failed("api-keys", "revoke", "Cổng thông tin", "--json")
    twice = await failed("api-keys", "revoke", "Cổng thông tin")
    audit = await failed("audit", "--json")

    token = added.out.strip()
    (row,) = json.loads(listed.out)
    assert is_token(token)
    assert token not in added.err + listed.out + audit.out
    assert "shown only now" in added.err
    assert row | {"created": None} == {
        "name": "Cổng thông tin",
        "prefix": token[:13],
        "scopes": "contents:write, publications:read",
        "topics": None,
        "created": None,
        "last_used": None,
        "revoked": None,
    }
    assert again.complaint.startswith("bantin: there is, or was, a key named")
    assert json.loads(revoked.out)["revoked"] is not None
    assert "not revoked" in twice.complaint
    assert [line["action"] for line in json.loads(audit.out)] == ["api-key-revoked", "api-key-created"]


async def test_a_key_can_be_limited_to_topics_that_there_are(failed: Bantin) -> None:
    limited = await failed(
        "api-keys", "add", "a", "--scope", "contents:write", "--topic", "trong-nuoc", "--json"
    )
    unknown = await failed("api-keys", "add", "b", "--scope", "contents:write", "--topic", "khac")
    scope = await failed("api-keys", "add", "c", "--scope", "everything")
    table = await failed("api-keys")

    assert json.loads(limited.out)["topics"] == "trong-nuoc"
    assert unknown.complaint == "bantin: there is no topic 'khac'"
    assert "everything" in scope.complaint
    assert "trong-nuoc" in table.out
