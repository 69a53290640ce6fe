"""Run records, their judgement against the ledger, and the reports made from them. Starts no process."""
