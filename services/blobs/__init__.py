"""Content-addressed storage of folders: IPFS, or a directory that speaks the same interface."""

from services.blobs.car import car_of_folder, read_car, write_car
from services.blobs.cid import cid_to_digest, digest_to_cid, folder_cid
from services.blobs.store import BlobStore, open_store

__all__ = [
    "BlobStore",
    "car_of_folder",
    "cid_to_digest",
    "digest_to_cid",
    "folder_cid",
    "open_store",
    "read_car",
    "write_car",
]
