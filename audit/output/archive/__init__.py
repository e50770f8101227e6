"""What people see of an archive: a summary on the terminal, a page, a workbook, JSON."""
