"""Where rule packs come from and what their files hold."""
