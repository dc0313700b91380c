"""What the house costs beside its floor, measured side by side in one run."""
