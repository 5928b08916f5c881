"""Working hours as the hall keeps them: calendar, timetables and the regulation, in rows."""
