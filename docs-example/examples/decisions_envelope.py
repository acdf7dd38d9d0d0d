"""Envelope encryption of single fields.

Included by decisions/0026-envelope-encryption-at-rest.md. Needs the package cryptography.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class KeyService(Protocol):
    """AWS KMS in production, a file in tests."""

    def wrap(self, key: bytes) -> bytes: ...
    def unwrap(self, wrapped: bytes) -> bytes: ...


# ANCHOR: seal
@dataclass(frozen=True)
class Sealed:
    wrapped_key: bytes      # the data key, encrypted by KMS
    nonce: bytes
    text: bytes


def seal(kms: KeyService, value: str, *, field: str, record: int) -> Sealed:
    key = AESGCM.generate_key(bit_length=256)
    nonce = os.urandom(12)
    bound_to = f"{field}:{record}".encode()     # a value cannot move to another record
    text = AESGCM(key).encrypt(nonce, value.encode(), bound_to)
    return Sealed(kms.wrap(key), nonce, text)


def unseal(kms: KeyService, sealed: Sealed, *, field: str, record: int) -> str:
    key = kms.unwrap(sealed.wrapped_key)
    bound_to = f"{field}:{record}".encode()
    return AESGCM(key).decrypt(sealed.nonce, sealed.text, bound_to).decode()
# ANCHOR_END: seal
