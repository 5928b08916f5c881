"""The five grades in which a citizen rates the service (评价)."""

from enum import StrEnum


class Grade(StrEnum):
    """From best to worst."""

    VERY_SATISFIED = "very_satisfied"  # 非常满意
    SATISFIED = "satisfied"  # 满意
    FAIRLY_SATISFIED = "fairly_satisfied"  # 基本满意
    DISSATISFIED = "dissatisfied"  # 不满意
    VERY_DISSATISFIED = "very_dissatisfied"  # 非常不满意


BAD = frozenset({Grade.DISSATISFIED, Grade.VERY_DISSATISFIED})
"""Grades (差评) that the supervisor has to deal with."""
