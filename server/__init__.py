"""The hall: rules, data, API and staff pages."""

from importlib.metadata import version

__version__ = version("hallkeeper")
