//! What should be: points, lots, units and reservations of one small world, in plain arithmetic of another making. It knows
//! nothing of statements, steps or time zones; Shanghai is eight hours ahead, and that is all.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use uuid::Uuid;

const SHANGHAI: TimeDelta = TimeDelta::hours(8);

pub fn local(now: DateTime<Utc>) -> NaiveDateTime {
    now.naive_utc() + SHANGHAI
}

fn time_of(date: NaiveDate, hour: u32) -> DateTime<Utc> {
    (date.and_hms_opt(hour, 0, 0).unwrap() - SHANGHAI).and_utc()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Held,
    Ready,
    Collected,
    Cancelled,
    Expired,
    Failed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Done,
    Refused,
    OutOfStock,
    WrongUnit,
}

/// What is tried with a reservation.
#[derive(Clone, Copy, Debug)]
pub enum Try {
    Ready { right: bool },
    Collect { right: bool },
    Cancel,
    Fail,
    Extend,
    Move { counter: usize },
    Offer { variant: usize },
    Answer { take: bool },
    Expire,
    NoteLate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reserved {
    Yes,
    OpenLimit,
    GiftLimit,
    Missing(i64),
    OutOfStock,
}

#[derive(Clone, Debug)]
pub struct Lot {
    pub member: usize,
    pub id: Uuid,
    pub on: NaiveDate,
    pub expires: Option<NaiveDate>,
    pub left: i64,
    pub held: i64,
}

#[derive(Clone, Debug)]
pub struct Purchase {
    pub member: usize,
    pub id: Uuid,
    pub on: NaiveDate,
    pub expires: Option<NaiveDate>,
    pub paid: i64,
    pub points: i64,
    pub refunded: i64,
    pub asked: i64,
    pub posted: bool,
}

#[derive(Clone, Debug)]
pub struct Booking {
    pub member: usize,
    pub gift: usize,
    pub variant: usize,
    pub counter: usize,
    pub stage: Stage,
    pub ready_by: DateTime<Utc>,
    pub hold_until: DateTime<Utc>,
    pub extended: bool,
    pub noted: bool,
    pub offer: Option<(usize, DateTime<Utc>)>,
    takings: Vec<(Uuid, i64)>,
}

impl Booking {
    pub fn stage(&self, now: DateTime<Utc>) -> Stage {
        match self.stage {
            Stage::Held | Stage::Ready if self.hold_until <= now => Stage::Expired,
            stage => stage,
        }
    }

    fn open(&self, now: DateTime<Utc>) -> bool {
        matches!(self.stage(now), Stage::Held | Stage::Ready)
    }

    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        self.stage(now) == Stage::Held && self.ready_by < now
    }
}

/// Gifts by what they cost and how many one member may have; variants are numbered over all gifts.
pub struct Gift {
    pub cost: i64,
    pub most: Option<usize>,
    pub variants: Vec<usize>,
}

pub struct Oracle {
    pub now: DateTime<Utc>,
    pub gifts: Vec<Gift>,
    /// By counter and variant.
    pub on_hand: Vec<Vec<i64>>,
    pub lots: Vec<Lot>,
    pub purchases: Vec<Purchase>,
    pub bookings: Vec<Booking>,
    /// Of whom, for which purchase's lot, how many: what refunds could not take because it was held.
    pub owed: Vec<(usize, Uuid, i64)>,
}

impl Oracle {
    pub fn today(&self) -> NaiveDate {
        local(self.now).date()
    }

    pub fn post(&mut self) {
        let today = self.today();
        for bought in self.purchases.iter_mut().filter(|bought| !bought.posted && bought.on + Days::new(7) <= today) {
            bought.posted = true;
            let (left, Purchase { member, id, on, expires, .. }) = (bought.points - bought.asked, bought.clone());
            if left > 0 {
                self.lots.push(Lot { member, id, on, expires, left, held: 0 });
            }
        }
    }

    /// Takes up to so many free points, in the order of their dates, one lot before all others; which, and from where.
    fn take(&self, member: usize, wanted: i64, first: Option<Uuid>) -> Vec<(Uuid, i64)> {
        let mut order: Vec<&Lot> = self.lots.iter().filter(|lot| lot.member == member).collect();
        order.sort_by_key(|lot| (Some(lot.id) != first, lot.expires.unwrap_or(NaiveDate::MAX), lot.on, lot.id));
        let mut missing = wanted;
        let mut takings = Vec::new();
        for lot in order {
            let taken = (lot.left - lot.held).min(missing);
            if taken > 0 {
                takings.push((lot.id, taken));
                missing -= taken;
            }
        }
        takings
    }

