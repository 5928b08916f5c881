"""What the hall tells everybody on its screens, beside who is called where."""
