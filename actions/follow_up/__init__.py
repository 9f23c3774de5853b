"""What a citizen does with a report that was filed: say whether it is done, answer, add to it, withdraw it.

``begin`` takes a button or words, ``hear`` the message after a question; both give an ``Outcome`` that
``actions.take_follow_up`` and ``actions.validate_follow_up_form`` carry out. What is meant by words that say
neither is told by ``meant``.
"""
