"""`python -m winsock_cts` is the command line."""

from winsock_cts.cli import main

main()
