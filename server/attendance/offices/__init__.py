"""Offices (职务): who decides on leave and cover, held by people from one date until another."""
