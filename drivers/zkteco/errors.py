"""What can go wrong with a terminal, each fault by its name and with what a person can do.

`code` is the key under which a screen finds the sentence in its reader's language.
"""

from typing import ClassVar


class TerminalError(Exception):
    """A terminal could not do what was asked."""

    code: ClassVar[str] = "terminal_error"
    advice: ClassVar[str] = "Look at the terminal's own screen, then try again."


class TerminalUnreachableError(TerminalError):
    """Nothing answers at the address."""

    code = "terminal_unreachable"
    advice = "Check the terminal's power, its network cable, and the address and port set for it."


class WrongCommKeyError(TerminalError):
    """The terminal asks for a communication key and does not take ours."""

    code = "wrong_comm_key"
    advice = "Enter the key shown in the terminal's menu under communication settings (通讯密码)."


class NoReplyError(TerminalError):
    """The terminal stopped answering in mid-talk."""

    code = "no_reply"
    advice = "Usually a busy terminal or a weak network: it is tried again on schedule."


class ConnectionLostError(TerminalError):
    """The terminal or the network ended the connection in mid-talk."""

    code = "connection_lost"
    advice = "Check the network cable; if it happens every time, restart the terminal."


class GarbledReplyError(TerminalError):
    """What came back is not the terminal's protocol."""

    code = "garbled_reply"
    advice = "Check that the address is the terminal's and that no other program is connected."


class CommandRefusedError(TerminalError):
    """The terminal understood and said no."""

    code = "command_refused"
    advice = "The model may lack this function; look it up in the terminal's manual."


class DeadlineError(TerminalError):
    """The talk took longer than it may and was ended by force."""

    code = "deadline"
    advice = "Restart the terminal if it happens again; a full log over a slow link needs longer."


class WorkerDiedError(TerminalError):
    """The process that talked to the terminal ended without a result."""

    code = "worker_died"
    advice = "The agent's own log says why; the work is tried again on schedule."


class UserListRejectedError(TerminalError):
    """The list of people that came does not agree with itself."""

    code = "user_list_rejected"
    advice = "Nothing was changed; try again."


class UnknownUserError(TerminalError):
    """Nobody on the terminal has that index."""

    code = "unknown_user"
    advice = "Refresh the list of people on this terminal."


class PinMovedError(TerminalError):
    """The index now belongs to somebody with another number."""

    code = "pin_moved"
    advice = "Nothing was changed; refresh the list of people on this terminal and try again."


class PinTakenError(TerminalError):
    """Somebody on the terminal has that number already."""

    code = "pin_taken"
    advice = "Choose another number, or rename the person who has it."


class UnfitPinError(TerminalError):
    """The terminal's layout has no room for that number."""

    code = "unfit_pin"
    advice = "Use digits only; older terminals take up to nine of them."


class UnfitNameError(TerminalError):
    """The terminal's layout or character set has no room for that name."""

    code = "unfit_name"
    advice = "Shorten the name, or set the terminal's character set to what its screen shows."


class NotKeptError(TerminalError):
    """The terminal said yes, but reading back shows something else."""

    code = "not_kept"
    advice = "Compare with the terminal's own screen before trying again."
