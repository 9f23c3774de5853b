"""The commands of the platforms' menus: what each is taken for, and its place in the menu.

Called by the channels that push, when somebody wrote one and to set up the menu. Calls nothing.
"""

import re
from dataclasses import dataclass

from gateway.messages import START_TEXT, ParseData, intent
from gateway.texts import COMMANDS

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(?P<words>.+))?", re.DOTALL)


@dataclass(frozen=True)
class Command:
    """One command. Words written after it count instead of the intent, behind ``opening``, if there is one."""

    name: str
    intent: str
    opening: str | None = None

    @property
    def description(self) -> str:
        """The response of domain.yml that describes it in the menu."""
        return COMMANDS[self.name]


MENU = (
    Command("lapor", "file_complaint", opening=""),
    Command("status", "check_status", opening="status "),
    Command("batal", "cancel"),
    Command("bantuan", "ask_help"),
    Command("privasi", "ask_privacy_difference"),
    Command("start", "start"),
)
_BY_NAME = {command.name: command for command in MENU}


def read_command(text: str) -> tuple[str, ParseData | None] | None:
    """Return text and parse data that a command stands for; None when the text is no command of ours."""
    match = _COMMAND.fullmatch(text)
    command = _BY_NAME.get(match["name"].lower()) if match else None
    if match is None or command is None:
        return None
    if match["words"] and command.opening is not None:
        return command.opening + match["words"], None
    stand_in = START_TEXT if command.name == "start" else f"[{command.name}]"
    return stand_in, intent(command.intent)
