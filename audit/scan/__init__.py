"""Many reports: found, audited by some engine, remembered in a store."""
