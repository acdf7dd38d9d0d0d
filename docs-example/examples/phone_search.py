"""Exact search by mobile number, although the number itself is encrypted."""

from __future__ import annotations

import hashlib
import hmac
import re


# ANCHOR: search
def normalise(number: str, country: str = "49") -> str:
    """`0171 123 45-67`, `+49 171 1234567` and `0049171…` become the same digits."""
    digits = re.sub(r"[^\d+]", "", number)
    if digits.startswith("+"):
        return digits[1:]
    if digits.startswith("00"):
        return digits[2:]
    return country + digits.removeprefix("0")


def search_token(key: bytes, number: str) -> bytes:
    return hmac.new(key, normalise(number).encode(), hashlib.sha256).digest()
# ANCHOR_END: search


def test_the_same_number_has_one_token() -> None:
    key = b"only for tests, 32 bytes long..."
    forms = ("0171 123 45-67", "+49 171 1234567", "0049 171 1234567")
    assert len({search_token(key, form) for form in forms}) == 1
