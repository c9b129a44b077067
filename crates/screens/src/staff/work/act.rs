//! What the clerk does at a reservation, each thing once: taps while something is on its way add nothing.

use contract::staff::{
    CannotKeep, ExchangeProposal, ScannedUnit, StaffReservation, collect, fail, make_ready, propose_exchange,
};
use contract::{Endpoint, Id};

use super::give_up::GiveUp;
use super::{Effects, Event, Purpose, Reason, STEP, Stage, Work};
use crate::effect::{Effect, Scanned, Signal};
use crate::env::Env;
use crate::staff::exchange::Choosing;
use crate::staff::unit::{UNIT, Unit};
use crate::wish::{Named, Wish};

impl Work {
    pub(super) fn scan<E: From<Event> + 'static>(&mut self, env: &Env) -> Effects<E> {
        let scans = self.scans(env);
        if let Stage::Unit { unit, sending } = &mut self.stage
            && scans
            && !sending.is_open()
            && unit.scan()
        {
            sending.forget_refusal();
            return vec![Effect::Scan(|scanned| Event::Scanned(scanned).into())];
        }
        Vec::new()
    }

    pub(super) fn scanned<E: From<Event> + 'static>(&mut self, scanned: &Scanned, env: &Env) -> Effects<E> {
        let Stage::Unit { unit, .. } = &mut self.stage else { return Vec::new() };
        match (unit.scanned(scanned), scanned) {
            (Some(barcode), _) => self.send_unit(barcode, env),
            (None, Scanned::Read(_)) => vec![Effect::Signal(Signal::Bad)],
            (None, Scanned::Closed) => Vec::new(),
            (None, Scanned::Forbidden | Scanned::Unavailable) => vec![Effect::Focus(UNIT)],
        }
    }

    pub(super) fn typed<E>(&mut self, text: String) -> Effects<E> {
        if let Stage::Unit { unit, sending } = &mut self.stage
            && !sending.is_open()
        {
            unit.typed(text);
            sending.forget_refusal();
        }
        Vec::new()
    }

    pub(super) fn submit_unit<E: From<Event> + 'static>(&mut self, env: &Env) -> Effects<E> {
        let Stage::Unit { unit, sending } = &mut self.stage else { return Vec::new() };
        if sending.is_busy() {
            return Vec::new();
        }
        if let Some(again) = sending.ask_again() {
            return vec![self.unit_request(again)];
        }
        match unit.submit() {
            Some(barcode) => self.send_unit(barcode, env),
            None => vec![Effect::Focus(UNIT)],
        }
    }

    pub(super) fn send_unit<E: From<Event> + 'static>(&mut self, barcode: String, env: &Env) -> Effects<E> {
        let scans = self.scans(env);
        if let Stage::Unit { sending, .. } = &mut self.stage
            && scans
            && sending.want(barcode)
        {
            self.told = None;
            return vec![make_key()];
        }
        Vec::new()
    }

    pub(super) fn unit_request<E: From<Event> + 'static>(&self, named: Named<String>) -> Effect<E> {
        let unit = ScannedUnit { barcode: named.what };
        let id = &self.reservation.id;
        send(match self.purpose {
            Purpose::PutAside => make_ready(id, &unit, &named.key),
            Purpose::HandOver => collect(id, &unit, &named.key),
        })
    }

    /// Back to the unit; not while the outcome of something is open.
    pub(super) fn leave<E>(&mut self) -> Effects<E> {
        let open = match &self.stage {
            Stage::Unit { .. } => return Vec::new(),
            Stage::Mismatch(_) => false,
            Stage::Choosing(choosing) => choosing.offer.is_open(),
            Stage::GivingUp(give_up) => give_up.sending.is_open(),
        };
        if open {
            return Vec::new();
        }
        self.back_to_unit();
        vec![Effect::Focus(STEP)]
    }

    pub(super) fn back_to_unit(&mut self) {
        self.stage = Stage::Unit { unit: Unit::default(), sending: Wish::None };
    }

    /// Nothing is on its way or unknown: something else may be begun.
    pub(super) fn is_free(&self) -> bool {
        match &self.stage {
            Stage::Unit { sending, .. } => !sending.is_open(),
            Stage::Mismatch(_) => true,
            Stage::Choosing(_) | Stage::GivingUp(_) => false,
        }
    }

    /// To the choice of what to offer; where the wrong unit is one of them, that one is chosen already.
    pub(super) fn choose_other<E>(&mut self, env: &Env) -> Effects<E> {
        if !self.is_free() || !self.can_offer(env) {
            return Vec::new();
        }
        let mut choosing = Choosing::among(&self.reservation);
        if let Stage::Mismatch(mismatch) = &self.stage
            && let Some(scanned) = &mismatch.found.scanned
            && self.reservation.others.iter().any(|other| other.id == scanned.variant.id)
        {
            choosing.chosen = Some(scanned.variant.id.clone());
        }
        self.told = None;
        self.stage = Stage::Choosing(choosing);
        vec![Effect::Focus(STEP)]
    }

    pub(super) fn choose<E>(&mut self, id: Id) -> Effects<E> {
        if let Stage::Choosing(choosing) = &mut self.stage
            && !choosing.offer.is_open()
            && self.reservation.others.iter().any(|other| other.id == id)
        {
            choosing.offer.forget_refusal();
            choosing.chosen = Some(id);
        }
        Vec::new()
    }

    pub(super) fn ask<E: From<Event> + 'static>(&mut self) -> Effects<E> {
        let Stage::Choosing(choosing) = &mut self.stage else { return Vec::new() };
        if let Some(again) = choosing.offer.ask_again() {
            return vec![self.offer_request(again)];
        }
        let wanted = choosing.chosen.clone().is_some_and(|variant| choosing.offer.want(variant));
        if wanted { vec![make_key()] } else { Vec::new() }
    }

    pub(super) fn offer_request<E: From<Event> + 'static>(&self, named: Named<Id>) -> Effect<E> {
        send(propose_exchange(&self.reservation.id, &ExchangeProposal { variant_id: named.what }, &named.key))
    }

    pub(super) fn give_up<E>(&mut self, env: &Env) -> Effects<E> {
        if !self.is_free() || !self.can_give_up(env) {
            return Vec::new();
        }
        self.told = None;
        self.stage = Stage::GivingUp(GiveUp::new());
        vec![Effect::Focus(STEP)]
    }

    pub(super) fn reason<E>(&mut self, reason: Reason) -> Effects<E> {
        match &mut self.stage {
            Stage::GivingUp(give_up) => give_up.choose(reason).map(Effect::Focus).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    pub(super) fn reason_typed<E>(&mut self, text: String) -> Effects<E> {
        if let Stage::GivingUp(give_up) = &mut self.stage {
            give_up.typed(text);
        }
        Vec::new()
    }

    pub(super) fn confirm_give_up<E: From<Event> + 'static>(&mut self, env: &Env) -> Effects<E> {
        let Stage::GivingUp(give_up) = &mut self.stage else { return Vec::new() };
        if let Some(again) = give_up.sending.ask_again() {
            return vec![self.give_up_request(again)];
        }
        match give_up.reason(env) {
            Ok(reason) => give_up.sending.want(reason).then(make_key).into_iter().collect(),
            Err(focus) => focus.map(Effect::Focus).into_iter().collect(),
        }
    }

    pub(super) fn give_up_request<E: From<Event> + 'static>(&self, named: Named<String>) -> Effect<E> {
        send(fail(&self.reservation.id, &CannotKeep { reason: named.what }, &named.key))
    }

    pub(super) fn named<E: From<Event> + 'static>(&mut self, key: String) -> Effects<E> {
        let effect = match &mut self.stage {
            Stage::Unit { sending, .. } => sending.named(key).map(|named| self.unit_request(named)),
            Stage::Choosing(choosing) => choosing.offer.named(key).map(|named| self.offer_request(named)),
            Stage::GivingUp(give_up) => give_up.sending.named(key).map(|named| self.give_up_request(named)),
            Stage::Mismatch(_) => None,
        };
        effect.into_iter().collect()
    }

    pub(super) fn look_after<E: From<Event> + 'static>(&mut self) -> Effects<E> {
        let effect = match &self.stage {
            Stage::Unit { sending, .. } => sending.look_after().map(|named| self.unit_request(named)),
            Stage::Choosing(choosing) => choosing.offer.look_after().map(|named| self.offer_request(named)),
            Stage::GivingUp(give_up) => give_up.sending.look_after().map(|named| self.give_up_request(named)),
            Stage::Mismatch(_) => None,
        };
        effect.into_iter().collect()
    }
}

fn make_key<E: From<Event> + 'static>() -> Effect<E> {
    Effect::MakeKey(|key| Event::Key(key).into())
}

fn send<E: From<Event> + 'static>(endpoint: Endpoint<StaffReservation>) -> Effect<E> {
    Effect::http(endpoint, |result| Event::Answered(result).into())
}
