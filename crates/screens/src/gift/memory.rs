//! What the tab remembers of a wish whose outcome is not known.

use contract::reservation::ReservationRequest;
use contract::{Id, Instant, json};
use serde::{Deserialize, Serialize};

use crate::wish::Named;

#[derive(Serialize, Deserialize)]
struct Remembered {
    gift: Id,
    what: ReservationRequest,
    key: String,
    since: Option<Instant>,
}

/// As text; `None` is not to be expected, and forgets.
pub(crate) fn write(gift: &str, named: &Named<ReservationRequest>) -> Option<String> {
    let Named { what, key, since, .. } = named.clone();
    json::encode(&Remembered { gift: gift.to_owned(), what, key, since }).ok()
}

/// The wish, if it is one for this gift.
pub(crate) fn read(text: &str, gift: &str) -> Option<Named<ReservationRequest>> {
    let remembered: Remembered = json::decode(text).ok()?;
    let Remembered { gift: of, what, key, since } = remembered;
    (of == gift).then_some(Named { what, key, since, again: true })
}
