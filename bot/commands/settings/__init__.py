"""/caidat: settings by text and by button."""
