"""The terminal chat's client reads the event stream as the standard says, as far as the web chat uses it."""

from ops.webchat_client import Event, parse_events


def test_events_are_read_with_their_names_and_data() -> None:
    lines = [
        "event: typing",
        'data: {"on": true}',
        "",
        "event: message",
        'data: {"id": "1", "text": "Halo"}',
        "",
    ]
    assert list(parse_events(iter(lines))) == [
        Event("typing", {"on": True}),
        Event("message", {"id": "1", "text": "Halo"}),
    ]


def test_heartbeats_and_an_event_cut_short_are_passed_over() -> None:
    assert list(parse_events(iter([": still here", "", "event: message", 'data: {"id":']))) == []
