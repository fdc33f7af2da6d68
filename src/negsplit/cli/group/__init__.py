"""What commands do for a group of runners."""
