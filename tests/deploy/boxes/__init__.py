"""The compose file's services in real containers: an engine of our own, and stand-ins for the images of others."""
