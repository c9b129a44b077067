//! The hold itself: made once, however often it has to be asked for.

use contract::Code;
use contract::reservation::OutOfStock;
use contract::staff::{PhoneHold, StaffReservation, hold};

use super::memory::Memory;
use super::{Event, Hold, PHONE, Part, PhoneWrong, STEP, Stage, leads_away, view};
use crate::effect::{Effect, Fresh, Signal};
use crate::env::Env;
use crate::failure::Failure;
use crate::sign_in::input;
use crate::wish::{After, Named, SOON, Wish};

impl Hold {
    pub(super) fn confirm(&mut self, env: &Env) -> Vec<Effect<Event>> {
        if !matches!(self.stage, Stage::Confirming) {
            return Vec::new();
        }
        if let Some(again) = self.wish.ask_again() {
            return vec![request(again)];
        }
        let (Some(phone), Some(counter), Some(variant)) =
            (input::phone_to_send(&self.phone), &self.counter, &self.variant)
        else {
            return Vec::new();
        };
        let wanted = PhoneHold { phone, variant_id: variant.id.clone(), counter_id: counter.id.clone() };
        let known = self.memory.as_ref().and_then(|memory| memory.key_of(&wanted, env));
        match (self.wish.want(wanted), known) {
            (false, _) => Vec::new(),
            // It may have been made before the page was lost: under the same name it is not made twice.
            (true, Some(key)) => self.named(key, env),
            (true, None) => vec![Effect::MakeKey(Event::Key)],
        }
    }

    pub(super) fn named(&mut self, key: String, env: &Env) -> Vec<Effect<Event>> {
        let Some(named) = self.wish.named(key) else { return Vec::new() };
        // Remembered before it is sent: whatever happens in between, it keeps its name.
        vec![Effect::Remember(Memory::write(&named, env)), request(named)]
    }

    pub(super) fn look_after(&mut self) -> Vec<Effect<Event>> {
        self.wish.look_after().map(request).into_iter().collect()
    }

    pub(super) fn answered(
        &mut self,
        result: Result<Fresh<StaffReservation>, Failure>,
        env: &Env,
    ) -> Vec<Effect<Event>> {
        let failure = match result {
            Ok(Fresh { value, .. }) => {
                self.wish = Wish::None;
                self.memory = None;
                let announced = view::to_read_out(&value, env);
                self.stage = Stage::Made(Box::new(value));
                return vec![
                    Effect::Remember(None),
                    Effect::Signal(Signal::Good),
                    Effect::Focus(STEP),
                    Effect::Announce(announced),
                ];
            }
            Err(failure) => failure,
        };
        if let Some(away) = leads_away(Some(&failure), env) {
            return away;
        }
        match self.wish.failed(failure.clone()) {
            None => Vec::new(),
            Some(After::Wait) => vec![Effect::Wait(SOON, Event::StillRunning)],
            Some(After::Unsure) => vec![Effect::Signal(Signal::Bad)],
            Some(After::Refused(code)) => self.refused(failure, code, env),
        }
    }

    fn refused(&mut self, failure: Failure, code: Option<Code>, env: &Env) -> Vec<Effect<Event>> {
        // The name was another caller's: this hold was never asked for, and is now, under a name of its own.
        if self.memory.take().is_some() && code == Some(Code::IdempotencyKeyReused) {
            return self.confirm(env);
        }
        let mut effects = vec![Effect::Remember(None), Effect::Signal(Signal::Bad)];
        if let (Some(Code::OutOfStock), Failure::Refused(problem)) = (code, &failure) {
            let nearest = problem.members::<OutOfStock>().map(|members| members.nearest).unwrap_or_default();
            self.stage = Stage::Elsewhere(nearest);
            effects.extend([Effect::Focus(STEP), Effect::Announce(view::none_left(env))]);
        } else if failure.of_field("phone").is_some() {
            self.wish.forget_refusal();
            self.phone_wrong = Some(PhoneWrong::Refused(failure));
            self.stage = Stage::Asking(Part::Phone);
            effects.push(Effect::Focus(PHONE));
        }
        effects
    }
}

fn request(named: Named<PhoneHold>) -> Effect<Event> {
    Effect::http(hold(&named.what, &named.key), Event::Answered)
}
