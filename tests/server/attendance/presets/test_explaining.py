"""A preset explains itself in Chinese."""

from server.attendance.presets.explaining import explain


def test_one_sentence_for_each_entry_with_its_clause(any_hall):
    settings = any_hall.preset.attendance
    entries = [entry for name in type(settings).model_fields for entry in getattr(settings, name)]

    sentences = explain(any_hall.preset)

    assert len(sentences) == len(entries)
    for sentence, entry in zip(sentences, entries, strict=True):
        assert f"(依据：{entry.clause})" in sentence


def test_hours_and_seasons(hall):
    assert explain(hall.preset)[0] == (
        "自 2024-01-01 起：周一、周二、周三、周四、周五上班，节假日和调休按国务院的安排；"
        "上午 08:00 至 12:00；下午 14:30 至 17:30；夏令时(5月1日至9月30日)下午 15:00 至 18:00；"
        "每个半天签到、签退各一次。(依据：窗口管理制度 五.1)"
        "夏令时的起止日期原文未写，本厅定为5月1日至9月30日。"
    )


def test_an_entry_that_was_replaced_says_until_when(other_hall):
    sentences = [line for line in explain(other_hall.preset) if "没有签到" in line]

    assert sentences == [
        "2024-01-01 至 2026-06-30：没有签到，或者过了上班时间才签到，记迟到一次。"
        "(依据：考勤规定 第5条)",
        "自 2026-07-01 起：没有签到，或者迟到超过 5 分钟才签到，记迟到一次；正好 5 分钟不算。"
        "(依据：考勤规定(2026年修订) 第5条)",
    ]


def test_the_approval_chain_reads_step_by_step(hall):
    (line,) = [line for line in explain(hall.preset) if "备案" in line]

    assert "3 天以内(含)书面请假：单位签署意见并加盖公章→中心副主任审批→中心办公室备案" in line


def test_settings_that_ask_nothing_say_so(hall):
    attendance = hall.preset.attendance
    silent = hall.preset.model_copy(
        update={
            "attendance": attendance.model_copy(
                update={
                    "proxy_signing": (
                        attendance.proxy_signing[0].model_copy(update={"absent": ()}),
                    ),
                    "leave_evidence": (
                        attendance.leave_evidence[0].model_copy(update={"kinds": ()}),
                    ),
                    "cover_admission": (
                        attendance.cover_admission[0].model_copy(update={"steps": ()}),
                    ),
                }
            )
        }
    )

    text = "".join(explain(silent))

    assert "发现代签只作登记" in text
    assert "请假不要求出具证明" in text
    assert "临时顶岗无须事先办理手续" in text
