"""The hall: rules, data, API and staff pages."""
