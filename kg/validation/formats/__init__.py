"""The forms of a report, one module each; the table of them is ``kg.validation.formats.table``."""
