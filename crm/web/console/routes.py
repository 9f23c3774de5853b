"""The addresses of the console. Mounted by ``crm.web.mount``; each page lies beside this module."""

from sanic import Blueprint

from crm.web.console.sessions import Sessions
from crm.web.console.sign_in import SignIn
from crm.web.shared.part import new_part
from crm.web.shared.site import Site


class Console:
    """The pages of the console, put together."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._sessions = Sessions(site)

    def blueprint(self) -> Blueprint:
        """Return the routes, all under ``/petugas``."""
        console = new_part(self._site, "console", "/petugas")
        sign_in = SignIn(self._site, self._sessions)
        officers = self._sessions.for_officers
        console.add_route(sign_in.show, "/masuk", methods=["GET"], name="sign_in")
        console.add_route(sign_in.sign_in, "/masuk", methods=["POST"], name="signing_in")
        console.add_route(officers(sign_in.sign_out), "/keluar", methods=["POST"], name="sign_out")
        return console
