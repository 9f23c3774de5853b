"""How an intake goes: pure decisions about a draft, a question and a turn, without Rasa and without words."""
