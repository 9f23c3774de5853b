"""The gateway stops as messages flow: first nothing comes in, then nothing is answered, then nothing is sent."""

from typing import Any

import pytest

from gateway.app import Gateway
from tests.gateway.fake_platform import FakeClient


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_receiving_ends_first_and_connections_are_closed_last(
    pushing: Gateway, telegram: FakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, bool, bool]] = []
    receiving: Any = pushing.platforms[0]

    def noting(name: str, part: Any) -> None:
        stop = part.stop

        async def noted() -> None:
            seen.append((name, receiving.running, telegram.closed))
            await stop()

        monkeypatch.setattr(part, "stop", noted)

    await receiving.start()
    for name, part in (("inbox", pushing.inbox), ("senders", pushing.senders)):
        noting(name, part)
    await pushing.close()
    assert seen == [("inbox", False, False), ("senders", False, False)]
    assert telegram.closed
