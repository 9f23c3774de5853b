"""What can be done with complaints, one verb a file. Plain Python over ``crm.services.ports``."""
