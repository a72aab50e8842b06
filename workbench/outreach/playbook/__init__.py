"""The playbook: every script, found for a customer and a scene; one library, its texts in resources/playbook."""
