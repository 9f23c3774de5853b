"""``python -m crm``: the command line of officers and operators."""

from crm.cli.app import main

if __name__ == "__main__":
    main()
