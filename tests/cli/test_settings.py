"""`bantin settings`: what is in force, where it comes from, and changing it while the service runs."""

import json

from tests.cli.bantin import Bantin


async def test_one_is_set_listed_and_taken_back(failed: Bantin) -> None:
    done = await failed("settings", "set", "alerts.feed_after", "5h")
    listed = {row["setting"]: row for row in json.loads((await failed("settings", "--json")).out)}
    back = await failed("settings", "reset", "alerts.feed_after")
    again = await failed("settings", "reset", "alerts.feed_after")
    audit = json.loads((await failed("audit", "--json")).out)

    assert (done.out.strip(), back.out.strip()) == (
        "alerts.feed_after is set",
        "alerts.feed_after is as it is configured",
    )
    assert listed["alerts.feed_after"] == {
        "setting": "alerts.feed_after",
        "value": "5h",
        "origin": "stored",
        "changeable": True,
        "stored": "5h",
        "problem": None,
    }
    assert listed["database.url"]["changeable"] is False
    assert "nothing was set" in again.complaint
    assert [line["action"] for line in audit] == ["setting-reset", "setting-changed"]


async def test_what_cannot_be_set_is_refused_in_one_line(failed: Bantin) -> None:
    wrong = await failed("settings", "set", "alerts.feed_after", "soon")
    unknown = await failed("settings", "set", "alerts.feed_aftr", "5h")

    assert wrong.complaint.startswith("bantin: alerts.feed_after: write a duration")
    assert unknown.complaint.endswith("did you mean alerts.feed_after?")
