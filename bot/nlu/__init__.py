"""Understanding what a citizen wrote: Rasa graph components, one per file (``config.yml`` has their order).

``normaliser`` reads the words behind the spelling → ``place_recogniser`` → ``intent_classifier`` →
``category_classifier`` → (Rasa's ``FallbackClassifier``) → ``privacy_recogniser`` → ``danger_detector`` →
``report_number_reader`` → ``understanding``, which sets the one output key of ours that the actions read.

A component only moves values between a Rasa ``Message`` and a plain module that does the work and knows
no Rasa: ``words``, ``ngrams``, ``linear_model``, ``gazetteer``, ``place_phrases``, ``place_resolution``,
``phrases``. Vocabulary lives in ``data/reference/``, read by ``reference``. ``python -m bot.nlu "teks"``
shows the outcome.
"""
