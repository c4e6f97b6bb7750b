"""What every page stands in: its frame, its looks, who is signed in, and the services of the process."""
