"""The OpenAPI document says what the API does: requests that it allows are tried, and others."""

import asyncio
import warnings
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS
from schemathesis.generation.modes import GenerationMode

from bot.domain.desk.api_keys import ApiScope
from bot.store.publications import publications
from bot.web.api import PATH
from bot.web.api.models import ShownProblem
from bot.web.api.problems import PROBLEMS
from bot.web.api.routes import OPERATIONS
from tests.store.world import DOMESTIC, FOREIGN, publish
from tests.web.api.world import CONTENT, ApiWorld

EXAMPLES = 40
"""Requests of each kind for each operation."""


async def described(api: ApiWorld) -> Any:
    """Return the document, which anybody may have."""
    return (await api.ask("GET", "/openapi.json")).body


async def test_the_document_describes_every_operation_and_no_other(sqlite_api: ApiWorld) -> None:
    document = await described(sqlite_api)

    found = {
        (path, method.upper(), operation["operationId"])
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert found == {(each.path, each.method, each.name) for each in OPERATIONS}
    assert (document["openapi"], document["servers"]) == ("3.1.0", [{"url": PATH}])


async def test_the_document_is_one_by_openapi_3_1(sqlite_api: ApiWorld) -> None:
    schemathesis.openapi.from_dict(await described(sqlite_api)).validate()


async def test_every_problem_of_an_operation_is_in_the_document(sqlite_api: ApiWorld) -> None:
    document = await described(sqlite_api)

    for operation in OPERATIONS:
        responses = document["paths"][operation.path][operation.method.lower()]["responses"]
        for code in operation.problems:
            assert f"`{code}`" in responses[str(int(PROBLEMS[code].status))]["description"]
    schema = document["components"]["schemas"]["ShownProblem"]
    assert schema["properties"].keys() == ShownProblem.model_fields.keys()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.timeout(300)
async def test_the_api_does_what_its_document_says(api: ApiWorld, mode: GenerationMode) -> None:
    await publish(api.database)
    token = (await api.key("cms", *ApiScope)).token
    document = await described(api)
    if mode is GenerationMode.POSITIVE:
        narrow(document)

    await asyncio.to_thread(try_all, api, document, token, mode)

    async with api.database.read() as tx:
        published = await publications.newest(tx, limit=100)
    assert (len(published) > 5) == (mode is GenerationMode.POSITIVE)


def narrow(document: Any) -> None:
    """Of all texts that *document* allows, leave such of which some are accepted."""
    schemas = document["components"]["schemas"]
    content, attachment = schemas["PostedContent"]["properties"], schemas["PostedAttachment"]["properties"]
    content["topics"]["items"] = {"enum": [DOMESTIC.id, FOREIGN.id]}
    content["published_at"] = {"enum": [None, CONTENT["published_at"]]}
    for fields, name in ((content, "url"), (content, "photo_url"), (attachment, "url")):
        fields[name] = {"type": "string", "pattern": r"^https://agency\.example/tin/[0-9]{1,3}$"}


def try_all(api: ApiWorld, document: Any, token: str, mode: GenerationMode) -> None:
    """Try every operation of *document* in as many ways as a *mode* finds: allowed ones, or others."""
    schema = schemathesis.openapi.from_dict(document)
    known = {"Authorization": f"Bearer {token}"}
    numbers = count()
    # What the document allows may be refused all the same, as a topic that is not there.
    checks = [check for check in CHECKS.get_all() if check.__name__ != "positive_data_acceptance"]
    for operation in (found for methods in schema.values() for found in methods.values()):

        @settings(
            max_examples=EXAMPLES,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def try_it(case: Any) -> None:
            # Whoever asks so much is told to wait; time goes on here.
            api.clock.advance(1)
            if mode is GenerationMode.POSITIVE and case.method == "POST":
                case.headers["Idempotency-Key"] = f"k-{next(numbers)}"
            response = case.call(base_url=f"{api.url}{PATH}", headers=known)
            sent = parse_qs(urlsplit(response.request.url).query, keep_blank_values=True)
            # A wrong parameter without a value, as an empty list, is in no address. What is too large is
            # refused, too, though not in the way that is asked for.
            if not set(case.query or {}) - set(sent) and response.status_code != 413:
                case.validate_response(response, checks=checks, headers=known)

        with warnings.catch_warnings():
            # What the libraries warn of among themselves is not about the API.
            warnings.simplefilter("ignore")
            try_it()
