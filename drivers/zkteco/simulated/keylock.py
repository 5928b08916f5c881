"""SIMULATED terminal: does a client know the communication key?"""


def opens(answer: bytes, key: int, session: int) -> bool:
    """Whether `answer` is what a client that knows `key` sends in this session."""
    if len(answer) != 4:  # noqa: PLR2004 - it is a scrambled u32
        return False
    ticks = answer[2]
    mirrored = int(f"{key:032b}"[::-1], 2)
    mixed = ((mirrored + session) & 0xFFFF_FFFF).to_bytes(4, "little")
    masked = [byte ^ mask for byte, mask in zip(mixed, b"ZKSO", strict=True)]
    swapped = masked[2:] + masked[:2]
    wanted = [byte ^ ticks for byte in swapped]
    wanted[2] = ticks
    return answer == bytes(wanted)
