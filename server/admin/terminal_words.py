"""What happens to terminals, in words for people."""

from server.attendance.terminals.rules import PunchDoubt
from server.i18n import N_

DOUBTS = {
    PunchDoubt.FUTURE: N_("晚于大厅时间"),
    PunchDoubt.RESET_CLOCK: N_("考勤机时钟曾复位"),
    PunchDoubt.NO_TIME: N_("没有真实时间"),
}

# What was found in a log, or why a read was set aside (drivers/zkteco/reconcile.py, records.py).
FINDINGS = {
    "wrapped": N_("记录已满，最早的记录已被覆盖；此前均已读取，没有缺失"),
    "gap": N_("记录不连续，可能有打卡在读取前被覆盖"),
    "cleared": N_("记录被他人清空，清空前未读取的打卡已丢失"),
    "rewritten": N_("已读取的记录发生了变化"),
    "layout_changed": N_("记录格式变了，可能更换了考勤机或升级了固件"),
    "ambiguous": N_("有相同的记录，无法确定是否为新的打卡"),
    "truncated": N_("读到的数据不完整"),
    "count_mismatch": N_("读到的数据与考勤机所说的记录数不符"),
    "shrank": N_("读取时记录变少"),
    "implausible": N_("读到的数据不像打卡记录"),
    "reads_differ": N_("连续两次读取结果不同"),
    "unknown_terminal": N_("未登记的考勤机"),
}

PROBLEMS = {
    "terminal_unreachable": N_("连接不上，请检查电源、网线和地址"),
    "wrong_comm_key": N_("通讯密码不对"),
    "no_reply": N_("考勤机没有应答"),
    "connection_lost": N_("连接中断"),
    "garbled_reply": N_("应答不是考勤机的协议，请检查地址"),
    "command_refused": N_("考勤机不支持这项操作"),
    "deadline": N_("超时，已中止"),
    "worker_died": N_("读取程序意外结束，会自动重试"),
    "user_list_rejected": N_("名单数据有误，没有改动，请重试"),
    "unknown_user": N_("考勤机上没有这个人，请刷新名单"),
    "pin_moved": N_("考勤机上这个位置已换成别人，没有改动，请刷新名单后重试"),
    "pin_taken": N_("这个考勤号已有人使用"),
    "unfit_pin": N_("考勤机存不下这个考勤号"),
    "unfit_name": N_("考勤机存不下这个姓名，请缩短或检查姓名编码"),
    "not_kept": N_("考勤机没有保存，请在考勤机屏幕上核对"),
}

COMMANDS = {
    "sync": N_("读取记录"),
    "set_clock": N_("校时"),
    "list_users": N_("读取名单"),
    "create_user": N_("添加人员"),
    "rename_user": N_("改姓名"),
    "enable_user": N_("启用或停用"),
    "delete_user": N_("删除人员"),
}

STATES = {
    "waiting": (N_("等待设备代理"), "quiet"),
    "taken": (N_("正在进行"), "quiet"),
    "done": (N_("完成"), "good"),
    "failed": (N_("没有完成"), "bad"),
}
