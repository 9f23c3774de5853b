"""What can be done with complaints, one verb a file. Plain Python over the ports of ``crm.services.ports``."""
