"""Appointments: coming at a time that was agreed (预约)."""