    fn lot(&mut self, id: Uuid) -> &mut Lot {
        self.lots.iter_mut().find(|lot| lot.id == id).unwrap()
    }

    /// Reversed and waived; `None` if it is refused.
    pub fn refund(&mut self, index: usize, amount: i64) -> Option<(i64, i64)> {
        let bought = &mut self.purchases[index];
        if amount <= 0 || bought.refunded + amount > bought.paid {
            return None;
        }
        bought.refunded += amount;
        let kept = bought.points * (bought.paid - bought.refunded) / bought.paid;
        let asked = bought.points - bought.asked - kept;
        bought.asked += asked;
        let (member, id, posted) = (bought.member, bought.id, bought.posted);
        if !posted {
            return Some((asked, 0));
        }
        let takings = self.take(member, asked, Some(id));
        let reversed: i64 = takings.iter().map(|(_, points)| points).sum();
        for (lot, points) in takings {
            self.lot(lot).left -= points;
        }
        let waived = asked - reversed;
        let owe = waived.min(self.locked(member) - self.debt(member));
        if owe > 0 {
            self.owed.push((member, id, owe));
        }
        Some((reversed, waived))
    }

    fn locked(&self, member: usize) -> i64 {
        self.lots.iter().filter(|lot| lot.member == member).map(|lot| lot.held).sum()
    }

    fn debt(&self, member: usize) -> i64 {
        self.owed.iter().filter(|(of, ..)| *of == member).map(|(.., points)| points).sum()
    }

    /// A hold has ended: what it gave back pays what is owed; what it spent is owed no more.
    fn settle(&mut self, member: usize, released: Option<i64>) {
        let mut left = released.unwrap_or_else(|| self.debt(member) - self.locked(member));
        for index in 0..self.owed.len() {
            let (of, purchase, points) = self.owed[index];
            let share = if of == member { points.min(left).max(0) } else { 0 };
            left -= share;
            self.owed[index].2 -= share;
            if released.is_some() {
                for (lot, points) in self.take(member, share, Some(purchase)) {
                    self.lot(lot).left -= points;
                }
            }
        }
    }

    pub fn free(&self, counter: usize, variant: usize) -> i64 {
        (self.on_hand[counter][variant] - self.held(counter, variant)).max(0)
    }

    pub fn held(&self, counter: usize, variant: usize) -> i64 {
        let now = self.now;
        let here = self.bookings.iter().filter(|booking| booking.counter == counter);
        let units = here.map(|booking| {
            let offered = booking.offer.is_some_and(|(offered, until)| offered == variant && until > now);
            i64::from(booking.variant == variant && booking.open(now)) + i64::from(offered)
        });
        units.sum()
    }

    /// Available, held and pending.
    pub fn balances(&self, member: usize) -> (i64, i64, i64) {
        let held: i64 = self
            .bookings
            .iter()
            .filter(|booking| booking.member == member && booking.open(self.now))
            .map(|booking| self.gifts[booking.gift].cost)
            .sum();
        let left: i64 = self.lots.iter().filter(|lot| lot.member == member).map(|lot| lot.left).sum();
        let pending = self.purchases.iter().filter(|bought| bought.member == member && !bought.posted);
        (left - held, held, pending.map(|bought| bought.points - bought.asked).sum())
    }

    fn deadlines(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        (time_of(self.today() + Days::new(1), 18), time_of(self.today() + Days::new(5), 20))
    }

    pub fn reserve(&mut self, member: usize, gift: usize, variant: usize, counter: usize) -> Reserved {
        let now = self.now;
        for index in 0..self.bookings.len() {
            if self.bookings[index].member == member {
                self.attempt(index, Try::Expire);
            }
        }
        let hers = || self.bookings.iter().filter(|booking| booking.member == member);
        if hers().filter(|booking| booking.open(now)).count() >= 5 {
            return Reserved::OpenLimit;
        }
        let had = hers().filter(|one| one.gift == gift && (one.open(now) || one.stage == Stage::Collected)).count();
        if self.gifts[gift].most.is_some_and(|most| had >= most) {
            return Reserved::GiftLimit;
        }
        let cost = self.gifts[gift].cost;
        let takings = self.take(member, cost, None);
        let found: i64 = takings.iter().map(|(_, points)| points).sum();
        if found < cost {
            return Reserved::Missing(cost - found);
        }
        if self.free(counter, variant) == 0 {
            return Reserved::OutOfStock;
        }
        for (lot, points) in &takings {
            self.lot(*lot).held += points;
        }
        let (ready_by, hold_until) = self.deadlines();
        self.bookings.push(Booking {
            member,
            gift,
            variant,
            counter,
            stage: Stage::Held,
            ready_by,
            hold_until,
            extended: false,
            noted: false,
            offer: None,
            takings,
        });
        Reserved::Yes
    }

