//! Profile: contact and person. Replaced as a whole, guarded by a version.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::Versioned;
use crate::database::{Reader, Transaction};
use crate::error::Result;

/// Contact and person, but for the phone number, which is the key to the account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// As she wrote it.
    pub name: String,
    /// Optional.
    pub email: Option<String>,
    /// Optional.
    pub birthday: Option<NaiveDate>,
    /// Optional; as on the wire.
    pub skin_type: Option<String>,
    /// A counter's identifier.
    pub home_counter: Option<Uuid>,
    /// Optional.
    pub address: Option<String>,
}

impl Reader {
    /// Her profile with its version, and her phone number (E.164).
    pub async fn profile(&mut self, member: Uuid) -> Result<Option<(Versioned<Profile>, String)>> {
        let sql = "SELECT name, email, birthday, skin_type, home_counter, address, profile_version, phone \
                   FROM members WHERE member_id = $1";
        let Some(row) = self.fetch_one(sql, &[member.into()]).await? else { return Ok(None) };
        let profile = Profile {
            name: row.get(0)?,
            email: row.maybe(1)?,
            birthday: row.maybe(2)?,
            skin_type: row.maybe(3)?,
            home_counter: row.maybe(4)?,
            address: row.maybe(5)?,
        };
        Ok(Some((Versioned { version: row.get(6)?, value: profile }, row.get(7)?)))
    }
}

impl Transaction {
    /// Replaces it if `version` is still the newest; the new version, or `None` if it is not (or there is no such member).
    pub async fn replace_profile(&mut self, member: Uuid, new: &Profile, version: i64) -> Result<Option<i64>> {
        let sql = "UPDATE members SET name = $3, email = $4, birthday = $5, skin_type = $6, home_counter = $7, \
                   address = $8, profile_version = profile_version + 1 \
                   WHERE member_id = $1 AND profile_version = $2 RETURNING profile_version";
        let values = [
            member.into(),
            version.into(),
            (&new.name).into(),
            (&new.email).into(),
            new.birthday.into(),
            (&new.skin_type).into(),
            new.home_counter.into(),
            (&new.address).into(),
        ];
        self.fetch_one(sql, &values).await?.map(|row| row.get(0)).transpose()
    }
}
