"""What the agent does with each kind of device, one worker thread per device."""
