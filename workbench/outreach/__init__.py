"""The third room: from what is true of customers to whom to contact this week, when and why."""
