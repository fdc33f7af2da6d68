"""A runner's account at a service, over the network: what is the same for each here, what is its own in its folder."""
