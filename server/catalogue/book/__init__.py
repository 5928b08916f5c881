"""The hall's description as an Excel workbook: downloaded, edited, and read back."""