    fn end(&mut self, index: usize, stage: Stage) -> Answer {
        let today = self.today();
        self.bookings[index].stage = stage;
        self.bookings[index].offer = None;
        for (lot, points) in self.bookings[index].takings.clone() {
            let lot = self.lot(lot);
            lot.held -= points;
            if stage == Stage::Collected {
                lot.left -= points;
            }
            if lot.expires.is_some_and(|on| on < today + Days::new(30)) {
                let first = (today + Days::new(30)).with_day(1).unwrap();
                lot.expires = Some(first + Months::new(1) - Days::new(1));
            }
        }
        let Booking { member, gift, .. } = self.bookings[index];
        self.settle(member, (stage != Stage::Collected).then(|| self.gifts[gift].cost));
        Answer::Done
    }

    pub fn attempt(&mut self, index: usize, what: Try) -> Answer {
        let now = self.now;
        let (fresh_ready, fresh_hold) = self.deadlines();
        let Booking { stage: stored, gift, variant, counter, hold_until, extended, noted, offer, .. } =
            self.bookings[index].clone();
        let stage = self.bookings[index].stage(now);
        let open = matches!(stage, Stage::Held | Stage::Ready);
        let offer = offer.filter(|(_, until)| *until > now);
        let late = self.bookings[index].is_late(now);
        match what {
            Try::Expire if stage == Stage::Expired && stored != Stage::Expired => self.end(index, Stage::Expired),
            Try::NoteLate if late && !noted => {
                self.bookings[index].noted = true;
                Answer::Done
            }
            Try::Ready { right } if stage == Stage::Held => {
                if right {
                    self.bookings[index].stage = Stage::Ready;
                }
                if right { Answer::Done } else { Answer::WrongUnit }
            }
            Try::Collect { right: false } if stage == Stage::Ready => Answer::WrongUnit,
            Try::Collect { right: true } if stage == Stage::Ready => {
                let units = &mut self.on_hand[counter][variant];
                *units = (*units - 1).max(0);
                self.end(index, Stage::Collected)
            }
            Try::Cancel if open => self.end(index, Stage::Cancelled),
            Try::Fail if open => self.end(index, Stage::Failed),
            Try::Extend if open && !extended => {
                let booking = &mut self.bookings[index];
                booking.extended = true;
                booking.hold_until = hold_until + TimeDelta::days(3);
                if stage == Stage::Held {
                    booking.ready_by = fresh_ready.min(booking.hold_until);
                    booking.noted = false;
                }
                Answer::Done
            }
            Try::Move { counter: there } if open && there != counter => {
                if self.free(there, variant) == 0 {
                    return Answer::OutOfStock;
                }
                let booking = &mut self.bookings[index];
                booking.counter = there;
                booking.stage = Stage::Held;
                booking.ready_by = fresh_ready;
                booking.hold_until = hold_until.max(fresh_hold);
                booking.noted = false;
                booking.offer = None;
                Answer::Done
            }
            Try::Offer { variant: other } if matches!(stage, Stage::Ready | Stage::Collected) && offer.is_none() => {
                if other == variant || !self.gifts[gift].variants.contains(&other) {
                    return Answer::Refused;
                }
                if self.free(counter, other) == 0 {
                    return Answer::OutOfStock;
                }
                let until = now + TimeDelta::minutes(15);
                let until = if stage == Stage::Ready { until.min(hold_until) } else { until };
                self.bookings[index].offer = Some((other, until));
                Answer::Done
            }
            Try::Answer { take } if offer.is_some() && (open || stage == Stage::Collected) => {
                let (other, _) = offer.unwrap();
                self.bookings[index].offer = None;
                if take {
                    self.bookings[index].variant = other;
                    if stage == Stage::Collected {
                        let units = &mut self.on_hand[counter];
                        units[other] = (units[other] - 1).max(0);
                        units[variant] += 1;
                    }
                }
                Answer::Done
            }
            _ => Answer::Refused,
        }
    }
}
