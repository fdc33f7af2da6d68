"""``python -m negsplit``."""

from negsplit.cli import main

if __name__ == "__main__":
    main()
