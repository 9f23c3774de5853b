"""A scripted citizen on a stand-in platform, against the real system: what ``make demo-telegram`` shows.

``performance`` plays ``siti.yml`` and prints the transcript; the platforms are those the tests use (tests/servers).
"""
