"""A preset that cannot be used says where, what and what to do."""

import pytest

from server.attendance.presets.advice import ADVICE
from server.attendance.presets.files import PresetError, check_preset, parse_preset, read_preset
from tests.server.attendance.halls import PRESETS

TEXT = (PRESETS / "zichang.toml").read_text("utf-8")


def problems(old: str, new: str) -> list[str]:
    """What is said of the preset once `old` is replaced by `new`."""
    assert old in TEXT
    return [str(problem) for problem in check_preset(TEXT.replace(old, new, 1).encode())]


@pytest.mark.parametrize("path", sorted(PRESETS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_presets_that_ship_are_right(path):
    assert check_preset(path.read_bytes()) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "grace_minutes = 20",
            'grace_minutes = "二十"',
            "attendance.lateness 第1项 grace_minutes："
            "“二十”不是整数。请写整数，不加引号，例如 20。",
        ),
        (
            "grace_minutes = 20",
            "grace_minutes = -1",
            "attendance.lateness 第1项 grace_minutes：“-1”太小。请改为不小于 0 的数。",
        ),
        (
            "limit_minutes = 60",
            "limit_minutes = 2000",
            "attendance.away 第1项 limit_minutes：“2000”太大。请改为不大于 1440 的数。",
        ),
        (
            "grace_minutes = 20",
            "grace = 20",
            "attendance.lateness 第1项 grace_minutes：缺少这一项。"
            "请补上，写法可参照 config/presets 中的示例。",
        ),
        (
            "grace_minutes = 20",
            "grace = 20\ngrace_minutes = 20",
            "attendance.lateness 第1项 grace：不认识这一项。请检查拼写，或删去这一行。",
        ),
        (
            'period = "quarter"',
            'period = "season"',
            "attendance.accumulation 第1项 period：“season”不是可选的值。"
            "请改为其中之一：'week', 'month', 'quarter' or 'year'。",
        ),
        (
            "punches_per_day = 4",
            "punches_per_day = 3",
            "attendance.timetable 第1项 punches_per_day：“3”不是可选的值。请改为其中之一：2 or 4。",
        ),
        (
            "from_days = 0.5",
            "from_days = 0.3",
            "attendance.leave_cover 第1项 from_days：“0.3”不是 0.5 的倍数。请按 0.5 的倍数填写。",
        ),
        (
            "seconds_count = true",
            'seconds_count = "也许"',
            "attendance.punching 第1项 seconds_count：“也许”不是“是”或“否”。"
            "请写 true(是)或 false(否)。",
        ),
        (
            "morning = [08:00:00, 12:00:00]",
            "morning = [12:00:00, 08:00:00]",
            "attendance.timetable 第1项 morning：上班时间不早于下班时间。"
            "请写成 [上班时间, 下班时间]。",
        ),
        (
            "morning = [08:00:00, 12:00:00]",
            'morning = ["八点", 12:00:00]',
            "attendance.timetable 第1项 morning 第1项：“八点”不是时间。"
            "请写成 08:00:00 的样子，不加引号。",
        ),
        (
            "morning = [08:00:00, 12:00:00]",
            "morning = [08:00:00, 15:00:00]",
            "attendance.timetable 第1项：01-01 的上午和下午重叠。"
            "请让 afternoon 的开始不早于 morning 的结束。",
        ),
        (
            "morning = [08:00:00, 12:00:00]\nafternoon = [14:30:00, 17:30:00]",
            "",
            "attendance.timetable 第1项：上午和下午都没有。请至少写明 morning 或 afternoon。",
        ),
        (
            'first_day = "05-01"',
            'first_day = "05-32"',
            "attendance.timetable 第1项 season 第1项 first_day：“05-32”不是一年中的某一天。"
            '请写成 "05-01" 的样子(月-日)。',
        ),
        (
            "[[attendance.punching]]",
            '[[attendance.timetable.season]]\nname = "秋季"\nfirst_day = "09-30"\n'
            'last_day = "10-31"\n\n[[attendance.punching]]',
            "attendance.timetable 第1项：09-30 同时属于两个季节。"
            "请调整 first_day 和 last_day，使各季节不重叠。",
        ),
        (
            "[[attendance.early_leave]]",
            '[[attendance.lateness]]\nsince = 2023-01-01\nclause = "新"\ngrace_minutes = 10\n\n'
            "[[attendance.early_leave]]",
            "attendance.lateness：各段没有按 since 从早到晚排列。"
            "请把 2023-01-01 的一段移到正确的位置。",
        ),
        (
            "up_to_days = 3",
            "up_to_days = 1",
            "attendance.leave_chain 第1项：请假档次没有从短到长排列，或最后一档有上限。"
            "请从短到长排列，先写 up_to_minutes 再写 up_to_days，最后一档不写上限。",
        ),
        (
            "up_to_days = 3",
            "up_to_days = 3\nup_to_minutes = 9",
            "attendance.leave_chain 第1项 band 第3项：同时写了 up_to_minutes 和 up_to_days。"
            "请只保留一个。",
        ),
        (
            'clause = "窗口管理制度 五.1"',
            'clause = ""',
            "attendance.timetable 第1项 clause：不能为空。请写明内容。",
        ),
        (
            "since = 2024-01-01",
            'since = "一月一日"',
            "attendance.timetable 第1项 since：“一月一日”不是日期。请写成 2026-01-01 的样子。",
        ),
        (
            "[hall]",
            "[attendence]\n[hall]",
            "attendence：不认识这一节。可用的节有：hall、attendance、assessment，请检查拼写。",
        ),
        (
            "weekdays = [1, 2, 3, 4, 5]",
            "weekdays = []",
            "attendance.timetable 第1项 weekdays：一项也没有。"
            "请补上，写法可参照 config/presets 中的示例。",
        ),
    ],
)
def test_a_mistake_is_named(old, new, said):
    assert said in problems(old, new)


def test_every_mistake_is_named_at_once():
    assert len(problems("grace_minutes = 20", "grace_minutes = -1\nlimit = 3")) == 2


def test_a_file_that_is_no_toml_says_so():
    (problem,) = check_preset(b"[hall\n")

    assert (problem.where, problem.what[:4]) == ("文件", "写法有误")


def test_a_file_in_another_encoding_says_so():
    (problem,) = check_preset("[hall]\nname = '大厅'".encode("gbk"))

    assert problem.what == "不是 UTF-8 编码"


def test_a_byte_order_mark_does_no_harm():
    assert parse_preset(b"\xef\xbb\xbf" + TEXT.encode()).hall.regulation == "窗口管理制度"


def test_a_mistake_without_advice_keeps_the_validators_words():
    (problem,) = check_preset(TEXT.replace("grace_minutes = 20", "grace_minutes = nan", 1).encode())

    assert (problem.what, problem.todo) == (
        "Input should be a finite number",
        "请改正后再检查一次",
    )


def test_reading_a_wrong_file_raises_with_all_problems(tmp_path):
    path = tmp_path / "hall.toml"
    path.write_text(TEXT.replace("grace_minutes = 20", "grace_minutes = 2000"), "utf-8")

    with pytest.raises(PresetError) as error:
        read_preset(path)

    assert len(error.value.problems) == 2


def test_advice_is_one_clause_of_what_and_one_of_what_to_do():
    assert all(not text.endswith("。") for advice in ADVICE.values() for text in advice)
