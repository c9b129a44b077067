//! Signing in with WeChat, in silence.

use contract::wechat::{WechatSignIn, sign_in_with_wechat};
use screens::{Navigation, Reply, Route};
use serde_json::Value;

use super::http::plain;
use super::{App, PASS, TOKEN};
use crate::effects::{Errand, Pending};
use crate::protocol::Run;
use crate::session::{Parked, SignedIn, proves};

impl App {
    /// Sets a request aside until it is known who she is.
    pub(super) fn park(&mut self, effect: u32, errand: Errand, refusal: Option<Reply>) {
        self.pending.insert(effect, Pending::Http(Errand { again: true, ..errand }));
        self.session.parked.push(Parked { effect, refusal });
        self.log_in();
    }

    /// Asks WeChat who she is, unless that is under way.
    pub(super) fn log_in(&mut self) {
        if !core::mem::replace(&mut self.session.renewing, true) {
            self.forget_token();
            let id = self.await_own(Pending::Login);
            self.answer.run.push(Run::Login { id });
        }
    }

    /// WeChat's code has come, or none.
    pub(super) fn logged_in(&mut self, code: Option<String>) {
        match code {
            Some(code) => {
                self.send_own(Pending::SignIn, &plain(sign_in_with_wechat(&WechatSignIn { code, for_binding: false })))
            }
            None => self.renewed(SignedIn::No),
        }
    }

    /// The server has answered to that code.
    pub(super) fn signed_in(&mut self, reply: &Reply) {
        self.renewed(SignedIn::of(reply));
    }

    fn renewed(&mut self, outcome: SignedIn) {
        self.session.renewing = false;
        let front = self.front;
        let mut parked = core::mem::take(&mut self.session.parked);
        // The page she looks at decides where a refusal leads.
        parked.sort_by_key(|parked| self.page_of(parked.effect) != front);
        if let SignedIn::Unknown(said) = outcome {
            return parked.into_iter().for_each(|parked| self.put_off(parked, &said));
        }
        self.session.turn = self.session.turn.wrapping_add(1);
        match outcome {
            SignedIn::Yes(token) => {
                self.take(token);
                match self.waiting_to_sign_in() {
                    Some(back) => {
                        // What is kept on this phone may be somebody else's, who was signed in before.
                        self.store(PASS, None, true);
                        self.go(Navigation::AfterSessionChange(back));
                    }
                    None => parked.into_iter().for_each(|parked| self.send_again(parked.effect)),
                }
            }
            SignedIn::Unbound(binding) => {
                self.session.binding = Some(binding);
                self.settle(parked);
            }
            SignedIn::No | SignedIn::Unknown(_) => self.settle(parked),
        }
    }

    /// She has to prove her number. What does that is sent; everything else is refused.
    fn settle(&mut self, parked: Vec<Parked>) {
        for parked in parked {
            if self.proves_number(parked.effect) {
                self.send_again(parked.effect);
            } else {
                self.hand_over(parked.effect, parked.refusal());
            }
        }
    }

    /// Whether she has a session can't be known now. That is what pages hear, and nothing she typed is lost; but a number can be proved
    /// while WeChat is out of reach, if the server is not.
    fn put_off(&mut self, parked: Parked, said: &Reply) {
        if *said != Reply::Lost && self.proves_number(parked.effect) {
            self.send_again(parked.effect);
        } else {
            self.hand_over(parked.effect, said.clone());
        }
    }

    /// Hands a parked request's end to its page.
    fn hand_over(&mut self, effect: u32, reply: Reply) {
        if let Some(Pending::Http(errand)) = self.pending.remove(&effect) {
            self.deliver(effect, errand.page, reply);
        }
    }

    fn errand(&self, effect: u32) -> Option<&Errand> {
        match self.pending.get(&effect) {
            Some(Pending::Http(errand)) => Some(errand),
            _ => None,
        }
    }

    fn page_of(&self, effect: u32) -> Option<u32> {
        self.errand(effect).map(|errand| errand.page)
    }

    fn proves_number(&self, effect: u32) -> bool {
        self.errand(effect).is_some_and(|errand| proves(&errand.request))
    }

    /// Where she wants to go on to from the sign-in page, if that is what she sees.
    fn waiting_to_sign_in(&self) -> Option<String> {
        match &self.open.get(&self.front?)?.route {
            Route::SignIn { back, .. } if back.is_empty() => Some(Route::Home.path()),
            Route::SignIn { back, .. } => Some(back.clone()),
            _ => None,
        }
    }

    pub(super) fn send_again(&mut self, effect: u32) {
        if let Some(errand) = self.errand(effect) {
            let request = errand.request.clone();
            self.send(effect, &request);
        }
    }

    /// Keeps a new token; what names her account until then has served.
    pub(super) fn take(&mut self, token: String) {
        self.session.binding = None;
        self.session.token = Some(token.clone());
        self.store(TOKEN, Some(Value::String(token)), true);
    }

    /// Forgets a token that is good for nothing any more.
    pub(super) fn forget_token(&mut self) {
        if self.session.token.take().is_some() {
            self.store(TOKEN, None, true);
        }
    }
}
