"""What all pages share: layout, style sheet, formatting, forms, errors, photos, and the site they are made for."""
