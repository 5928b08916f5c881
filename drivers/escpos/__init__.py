"""Ticket printers that speak ESC/POS: receipt markup, bytes, device, paper pictures, twin."""
