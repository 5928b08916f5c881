from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.zkteco.punch_text import UnreadLine
from drivers.zkteco.push import (
    EnrolmentSeen,
    MenuAction,
    PushedUser,
    decode_attlog,
    decode_operlog,
    decode_people,
)
from drivers.zkteco.records import PunchRecord

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("rest", ["", "\t7", "\t7\t0\t0", "\t7\t0\t0\t0\t0\t0"])
def test_the_state_comes_before_the_way_of_verifying(rest: str) -> None:
    line = f"10023\t2026-11-24 08:30:05\t0\t15{rest}".encode()
    [punch] = decode_attlog(line, ZONE)
    assert isinstance(punch, PunchRecord)
    assert (punch.pin, punch.state, punch.verify) == ("10023", 0, 15)
    assert punch.workcode == (7 if rest else 0)


def test_a_pushed_punch_has_the_key_of_the_one_in_the_log() -> None:
    [punch] = decode_attlog(b"10023\t2026-11-24 08:30:05\t255\t1\n", ZONE)
    assert isinstance(punch, PunchRecord)
    assert (punch.subject, punch.raw_time, punch.occurrence) == ("10023", 864_462_605, 0)


def test_a_line_that_is_no_punch_does_not_hide_the_others() -> None:
    read = decode_attlog(b"hello\n1\t2026-11-24 08:30:05\t0\t1\n", ZONE)
    assert [type(line) for line in read] == [UnreadLine, PunchRecord]


def test_a_user_is_read_without_the_password() -> None:
    line = "USER PIN=10023\tName=王小明\tPri=14\tPasswd=8888\tCard=[0300000000]\tGrp=1".encode(
        "gbk"
    )
    [user] = decode_operlog(line, ZONE, "gbk")
    assert user == PushedUser("10023", "王小明", 14, "[0300000000]")


@pytest.mark.parametrize(
    "line",
    [
        "USER PIN=10023\tName=王小明\tPri=14\tCard=7",
        "user pin=10023\tname=王小明\tprivilege=14\tcardno=7",
        "Pin=10023\tCardNo=7\tPassword=8888\tName=王小明\tPrivilege=14",
    ],
)
def test_an_answer_to_a_query_names_people_in_any_spelling(line: str) -> None:
    body = f"{line}\r\nnobody\n".encode("gbk")
    assert decode_people(body, "gbk") == [PushedUser("10023", "王小明", 14, "7")]


@pytest.mark.parametrize("pin", ["", "王", "1" * 25])
def test_a_number_that_no_terminal_has_names_nobody(pin: str) -> None:
    assert decode_people(f"PIN={pin}\tName=x".encode("gbk"), "gbk") == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b"FP PIN=10023\tFID=6\tSize=8\tValid=1\tTMP=SECRET==", "FP"),
        (b"FACE PIN=10023\tFID=0\tSIZE=8\tVALID=1\tTMP=SECRET==", "FACE"),
        (b"BIODATA Pin=10023\tNo=0\tIndex=0\tTmp=SECRET==", "BIODATA"),
    ],
)
def test_of_a_template_only_the_enrolment_is_kept(line: bytes, kind: str) -> None:
    read = decode_operlog(line, ZONE, "gbk")
    assert read == [EnrolmentSeen("10023", kind)]
    assert "SECRET" not in repr(read)


@pytest.mark.parametrize(
    "line",
    [b"FP TMP=SECRET", b"NEWBIO PIN=1\tBlob=SECRET", b"USER Name=x\tTMP=SECRET", b"SEC\tRET"],
)
def test_what_may_hold_a_template_is_not_shown(line: bytes) -> None:
    [read] = decode_operlog(line, ZONE, "gbk")
    assert isinstance(read, UnreadLine)
    assert "SECRET" not in read.text


def test_work_in_the_menus_is_told_with_its_time() -> None:
    at = datetime(2026, 11, 24, 8, 30, 5, tzinfo=ZONE)
    line = b"OPLOG 4\t14\t2026-11-24 08:30:05\t0\t0\t0\t0"
    assert decode_operlog(line, ZONE, "gbk") == [MenuAction(4, "14", at)]


@pytest.mark.parametrize("line", [b"OPLOG x\t1\t2", b"OPLOG 4", b"USER PIN=1\tPri=x"])
def test_a_broken_line_is_shown_to_a_person(line: bytes) -> None:
    [read] = decode_operlog(line, ZONE, "gbk")
    assert isinstance(read, UnreadLine)


@given(st.binary(max_size=300))
def test_no_upload_makes_reading_fail(body: bytes) -> None:
    decode_attlog(body, ZONE)
    decode_operlog(body, ZONE, "gbk")


@given(st.sampled_from([b"USER ", b"FP ", b"OPLOG "]), st.binary(max_size=100))
def test_no_line_of_a_known_kind_makes_reading_fail(kind: bytes, rest: bytes) -> None:
    decode_operlog(kind + rest, ZONE, "utf-8")
