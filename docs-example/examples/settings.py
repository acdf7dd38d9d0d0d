"""All configuration of the service `slots`, read once at start."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, PostgresDsn, RedisDsn, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


# ANCHOR: settings
class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="SLOTS_",
        secrets_dir="/run/secrets" if Path("/run/secrets").is_dir() else None,
        extra="forbid",
    )

    environment: Literal["local", "staging", "production"]
    database_url: PostgresDsn
    redis_url: RedisDsn
    token_signing_key: SecretStr
    pool_size: int = Field(default=8, ge=1, le=20)
    hold_minutes: int = Field(default=10, ge=1, le=30)


@lru_cache
def get_settings() -> Settings:
    return Settings()  # type: ignore[call-arg]  # filled from the environment
# ANCHOR_END: settings
