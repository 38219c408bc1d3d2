"""The pages of the shell itself: home, about, the desk, and what machines ask for."""

from rapporteur.site.views.pages import About, Desk, Health, Home, Robots, SecurityContact

__all__ = ["About", "Desk", "Health", "Home", "Robots", "SecurityContact"]
