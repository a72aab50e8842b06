"""投诉亏损: the hard moments, a tab each: complaints, losses, customers to be won back."""
