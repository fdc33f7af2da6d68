"""The runner's account at Garmin: its workouts and its calendar, over the network."""
