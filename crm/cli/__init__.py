"""The command line of officers and operators: reads what is typed, calls the services, words the answer."""
