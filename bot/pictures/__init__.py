"""Values → pictures: the table, the balance of a recommendation, and costs, each with its text."""
