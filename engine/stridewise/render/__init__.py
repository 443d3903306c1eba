"""Plan → output. No decisions here."""
