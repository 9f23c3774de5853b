"""News: at least once, in order, each held by one gateway at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from crm.bootstrap import Crm
from crm.domain.status import Role, Status
from tests.crm.conftest import Clock, draft


def _moved(crm: Crm, reporter: str) -> None:
    number = crm.file_complaint(draft(reporter=reporter)).report_number
    crm.change_status(number, Status.KOORDINASI, role=Role.KELURAHAN, unit="sda", note="diteruskan")
    crm.change_status(number, Status.PROSES, role=Role.DINAS)


def test_news_tell_whom_what_and_by_which_unit(crm: Crm, clock: Clock) -> None:
    _moved(crm, "warga")
    [news] = crm.pending_news(10)
    assert (news.reporter, str(news.report_number), news.status) == (
        "warga",
        "JK2611240001",
        Status.KOORDINASI,
    )
    assert (news.unit, news.note, news.at) == ("Dinas Sumber Daya Air", "diteruskan", clock.now)


def test_the_next_news_of_a_reporter_follow_only_when_the_earlier_are_relayed(crm: Crm) -> None:
    _moved(crm, "warga")
    told = []
    while news := crm.pending_news(10):
        told += [item.status for item in news]
        crm.news_relayed([item.news_id for item in news])
    assert told == [Status.KOORDINASI, Status.PROSES]


def test_news_held_by_a_gateway_that_died_come_again(
    crm: Crm, clock: Clock, opened: Callable[[], Crm]
) -> None:
    _moved(crm, "warga")
    first = crm.pending_news(10)
    assert opened().pending_news(10) == []
    clock.advance(minutes=2)
    assert opened().pending_news(10) == first


def test_relaying_twice_or_what_never_was_does_no_harm(crm: Crm) -> None:
    _moved(crm, "warga")
    [news] = crm.pending_news(10)
    crm.news_relayed([news.news_id, 999])
    crm.news_relayed([news.news_id])
    assert [item.status for item in crm.pending_news(10)] == [Status.PROSES]


def test_an_id_is_never_used_twice(crm: Crm) -> None:
    _moved(crm, "warga")
    seen = []
    for _ in range(2):
        while news := crm.pending_news(10):
            seen += [item.news_id for item in news]
            crm.news_relayed([item.news_id for item in news])
        _moved(crm, "warga")
    assert len(seen) == len(set(seen)) == 4


def test_gateways_claiming_at_once_get_different_news(crm: Crm) -> None:
    for reporter in range(12):
        _moved(crm, str(reporter))
    with ThreadPoolExecutor(4) as gateways:
        claims = list(gateways.map(lambda _: crm.pending_news(5), range(4)))
    claimed = [news.news_id for claim in claims for news in claim]
    assert len(claimed) == len(set(claimed))
    left = crm.pending_news(12)
    assert len({*claimed, *(news.news_id for news in left)}) == 12
