"""Renders the console's pages: every one knows who is signed in, where it is, and its forms' token."""

from typing import Any

from sanic import HTTPResponse, Request

from crm.domain.officers import UNIT_ROLES, Officer
from crm.domain.status import DECIDERS
from crm.web.console.sessions import Sessions
from crm.web.shared.site import Site


class ConsolePages:
    """Templates of ``console/`` for an officer."""

    def __init__(self, site: Site, sessions: Sessions) -> None:
        self.site = site
        self.sessions = sessions

    def render(
        self, request: Request, officer: Officer, template: str, *, status: int = 200, **values: Any
    ) -> HTTPResponse:
        """Return a page for an officer."""
        return self.site.pages.render(
            f"console/{template}",
            status=status,
            officer=officer,
            works_on_reports=officer.role in DECIDERS | UNIT_ROLES,
            here=request.path,
            token=self.sessions.form_token(request),
            **values,
        )
