"""What all pages share: layout, style sheet, forms, errors, photos, and the site they are made for."""
