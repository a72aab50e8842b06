"""The paper of a week: its parts, each made from what outreach decided, and the pack that binds them."""
