"""nbconvert exporters that turn an executed notebook into a page or an accessible PDF."""
