"""Leave (请假): asked for, approved step by step, granted, ended, filed, and its slip."""
