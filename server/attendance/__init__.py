"""Attendance (考勤): from punches to verdicts, and what leave and cover do to them."""
