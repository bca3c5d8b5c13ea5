"""Every sentence that the product says, in each of its languages."""
