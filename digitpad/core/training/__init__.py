"""What a training run is asked for and what it tells."""
