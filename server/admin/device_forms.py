"""The settings of each kind of device as form fields, and back from what a person filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from server.admin.form_fields import FormField, Input
from server.devices.models import DeviceKind
from server.devices.options import OPTIONS
from server.i18n import N_

FALLBACK = FormField("fallback_id", N_("备用打印机"), Input.CHOICE, N_("本机不能打印时，由它代打"))

BESIDE = FormField("kiosk_id", N_("所属取号机"), Input.CHOICE, N_("读到的内容只送到这台取号机"))

FIELDS: Mapping[DeviceKind, tuple[FormField, ...]] = {
    DeviceKind.PRINTER: (
        FormField(
            "width_dots",
            N_("纸宽"),
            Input.CHOICE,
            choices=(("576", N_("80 毫米")), ("384", N_("58 毫米"))),
        ),
        FormField(
            "encoding",
            N_("文字编码"),
            Input.CHOICE,
            N_("测试页上汉字不对时换一种；图形方式所有打印机都能用，但较慢"),
            choices=(
                ("gbk", "GBK"),
                ("gb18030", "GB 18030"),
                ("utf8", "UTF-8"),
                ("raster", N_("图形")),
            ),
        ),
        FormField("native_qr", N_("二维码由打印机生成"), Input.CHECK),
        FormField("cutter", N_("有切刀"), Input.CHECK),
        FormField(
            "confirmation",
            N_("出票确认方式"),
            Input.CHOICE,
            N_("一般用自动"),
            choices=(
                ("auto", N_("自动")),
                ("echo", N_("回送编号")),
                ("barrier", N_("顺序应答")),
                ("status", N_("前后查状态")),
                ("none", N_("不能确认")),
            ),
        ),
        FALLBACK,
        FormField("roll_metres", N_("一卷纸的长度（米）"), hint=N_("用来估计余纸")),
    ),
    DeviceKind.LED_SIGN: (
        FormField(
            "protocol",
            N_("控制卡"),
            Input.CHOICE,
            choices=(
                ("onbon", N_("仰邦 BX-5K/6K")),
                ("cpower-serial", N_("流明 C-Power 串口")),
                ("cpower-tcp", N_("流明 C-Power 网口")),
                ("digits", N_("数码管")),
            ),
        ),
        FormField("width", N_("宽（点）")),
        FormField("height", N_("高（点）")),
        FormField(
            "colour",
            N_("颜色"),
            Input.CHOICE,
            choices=(("red", N_("红")), ("green", N_("绿")), ("yellow", N_("黄"))),
        ),
        FormField("card", N_("卡号"), hint=N_("一条线上只有一块屏时不用填")),
        FormField(
            "byte_order",
            N_("网口长度字节序"),
            Input.CHOICE,
            N_("只用于流明网口，显示不出时换一种"),
            choices=(("little", N_("低字节在前")), ("big", N_("高字节在前"))),
        ),
        FormField("template", N_("数码管命令模板"), Input.TEXT, N_("只用于数码管")),
        FormField("idle", N_("数码管空闲时显示"), hint=N_("只用于数码管")),
        FormField("notice", N_("滚动通知"), Input.TEXT, N_("只用于不属于窗口的大厅屏")),
    ),
    DeviceKind.TERMINAL: (
        FormField("comm_key", N_("通讯密码"), hint=N_("与考勤机上设置的一致，没有设置则为 0")),
        FormField(
            "encoding",
            N_("姓名编码"),
            Input.CHOICE,
            choices=(("gbk", "GBK"), ("utf-8", "UTF-8")),
        ),
        FormField("poll_minutes", N_("读取间隔（分钟）"), hint=N_("有人打卡时会立即读取")),
        FormField(
            "set_clock_beyond_seconds",
            N_("自动校时：误差超过（秒）"),
            hint=N_("不填则从不改动考勤机的时间"),
        ),
        FormField("serial_number", N_("序列号"), Input.TEXT, N_("只用于主动上传（ADMS）的考勤机")),
    ),
    DeviceKind.PANEL_BUS: (
        FormField("panels", N_("叫号器地址"), Input.COUNTERS, N_("没有叫号器的窗口不填")),
        FormField("pads", N_("评价器地址"), Input.COUNTERS, N_("没有评价器的窗口不填")),
        FormField("best_first", N_("评价器的 1 键是“非常满意”"), Input.CHECK),
    ),
    DeviceKind.PUSH_RECEIVER: (
        FormField(
            "encoding",
            N_("姓名编码"),
            Input.CHOICE,
            choices=(("gbk", "GBK"), ("utf-8", "UTF-8")),
        ),
    ),
    DeviceKind.ID_READER: (
        BESIDE,
        FormField(
            "at_desk", N_("放在导办台"), Input.CHECK, N_("用于顶岗人员刷身份证签到，不送往取号机")
        ),
    ),
    DeviceKind.SCANNER: (BESIDE,),
    DeviceKind.SPEAKER: (
        FormField(
            "languages",
            N_("播报语言"),
            Input.CHOICE,
            choices=(("zh", N_("中文")), ("zh+en", N_("中文，再英文"))),
        ),
    ),
}

ADDRESS_HINTS = {
    DeviceKind.PRINTER: N_("网口：tcp://192.168.1.50:9100；串口：/dev/serial/by-id/… 或 COM3"),
    DeviceKind.LED_SIGN: N_("网口：tcp://192.168.1.60:5005；串口：/dev/serial/by-id/…?baud=57600"),
    DeviceKind.TERMINAL: N_("tcp://192.168.1.201:4370；老机型：udp://192.168.1.201:4370"),
    DeviceKind.PANEL_BUS: N_("串口：/dev/serial/by-id/…；串口服务器：tcp://192.168.1.70:4001"),
    DeviceKind.ID_READER: N_("串口：/dev/serial/by-id/… 或 COM3"),
    DeviceKind.SCANNER: N_("串口：/dev/serial/by-id/… 或 COM3"),
    DeviceKind.PUSH_RECEIVER: N_("监听地址与端口：http://0.0.0.0:8090"),
    DeviceKind.SPEAKER: N_("默认声卡：sound://default；指定声卡：sound://plughw:1,0"),
}

AT_COUNTERS = frozenset({DeviceKind.LED_SIGN})
"""Kinds that belong to one counter or to none."""


Named = Iterable[tuple[int, str]]
"""Devices to choose from: row number and name."""


def fields_for(kind: DeviceKind, printers: Named, kiosks: Named) -> list[FormField]:
    """The fields of a kind; `printers` may stand in for a printer, readers stand by `kiosks`."""
    named = {FALLBACK.name: printers, BESIDE.name: kiosks}
    return [
        replace(field, choices=_choices(named[field.name])) if field.name in named else field
        for field in FIELDS[kind]
    ]


def _choices(named: Named) -> tuple[tuple[str, str], ...]:
    return ("", N_("没有")), *((str(number), name) for number, name in named)


def options_from(
    kind: DeviceKind, form: Mapping[str, str], counter_ids: Iterable[int]
) -> dict[str, Any]:
    """Options as a person filled them in; a field left empty is as usual."""
    counters = list(counter_ids)
    options: dict[str, Any] = {}
    for field in FIELDS[kind]:
        if field.input is Input.CHECK:
            options[field.name] = field.name in form
        elif field.input is Input.COUNTERS:
            options[field.name] = _addresses(field.name, form, counters)
        elif value := form.get(field.name, "").strip():
            options[field.name] = value
    return options


def _addresses(name: str, form: Mapping[str, str], counters: list[int]) -> dict[str, int]:
    filled = {counter: form.get(f"{name}-{counter}", "").strip() for counter in counters}
    return {address: counter for counter, address in filled.items() if address}


def form_values(kind: DeviceKind, options: Mapping[str, Any]) -> dict[str, str]:
    """What the form of a device with these options shows; a checked box has 'on'."""
    whole = OPTIONS[kind].model_validate(options).model_dump(mode="json")
    values: dict[str, str] = {}
    for field in FIELDS[kind]:
        value = whole[field.name]
        if field.input is Input.CHECK:
            values |= {field.name: "on"} if value else {}
        elif field.input is Input.COUNTERS:
            values |= {f"{field.name}-{counter}": address for address, counter in value.items()}
        else:
            values[field.name] = "" if value is None else str(value)
    return values
