"""Errors of the services; each has a stable code and says what to do next.

ServiceError
├── SettingInvalid
├── ChainError
│   ├── ChainUnreachable
│   ├── NotDeployed
│   ├── TransactionRefused
│   └── TransactionLost
├── SigningKeyError
│   ├── KeyMissing
│   └── KeyRefused
├── WouldEquivocate
├── BlobError
│   ├── BlobStoreUnreachable
│   ├── BlobMissing
│   └── BlobCorrupt
└── EvidenceError
    ├── CarMalformed
    ├── ClaimFileFalse
    ├── NotAligned
    ├── NothingSaved
    ├── ReportMalformed
    ├── TraceMalformed
    └── EvidenceTooLarge
"""

from __future__ import annotations


class ServiceError(Exception):
    """A service could not do what was asked."""

    code = "SERVICE_ERROR"
    next_step = ""

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.next_step = next_step or self.next_step


class SettingInvalid(ServiceError):
    """An environment variable does not hold what it must."""

    code = "SETTING_INVALID"

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(f"{name}={value!r} is not {wanted}", f"Set {name} to {wanted}, or unset it.")
        self.name = name


class ChainError(ServiceError):
    """The chain refused, or could not be asked."""

    code = "CHAIN_ERROR"


class ChainUnreachable(ChainError):
    """No JSON-RPC node answers."""

    code = "CHAIN_UNREACHABLE"

    def __init__(self, url: str) -> None:
        super().__init__(f"no chain answers at {url}", "Start one with `make up`, or set LIGHTDOM_RPC_URL.")
        self.url = url


class NotDeployed(ChainError):
    """The contracts are not on this chain, or no manifest says where."""

    code = "NOT_DEPLOYED"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Deploy with `make up` or `ape run deploy`, and point LIGHTDOM_HOME at its manifest.")


class TransactionRefused(ChainError):
    """A contract reverted; `reason` is its decoded error."""

    code = "TRANSACTION_REFUSED"

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(f"{what} was refused by the contract: {reason}")
        self.reason = reason


class TransactionLost(ChainError):
    """A sent transaction was not mined in time."""

    code = "TRANSACTION_LOST"

    def __init__(self, what: str, tx_hash: str, seconds: float) -> None:
        super().__init__(
            f"{what} ({tx_hash}) was not mined within {seconds:.0f} s",
            "Look the transaction up; it may still be mined. Running the command again is safe.",
        )


class SigningKeyError(ServiceError):
    """A signing key could not be used."""

    code = "KEY_ERROR"


class KeyMissing(SigningKeyError):
    """No key is configured for this role."""

    code = "KEY_MISSING"

    def __init__(self, role: str, chain_id: int) -> None:
        super().__init__(
            f"no key for {role} on chain {chain_id}",
            "Pass --keystore FILE with --passphrase-file FILE, "
            f"or set LIGHTDOM_KEYSTORE_{role.upper()} and LIGHTDOM_PASSPHRASE_FILE.",
        )


class KeyRefused(SigningKeyError):
    """A keystore does not open. The file's content is never shown."""

    code = "KEY_REFUSED"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"keystore {path}: {why}", "Check the file (Web3 Secret Storage, version 3) and its passphrase."
        )


class WouldEquivocate(ServiceError):
    """This node has just signed that the page serves something else; two such votes would cost its stake."""

    code = "WOULD_EQUIVOCATE"

    def __init__(self, claim_id: bytes, span_seconds: int) -> None:
        super().__init__(
            f"claim 0x{claim_id.hex()}: this node has signed another source of the same page within {span_seconds} s",
            f"Vote again in {span_seconds} s, if the page still serves this.",
        )


class BlobError(ServiceError):
    """Stored content could not be had."""

    code = "BLOB_ERROR"


class BlobStoreUnreachable(BlobError):
    """The IPFS node does not answer."""

    code = "BLOB_STORE_UNREACHABLE"

    def __init__(self, url: str) -> None:
        super().__init__(f"no IPFS node answers at {url}", "Start one with `make up`, or set LIGHTDOM_IPFS_URL.")


class BlobMissing(BlobError):
    """Nobody served this CID in time."""

    code = "BLOB_MISSING"

    def __init__(self, cid: str, name: str = "") -> None:
        super().__init__(f"{cid}{'/' + name if name else ''} is not to be had from the configured IPFS node")
        self.cid = cid


class BlobCorrupt(BlobError):
    """The store answered with content that is not what the CID names."""

    code = "BLOB_CORRUPT"

    def __init__(self, cid: str, got: str) -> None:
        super().__init__(f"asked for {cid}, the store answered with content of {got}", "Use another IPFS node.")


class EvidenceError(ServiceError):
    """An evidence bundle is not one."""

    code = "EVIDENCE_INVALID"


class CarMalformed(EvidenceError):
    """A CAR file does not hold one folder of evidence."""

    code = "CAR_MALFORMED"

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(
            f"not a claim file: at byte {offset}, {reason}",
            "Export the evidence anew: `ipfs dag export CID`, or `lightdom prove`.",
        )
        self.offset = offset


class ClaimFileFalse(EvidenceError):
    """A claim file's evidence does not give what its report says; claiming it would cost the bond."""

    code = "CLAIM_FILE_FALSE"

    def __init__(self, path: str, words: str) -> None:
        super().__init__(f"{path} is false: {words}", "Make it again with `lightdom prove`.")
        self.words = words


class NotAligned(EvidenceError):
    """A lighter page puts more into one place than its tokens can carry: 1 024 bytes for each source token."""

    code = "NOT_ALIGNED"
    next_step = "Pass the page that the lighter one was made from."


class NothingSaved(EvidenceError):
    """No contract takes a claim on a page that became no lighter, or whose attested changes added bytes."""

    code = "NOTHING_SAVED"

    def __init__(self, saved_bytes: int, attested_bytes: int) -> None:
        told = f"{saved_bytes} bytes were saved" if saved_bytes >= 0 else f"{-saved_bytes} bytes were added"
        if attested_bytes < 0:
            told += f": proven rules took out {saved_bytes - attested_bytes}, attested changes added {-attested_bytes}"
        super().__init__(
            told,
            "A claim needs a lighter page whose changes beyond the proven rules add no bytes in all: give another "
            "one, or leave --optimized out and one is made here.",
        )
        self.saved_bytes = saved_bytes
        self.attested_bytes = attested_bytes


class ReportMalformed(EvidenceError):
    """report.json does not say what it must (docs/claim.schema.json)."""

    code = "REPORT_MALFORMED"

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"report.json: {field}: {why}", "Make the file with `lightdom prove`.")
        self.field = field


class TraceMalformed(EvidenceError):
    """trace.bin does not follow docs/PROTOCOL.md, "Evidence"."""

    code = "TRACE_MALFORMED"


class EvidenceTooLarge(EvidenceError):
    """A file of the bundle is over the limit; nothing of it was read further."""

    code = "EVIDENCE_TOO_LARGE"

    def __init__(self, name: str, limit_bytes: int) -> None:
        super().__init__(f"{name} is over {limit_bytes} bytes")
