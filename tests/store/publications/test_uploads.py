"""Documents that were handed in: kept once, served while what names them stands, and then taken out."""

from datetime import timedelta

from bot.domain.desk.audit import SERVICE
from bot.domain.publication.announcement import Draft
from bot.domain.publication.publication import Step
from bot.domain.publication.uploads import UploadRules, accepted
from bot.services.announcing.uploading import UploadDesk
from bot.services.publishing.announcements import announce
from bot.services.publishing.contents import PublishingRules
from bot.services.publishing.publications import take_step
from bot.store.engine.database import Database
from bot.store.publications import desk_drafts, uploads
from bot.store.schema import articles as articles_table
from tests.store.world import ACCOUNT, DOMESTIC, NOW

DESK = UploadDesk(UploadRules(), "https://tin.example.vn")
LATER = NOW + timedelta(days=2)
PDF = b"%PDF-1.7"


async def test_the_same_document_keeps_its_first_address(store: Database) -> None:
    async with store.write() as tx:
        first, again, other = [
            await DESK.keep(tx, DESK.accept(name, PDF), "1", SERVICE, now=NOW)
            for name in ("a.pdf", "a.pdf", "b.pdf")
        ]

    assert (first == again, first.url != other.url) == (True, True)


async def test_a_document_goes_when_nothing_names_it(store: Database) -> None:
    async with store.write() as tx:
        named = await DESK.keep(tx, DESK.accept("a.pdf", PDF), "1", SERVICE, now=NOW)
        await DESK.keep(tx, DESK.accept("b.pdf", PDF), "1", SERVICE, now=NOW)
        draft = Draft("k", title="T", documents=(named,), topics=(DOMESTIC.id,))
        number = await desk_drafts.add(tx, ACCOUNT, "5", draft, NOW)

    pruned = []
    async with store.write() as tx:
        pruned.append(await uploads.prune(tx, saved_before=NOW, limit=9))
        pruned.append(await uploads.prune(tx, saved_before=LATER, limit=9))
        article = await announce(tx, draft, [DOMESTIC], SERVICE, PublishingRules(), now=NOW)
        assert article is not None
        await desk_drafts.drop(tx, number)
        pruned.append(await uploads.prune(tx, saved_before=LATER, limit=9))
        await tx.execute(articles_table.delete().where(articles_table.c.id == article))
        pruned.append(await uploads.prune(tx, saved_before=LATER, limit=9))

    assert pruned == [0, 1, 0, 1]


async def test_a_document_is_served_until_what_came_with_it_is_recalled(store: Database) -> None:
    upload = accepted("a.pdf", PDF, UploadRules())
    served = []
    async with store.write() as tx:
        named = await DESK.keep(tx, upload, "1", SERVICE, now=NOW)
        draft = Draft("k", title="T", documents=(named,), topics=(DOMESTIC.id,))
        served.append(await uploads.shown(tx, upload.code))
        article = await announce(tx, draft, [DOMESTIC], SERVICE, PublishingRules(), now=NOW)
        assert article is not None
        served.append(await uploads.shown(tx, upload.code))
        await take_step(tx, article, Step.RECALL, SERVICE, now=NOW)
        served.append(await uploads.shown(tx, upload.code))
        served.append(await uploads.shown(tx, "0" * 32))

    assert served == [upload, upload, None, None]
