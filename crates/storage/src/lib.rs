//! One body of queries for SQLite and PostgreSQL.
