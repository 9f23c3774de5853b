"""A plausible month of reports for trying out and showing: ``make demo``.

``scenario.py`` invents reports from ``words.yml``, ``lives.py`` tells what becomes of each, ``cast.py`` makes the
officers and photos, ``__main__.py`` plays it all through the services of the CRM, in the order of time, on a clock of
its own.
"""
