"""Files and folders of the user's: read without a wait, written whole or not at all, put right after any end."""
