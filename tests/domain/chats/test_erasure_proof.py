from bot.domain.chats.chat import AccountId
from bot.domain.chats.erasure_proof import ErasureProof

ACCOUNT = AccountId("telegram:1")


def test_a_proof_is_about_one_chat_of_one_account_and_read_with_its_key_alone() -> None:
    proof = ErasureProof.make(b"key", b"salt", account=ACCOUNT, chat="77")

    asked = [
        (b"key", ACCOUNT, "77"),
        (b"other", ACCOUNT, "77"),
        (b"key", ACCOUNT, "78"),
        (b"key", "x:1", "77"),
    ]
    answers = [proof.is_about(key, account=AccountId(account), chat=chat) for key, account, chat in asked]

    assert answers == [True, False, False, False]


def test_two_proofs_about_one_chat_do_not_look_alike() -> None:
    one, two = (ErasureProof.make(b"key", salt, account=ACCOUNT, chat="77") for salt in (b"a", b"b"))

    assert one.hash != two.hash
