"""Documents that are handed in while an announcement is written: looked at, kept, and named by an address."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.desk.audit import Act, Actor, AuditAction, Plain, Subject, SubjectKind
from bot.domain.news.article import Attachment
from bot.domain.publication.uploads import (
    Upload,
    UploadError,
    UploadFault,
    UploadRules,
    accepted,
    address_of,
    file_name,
    foreseen,
)
from bot.store.engine.database import Transaction
from bot.store.publications import uploads
from bot.store.runtime import audit


@dataclass(frozen=True, slots=True)
class UploadDesk:
    """Takes documents by *rules*. *public_url* is where everybody reaches us, and empty where nobody does."""

    rules: UploadRules
    public_url: str

    def accept(self, name: str, content: bytes) -> Upload:
        """Return what has come, looked at; raises UploadError where it is not taken."""
        self.require_address(name)
        return accepted(name, content, self.rules)

    def foresee(self, name: str, size: int) -> None:
        """Raise UploadError where a document called *name* of *size* bytes would not be taken."""
        foreseen(name, size, self.rules)
        self.require_address(name)

    def require_address(self, name: str) -> None:
        """Raise UploadError where nobody could fetch a document."""
        if not self.public_url:
            raise UploadError(UploadFault.NO_ADDRESS, file_name(name))

    async def keep(
        self, tx: Transaction, upload: Upload, about: str, actor: Actor, *, now: datetime
    ) -> Attachment:
        """Keep *upload*, which came for the announcement *about*, and return how that names it."""
        kept = await uploads.keep(tx, upload, now)
        told: dict[str, Plain] = {"title": kept.name, "bytes": len(kept.content)}
        subject = Subject(SubjectKind.ANNOUNCEMENT, about)
        await audit.record(tx, actor, Act(AuditAction.DOCUMENT_UPLOADED, subject, after=told), now=now)
        return Attachment(address_of(self.public_url, kept), kept.name)
