"""Custom actions of the conversation; the action server imports everything below this package.

Nothing but actions and what they need lives here. An action reads the turn and the draft, calls ``crm`` where
something is filed or asked, and names a response; words are in ``domain.yml``.
"""
