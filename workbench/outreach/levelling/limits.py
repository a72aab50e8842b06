"""The limits that the levelling keeps to: those of `people.contact_caps`."""

from workbench.people.contact_caps import ContactCaps, LoggedTouch, TouchLimits

__all__ = ["ContactCaps", "LoggedTouch", "TouchLimits"]
