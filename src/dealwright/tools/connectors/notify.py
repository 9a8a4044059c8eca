"""Notifications: Slack, Teams, e-mail and many more through Apprise."""

from __future__ import annotations

import asyncio

import apprise

from dealwright.errors import Misconfigured, TryAgain


class AppriseNotifier:
    """Sends notices to one service, named by its Apprise address."""

    def __init__(self, name: str, address: str) -> None:
        """Take the service's address, which is a secret.

        Raises:
            Misconfigured: Apprise knows no such service.

        """
        self._name = name
        self._service = apprise.Apprise()
        if not self._service.add(address):
            raise Misconfigured(f"the notification {name} has an address Apprise does not know")

    async def tell(self, title: str, text: str) -> None:
        """Send a notice.

        Raises:
            TryAgain: it did not go out.

        """
        sent = await asyncio.to_thread(self._service.notify, title=title, body=text)
        if not sent:
            raise TryAgain(f"the notification {self._name} did not go out")
