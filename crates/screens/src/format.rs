//! Numbers, money, dates and times as a member reads them. The only place that formats.
