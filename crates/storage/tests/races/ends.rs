//! A clerk confirms and hands over, the member gives up, the clock runs out, and somebody else wants the very unit: whoever
//! comes first, a reservation ends in one way, and what it locked goes where that way says.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use loyalty::Programme;
use loyalty::reservation::State;
use storage::{Acted, Actor, Database, Engine, NewReservation, Reservation, Reserving};
use tokio::sync::{Barrier, Semaphore};
use uuid::Uuid;

use crate::last_unit::{generous, members, shelves};
use crate::shop::{CLERK, code_hash, write};
use crate::support::{World, at};

const LANES: usize = 250;
const ROUNDS: usize = 40;
/// Lanes that run beside one another.
const WIDTH: usize = 12;
const POINTS: i64 = 500;
const COST: i64 = 12;

/// What should be, kept beside the database and knowing nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Oracle {
    points: i64,
    units: i64,
}

/// A member, somebody who wants what she has, and the one unit.
#[derive(Clone)]
struct Lane {
    servers: Arc<Vec<Database>>,
    programme: Arc<Programme>,
    ids: Arc<World>,
    member: Uuid,
    rival: Uuid,
    counter: Uuid,
    variant: Uuid,
}

impl Lane {
    fn server(&self, number: usize) -> &Database {
        &self.servers[number % self.servers.len()]
    }

    async fn reserve(&self, number: usize, member: Uuid, now: DateTime<Utc>) -> Option<Reservation> {
        let new = NewReservation { id: self.ids.id(), variant: self.variant, counter: self.counter, by: Actor::Member };
        match write!(self.server(number), |tx| tx.reserve(member, &new, &self.programme, now)) {
            Reserving::Reserved { reservation, .. } => Some(reservation),
            Reserving::OutOfStock => None,
            other => panic!("{other:?}"),
        }
    }

    /// Confirms, unless that is done, and hands over.
    async fn clerk(&self, number: usize, of: &Reservation, now: DateTime<Utc>) -> Acted {
        let (server, programme) = (self.server(number), &self.programme);
        if of.progress.state == State::Held {
            let hash = code_hash(of.id);
            let acted = write!(server, |tx| tx.make_ready(of.member, of.id, CLERK, of.variant, &hash, programme, now));
            if !matches!(acted, Acted::Done(_)) {
                return acted;
            }
        }
        write!(server, |tx| tx.collect(of.member, of.id, CLERK, of.variant, programme, now))
    }

    async fn run(self, lane: usize) -> (Oracle, [usize; 4]) {
        let mut oracle = Oracle { points: POINTS, units: 1 };
        let mut ways = [0; 4];
        let mut now = at("2026-03-02");
        for round in 0..ROUNDS {
            let held = self.reserve(lane, self.member, now).await.unwrap();
            let held = match (lane + round) % 2 {
                0 => held,
                _ => {
                    let hash = code_hash(held.id);
                    let db = self.server(lane);
                    let acted = write!(db, |tx| tx.make_ready(
                        held.member,
                        held.id,
                        CLERK,
                        held.variant,
                        &hash,
                        &self.programme,
                        now
                    ));
                    crate::shop::done(acted)
                }
            };
            let end = held.progress.hold_until;
            let last = end - TimeDelta::milliseconds(1);
            let start = Arc::new(Barrier::new(4));
            let racer = |number: usize| {
                let (lane, held, start) = (self.clone(), held.clone(), start.clone());
                tokio::spawn(async move {
                    start.wait().await;
                    let (server, programme) = (lane.server(number), &lane.programme);
                    let acted = match number {
                        0 => lane.clerk(number, &held, last).await,
                        1 => write!(server, |tx| tx.cancel(held.member, held.id, programme, last)),
                        2 => write!(server, |tx| tx.expire(held.member, held.id, programme, end)),
                        _ => return (None, lane.reserve(number, lane.rival, end).await),
                    };
                    (Some(acted), None)
                })
            };
            // Whoever is spawned first has an advantage: everybody has it in turn.
            let mut racers = Vec::new();
            for place in 0..4 {
                racers.push(racer((place + round) % 4));
            }
            let (mut ended, mut taken) = (Vec::new(), None);
            for racer in racers {
                match racer.await.unwrap() {
                    (Some(Acted::Done(reservation)), _) => ended.push(reservation.progress.state),
                    (Some(Acted::Refused(..)), _) => {}
                    (None, rival) => taken = rival,
                    (other, _) => panic!("{other:?}"),
                }
            }
            assert_eq!(ended.len(), 1, "lane {lane}, round {round}: {ended:?}");
            match ended[0] {
                State::Collected => {
                    oracle.points -= COST;
                    oracle.units -= 1;
                    ways[0] += 1;
                }
                State::Cancelled => ways[1] += 1,
                State::Expired => ways[2] += 1,
                other => panic!("{other:?}"),
            }
            now = end + TimeDelta::hours(1);
            if let Some(rivals) = taken {
                assert_eq!(oracle.units, 1, "lane {lane}, round {round}: one unit was promised twice");
                ways[3] += 1;
                write!(self.server(lane), |tx| tx.cancel(rivals.member, rivals.id, &self.programme, now));
            }
            if oracle.units == 0 {
                write!(self.server(lane), |tx| tx.receive_stock(self.counter, self.variant, 1, "小周", now)).unwrap();
                oracle.units = 1;
            }
            if oracle.points < COST {
                break;
            }
        }
        (oracle, ways)
    }
}

pub async fn one_outcome(engine: Engine) {
    let (world, servers) = crate::world(engine).await;
    let world = Arc::new(world);
    let (servers, programme) = (Arc::new(servers), Arc::new(generous()));
    let members = members(&world, 2 * LANES).await;
    let (counter, variants) = shelves(&world, LANES, COST, 1).await;
    let begun = std::time::Instant::now();
    let width = Arc::new(Semaphore::new(WIDTH));
    let lanes: Vec<_> = (0..LANES)
        .map(|number| {
            let lane = Lane {
                servers: servers.clone(),
                programme: programme.clone(),
                ids: world.clone(),
                member: members[2 * number],
                rival: members[2 * number + 1],
                counter,
                variant: variants[number],
            };
            let width = width.clone();
            tokio::spawn(async move {
                let _permit = width.acquire().await.unwrap();
                lane.run(number).await
            })
        })
        .collect();
    let mut oracles = Vec::new();
    let mut ways = [0; 4];
    for lane in lanes {
        let (oracle, found) = lane.await.unwrap();
        oracles.push(oracle);
        for (sum, way) in ways.iter_mut().zip(found) {
            *sum += way;
        }
    }
    eprintln!("{engine:?}: {} rounds in {:?}: {ways:?}", ways[..3].iter().sum::<usize>(), begun.elapsed());
    // Every way to end has been met, often.
    assert_eq!(ways[..3].iter().sum::<usize>(), LANES * ROUNDS);
    assert!(ways.iter().all(|times| *times > 100), "{ways:?}");
    let now = at("2028-01-01");
    let mut reader = world.db.snapshot().await.unwrap();
    for (number, oracle) in oracles.iter().enumerate() {
        let balances = reader.overview(members[2 * number], now).await.unwrap().unwrap().balances;
        let stock = reader.stock_line(counter, variants[number], now).await.unwrap().unwrap();
        assert_eq!(Oracle { points: balances.available, units: stock.on_hand }, *oracle, "lane {number}");
        assert_eq!((balances.held, stock.held), (0, 0));
    }
    assert_eq!(reader.audit(None).await.unwrap(), []);
}
