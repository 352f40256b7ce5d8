"""The paper: Typst templates, the QR symbol, and what fills them."""
