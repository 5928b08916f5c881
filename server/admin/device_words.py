"""What drivers say of their devices, in words for people."""

from server.devices.models import DeviceKind
from server.i18n import N_

KINDS = {
    DeviceKind.AGENT: N_("设备代理"),
    DeviceKind.KIOSK: N_("取号机"),
    DeviceKind.DISPLAY: N_("大厅屏"),
    DeviceKind.PRINTER: N_("打印机"),
    DeviceKind.LED_SIGN: N_("窗口屏"),
    DeviceKind.TERMINAL: N_("考勤机"),
    DeviceKind.PANEL_BUS: N_("叫号器线路"),
    DeviceKind.ID_READER: N_("身份证读卡器"),
    DeviceKind.SCANNER: N_("扫码器"),
    DeviceKind.SPEAKER: N_("音箱"),
    DeviceKind.PUSH_RECEIVER: N_("考勤上传接收器"),
}

# The driver's word → the person's. What is not here is shown as the driver says it.
DETAILS = {
    "ready": N_("正常"),
    "paper_near_end": N_("纸快用完"),
    "paper_end": N_("缺纸"),
    "cover_open": N_("机盖开着"),
    "cutter_error": N_("切刀卡住"),
    "error": N_("打印头过热或电源异常"),
    "offline": N_("没有应答"),
    "unreachable": N_("连接不上"),
    "acknowledged": N_("显示已确认"),
    "sent": N_("已发送，此屏不回应"),
    "terminal_unreachable": N_("连接不上"),
    "agent away": N_("设备代理失去联系"),
    "no connection": N_("没有连接"),
    "simulated device, refused": N_("这是模拟设备，正式大厅不使用"),
}

COUNTS = {
    "printed": N_("打印"),
    "sent_unconfirmed": N_("已发送"),
    "uncertain": N_("不确定"),
    "failed_before_send": N_("未发送"),
    "acknowledged": N_("显示"),
    "sent": N_("发送"),
    "failed": N_("未显示"),
    "keys": N_("按键"),
    "ratings": N_("评价"),
    "damaged": N_("坏帧"),
    "punches": N_("打卡"),
    "cards": N_("刷证"),
    "unreadable": N_("读不出"),
    "scans": N_("扫码"),
    "spoken": N_("播报"),
    "losses": N_("断线"),
    "failures": N_("出错"),
}
