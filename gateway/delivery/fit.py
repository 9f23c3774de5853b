"""Cuts an outbox row to what a channel can: pieces of text, a form of buttons, native controls, a picture.

Called by ``gateway.delivery.courier``. Decides by ``gateway.capabilities`` alone; the same row always gives the same
messages, so that what was sent of them can be counted.
"""

from dataclasses import replace

from gateway import texts
from gateway.capabilities import ButtonForm, Capabilities, Delivery
from gateway.delivery.client import ButtonStyle, Fitted, FittedButton
from gateway.delivery.split import split_text
from gateway.store.delivery import DOUBTFUL, Letter
from gateway.texts import Texts


class Fitter:
    """Fits messages to one channel."""

    def __init__(self, can: Capabilities, delivery: Delivery, sentences: Texts) -> None:
        self._can = can
        self._delivery = delivery
        self._texts = sentences
        self._warning = sentences.say(texts.MAYBE_TWICE) + "\n" if delivery.says_twice else ""

    def fit(self, letter: Letter, image: bytes | None) -> list[Fitted]:
        """Return the messages a row is sent as, in order; one that may arrive twice says so.

        ``image`` is the photo that the row names, None if it names none or there is none.
        """
        messages = self._by_template(letter) if letter.by_template else self._messages(letter, image)
        tagged = [replace(message, tag=letter.tag(part)) for part, message in enumerate(messages)]
        if letter.state == DOUBTFUL and letter.parts < len(tagged):
            doubtful = tagged[letter.parts]
            tagged[letter.parts] = replace(doubtful, text=self._warning + doubtful.text)
        return tagged

    def _by_template(self, letter: Letter) -> list[Fitted]:
        return [Fitted(letter.text, tag="", is_news=letter.is_news)]

    def _messages(self, letter: Letter, image: bytes | None) -> list[Fitted]:
        buttons = tuple(FittedButton(button["token"], button["title"]) for button in letter.buttons)
        form = self._form(buttons)
        ask = letter.ask if letter.ask in self._can.asks else None
        if form is not None:
            messages = self._pieces(letter.text, form.text_limit)
            messages[-1] = replace(messages[-1], buttons=buttons, style=form.style)
            if ask:
                # No platform takes its location button and others on one message.
                messages.append(Fitted(self._texts.say(texts.SHARE_LOCATION), tag="", ask=ask))
        else:
            messages = self._numbered(letter.text, buttons, ask)
        return [replace(message, is_news=letter.is_news) for message in self._with_image(image, messages)]

    def _form(self, buttons: tuple[FittedButton, ...]) -> ButtonForm | None:
        titles = [button.title for button in buttons]
        if not titles or len(set(titles)) < len(titles):
            return None
        longest = max(map(len, titles))
        fitting = (f for f in self._delivery.forms if len(titles) <= f.most and longest <= f.title_limit)
        return next(fitting, None)

    def _numbered(self, text: str, buttons: tuple[FittedButton, ...], ask: str | None) -> list[Fitted]:
        if buttons:
            choices = [f"{number}. {button.title}" for number, button in enumerate(buttons, start=1)]
            text = "\n".join([text, "", *choices, "", self._texts.say(texts.BY_NUMBER)]).strip()
        messages = self._pieces(text, self._delivery.ask_text_limit if ask else self._can.text_limit)
        style: ButtonStyle = "numbers" if buttons else "none"
        messages[-1] = replace(messages[-1], buttons=buttons, style=style, ask=ask)
        return messages

    def _pieces(self, text: str, last_limit: int) -> list[Fitted]:
        """Return the text in messages of which the last, that gets more than text, may be shorter."""
        room = len(self._warning)
        pieces = split_text(text, self._can.text_limit - room)
        if len(pieces[-1]) > last_limit - room:
            pieces[-1:] = split_text(pieces[-1], last_limit - room)
        return [Fitted(piece, tag="") for piece in pieces]

    def _with_image(self, image: bytes | None, messages: list[Fitted]) -> list[Fitted]:
        if image is None:
            return messages
        first = messages[0]
        is_caption = len(first.text) <= self._delivery.caption_limit - len(self._warning)
        if is_caption and not first.buttons and not first.ask:
            return [replace(first, image=image), *messages[1:]]
        return [Fitted("", tag="", image=image), *messages]
