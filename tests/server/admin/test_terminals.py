"""Terminals as supervisors and administrators see them."""

from datetime import UTC, datetime
from io import BytesIO

import pytest

from server.attendance.models import Punch
from server.attendance.terminals.command_models import (
    CommandKind,
    CommandState,
    TerminalCommand,
    TerminalUser,
)
from server.attendance.terminals.models import Decision, DoubtfulPunch, TerminalFinding
from tests.builders.fixtures import site
from tests.builders.log_parts import log_part
from tests.builders.site import Site, document

__all__ = ["site"]

EXPORT = b"7\t2026-09-14 07:58:30\t1\t255\t1\t0\nnot a punch\n"


@pytest.fixture
def terminal(site: Site) -> int:
    return site.hall.devices["terminal"]


def hand_in(site: Site, time: str, verify: int = 1) -> None:
    address = f"/api/agent/terminals/{site.hall.devices['terminal']}/log"
    document(site.device("agent").send(address, log_part(("7", time), verify=verify)))


def test_a_terminal_that_was_never_read_is_listed(site: Site) -> None:
    page = site.person("supervisor").look("/admin/terminals").text
    assert "terminal" in page
    assert "没有待核实的打卡" in page


def test_a_punch_from_the_future_counts_once_it_is_accepted(site: Site) -> None:
    hand_in(site, "2026-09-14 18:00:00")
    [person] = [site.person("supervisor")]
    assert document(person.get("/api/punches/today"))["people"] == []
    with site.hall.session() as session:
        punch_id = session.query(Punch).one().id
    site.person("admin").submit(f"/admin/terminals/doubts/{punch_id}/accept")
    assert len(document(person.get("/api/punches/today"))["people"]) == 1
    with site.hall.session() as session:
        assert session.query(DoubtfulPunch).one().decision is Decision.ACCEPTED


def test_a_dismissed_punch_never_counts(site: Site, terminal: int) -> None:
    hand_in(site, "2026-09-14 18:00:00")
    site.person("admin").submit(f"/admin/terminals/{terminal}/doubts/dismiss")
    assert document(site.person("supervisor").get("/api/punches/today"))["people"] == []
    assert "没有待核实的打卡" in site.person("supervisor").look("/admin/terminals").text


def test_a_punch_by_password_is_marked_in_the_search(site: Site) -> None:
    hand_in(site, "2026-09-14 07:58:30", verify=0)
    page = site.person("supervisor").look("/admin/terminals/punches?who=7").text
    assert "2026-09-14 07:58:30" in page
    assert 'state-warn">密码打卡' in page


def test_sync_now_is_asked_once_and_shown_until_it_is_done(site: Site, terminal: int) -> None:
    admin = site.person("admin")
    for _ in range(2):
        admin.submit(f"/admin/terminals/{terminal}/sync")
    with site.hall.session() as session:
        [command] = session.query(TerminalCommand).all()
    assert (command.kind, command.state) == (CommandKind.SYNC, CommandState.WAITING)
    assert "等待设备代理" in admin.look(f"/admin/terminals/{terminal}").text


def test_an_export_is_imported_once(site: Site, terminal: int) -> None:
    admin = site.person("admin")
    for _ in range(2):
        admin.submit(f"/admin/terminals/{terminal}/import", export=(BytesIO(EXPORT), "attlog.dat"))
    with site.hall.session() as session:
        [punch] = session.query(Punch).all()
    assert (punch.pin, punch.source) == ("7", "import")


def test_an_alarm_is_shown_with_its_time_until_it_was_seen(site: Site, terminal: int) -> None:
    with site.hall.database.write() as session:
        session.add(
            TerminalFinding(
                terminal_id=terminal,
                kind="gap",
                alarm=True,
                since=datetime(2026, 9, 13, 1, 0, tzinfo=UTC),
                until=datetime(2026, 9, 13, 2, 0, tzinfo=UTC),
                found_at=datetime(2026, 9, 14, 1, 0, tzinfo=UTC),
            )
        )
    admin = site.person("admin")
    assert "2026-09-13 09:00:00" in admin.look(f"/admin/terminals/{terminal}").text
    admin.submit(f"/admin/terminals/{terminal}/seen")
    with site.hall.session() as session:
        assert session.query(TerminalFinding).one().seen_at is not None


def test_people_on_a_terminal_are_listed_and_changed_by_commands(site: Site, terminal: int) -> None:
    with site.hall.database.write() as session:
        session.add(
            TerminalUser(terminal_id=terminal, uid=1, pin="7", name="甲", enabled=True, privilege=0)
        )
    admin = site.person("admin")
    assert "尚未看到" in admin.look(f"/admin/terminals/{terminal}").text
    admin.submit("/admin/terminals/users/1/rename", name="乙")
    with site.hall.session() as session:
        [command] = session.query(TerminalCommand).all()
    assert command.arguments == {"uid": 1, "pin": "7", "name": "乙"}
