//! A member's hands: she reserves and gives up, one tap after the other, and remembers what she was told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use contract::reservation::{Reservation, ReservationState};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::dice::Dice;

/// Two taps in so many are of a phone that loses its connection.
const LOST: u64 = 24;
/// After so many microseconds at most.
const LOST_AFTER: u64 = 8_000;

/// Variant and counter.
pub type Place = (String, String);

/// What she was told about a reservation last.
#[derive(Clone, Debug)]
pub struct Fact {
    pub state: ReservationState,
    pub points: i64,
    pub place: Place,
}

/// What she wants; with the key that all its tries carry.
#[derive(Clone, Debug)]
pub enum Wish {
    Reserve(Place),
    GiveUp(String),
}

pub struct Hands {
    pub token: String,
    pub reservations: BTreeMap<String, Fact>,
    /// What no answer came to when the server died.
    pub unanswered: Option<(Wish, String)>,
    /// What was answered with success since the last restart, to be asked for once more.
    last: Option<(Wish, String, Value)>,
    /// What she was told something about since the last restart.
    touched: BTreeSet<String>,
    places: Arc<[Place]>,
    dice: Dice,
}

impl Hands {
    pub fn new(token: String, places: Arc<[Place]>, dice: Dice) -> Self {
        Self {
            token,
            reservations: BTreeMap::new(),
            unanswered: None,
            last: None,
            touched: BTreeSet::new(),
            places,
            dice,
        }
    }

    /// `false` if no answer came.
    pub async fn tap(&mut self, client: &Client) -> bool {
        let open: Vec<&String> =
            self.reservations.iter().filter(|(_, fact)| fact.state.is_open()).map(|(id, _)| id).collect();
        // Fuller hands give up more.
        let wish = if !open.is_empty() && self.dice.below(4) < open.len() as u64 {
            Wish::GiveUp((*self.dice.pick(&open)).clone())
        } else {
            Wish::Reserve(self.dice.pick(&self.places).clone())
        };
        let key = self.dice.key();
        let patience = Duration::from_micros(self.dice.below(LOST_AFTER));
        let answer = match self.dice.below(LOST) {
            // Lost on the way there or back; the server notices that nobody listens any more.
            0 => tokio::time::timeout(patience, self.say(client, &wish, &key)).await.ok().flatten(),
            // Lost on the way back, and the server notices nothing.
            1 => self.say(client, &wish, &key).await.and(None),
            _ => self.say(client, &wish, &key).await,
        };
        match answer {
            Some(answer) => {
                self.learn(&wish, &key, &answer);
                true
            }
            None => {
                self.unanswered = Some((wish, key));
                false
            }
        }
    }

    async fn say(&self, client: &Client, wish: &Wish, key: &str) -> Option<Answer> {
        match wish {
            Wish::Reserve((variant, counter)) => {
                let body = json!({"variant_id": variant, "counter_id": counter});
                client.write(Method::POST, "/reservations", Some(&body), &self.token, key).await
            }
            Wish::GiveUp(id) => {
                client.write(Method::DELETE, &format!("/reservations/{id}"), None, &self.token, key).await
            }
        }
    }

    fn learn(&mut self, wish: &Wish, key: &str, answer: &Answer) {
        if !(200..300).contains(&answer.status) {
            assert_ne!(answer.body["code"], "idempotency-in-progress", "nothing of hers is under way");
            return;
        }
        let told: Reservation = serde_json::from_value(answer.body.clone()).unwrap();
        match wish {
            Wish::Reserve(place) => {
                assert_eq!((told.state, told.points_held), (ReservationState::Held, told.points));
                let fact = Fact { state: told.state, points: told.points, place: place.clone() };
                assert!(self.reservations.insert(told.id, fact).is_none(), "a reservation of its own for every wish");
            }
            Wish::GiveUp(id) => {
                assert_eq!((told.state, told.points_held, &told.id), (ReservationState::Cancelled, 0, id));
                self.reservations.get_mut(id).unwrap().state = told.state;
            }
        }
        self.touched.extend(answer.body["id"].as_str().map(str::to_owned));
        self.last = Some((wish.clone(), key.to_owned(), answer.body.clone()));
    }

    /// What she was told still holds, before anything is asked again. What she has and what was touched is looked at one by
    /// one; all the others are in her list.
    pub async fn find_again(&mut self, client: &Client, cycle: u32) {
        let given_up = match &self.unanswered {
            Some((Wish::GiveUp(id), _)) => Some(id),
            _ => None,
        };
        let touched = std::mem::take(&mut self.touched);
        let here = |(id, fact): &(&String, &Fact)| fact.state.is_open() || touched.contains(*id);
        for (id, fact) in self.reservations.iter().filter(here) {
            let found = client.reservation(id, &self.token).await;
            assert_eq!(found.variant.id, fact.place.0, "cycle {cycle}");
            assert_eq!((found.counter.id, found.points), (fact.place.1.clone(), fact.points), "cycle {cycle}");
            let held = if found.state.is_open() { fact.points } else { 0 };
            assert_eq!(found.points_held, held, "cycle {cycle}");
            if given_up == Some(id) {
                let whole = matches!(found.state, ReservationState::Held | ReservationState::Cancelled);
                assert!(whole, "cycle {cycle}: {:?}", found.state);
            } else {
                assert_eq!(found.state, fact.state, "cycle {cycle}: what was answered has happened");
            }
        }
    }

    /// Asks again what was not answered, twice; and what was, which must change nothing. Whether what was not answered had
    /// happened.
    pub async fn ask_again(&mut self, client: &Client, cycle: u32) -> bool {
        let mut had_happened = false;
        if let Some((wish, key)) = self.unanswered.take() {
            let first = self.say(client, &wish, &key).await.expect("the server lives");
            self.learn(&wish, &key, &first);
            had_happened = first.replayed;
            let second = self.say(client, &wish, &key).await.expect("the server lives");
            assert_eq!((second.status, &second.body["code"]), (first.status, &first.body["code"]), "cycle {cycle}");
            if first.status < 300 {
                assert!(second.replayed && second.body == first.body, "cycle {cycle}: one answer a key");
            }
        }
        if let Some((wish, key, told)) = self.last.take() {
            let again = self.say(client, &wish, &key).await.expect("the server lives");
            assert!(again.replayed, "cycle {cycle}: answered once, and replayed since");
            assert_eq!(again.body, told, "cycle {cycle}");
        }
        had_happened
    }
}
