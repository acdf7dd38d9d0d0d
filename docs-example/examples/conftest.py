"""Fixtures for test_reserve.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import slots_api
from test_reserve import BookingsInMemory


@pytest.fixture
def bookings() -> BookingsInMemory:
    return BookingsInMemory(free=5)


@pytest.fixture
def client(bookings: BookingsInMemory) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(slots_api.router)
    app.dependency_overrides[slots_api.get_bookings] = lambda: bookings
    app.dependency_overrides[slots_api.get_carrier] = lambda: 1204
    with TestClient(app) as client:
        yield client
