// What one can do to each kind of simulated device, in plain words.

import { N_ } from "../i18n.js";

export const FAULTS = {
  printer: [
    { command: "paper_out", words: N_("缺纸") },
    { command: "refill", words: N_("装纸") },
    { command: "cover_open", words: N_("开盖") },
    { command: "cover_close", words: N_("合盖") },
    { command: "cutter_error", words: N_("切刀卡住") },
    { command: "drop_after_bytes", arguments: { count: 200 }, words: N_("打到一半断线") },
    { command: "reset", words: N_("断电重启") },
    { command: "repair", words: N_("全部修好") },
  ],
  led_sign: [
    { command: "drop", words: N_("断线") },
    { command: "mute", arguments: { on: true }, words: N_("不应答") },
    { command: "mute", arguments: { on: false }, words: N_("恢复应答") },
    { command: "power_cycle", words: N_("断电重启") },
  ],
  panel_bus: [
    { command: "deaf", arguments: { on: true }, words: N_("听不见主机") },
    { command: "deaf", arguments: { on: false }, words: N_("恢复应答") },
    { command: "noise", words: N_("线路干扰") },
    { command: "drop", words: N_("断线") },
  ],
  id_reader: [
    { command: "mute", arguments: { on: true }, words: N_("不应答") },
    { command: "mute", arguments: { on: false }, words: N_("恢复应答") },
    { command: "corrupt_reply", words: N_("线路干扰") },
    { command: "drop", words: N_("断线") },
  ],
  scanner: [{ command: "drop", words: N_("断线") }],
  terminal: [
    { command: "drop", words: N_("断线") },
    { command: "late_reply", words: N_("迟迟不答") },
    { command: "set_ahead", arguments: { seconds: 300 }, words: N_("时钟快五分钟") },
    { command: "heal", words: N_("全部修好") },
  ],
};
