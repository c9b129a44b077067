//! Secrets that the servers of one database share.

use crate::database::Transaction;
use crate::error::{Error, Result};

impl Transaction {
    /// The secret of this name. The first who asks brings it in; everybody after that gets what the first one brought.
    pub async fn secret(&mut self, name: &str, fresh: &str) -> Result<String> {
        let sql = "INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        self.execute(sql, &[name.into(), fresh.into()]).await?;
        let row = self.fetch_one("SELECT value FROM secrets WHERE name = $1", &[name.into()]).await?;
        row.ok_or_else(|| Error::Defect("a secret vanished".to_owned()))?.get(0)
    }
}
