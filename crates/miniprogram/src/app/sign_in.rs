//! Signing in with WeChat, in silence.

use contract::wechat::{WechatSignIn, sign_in_with_wechat};
use screens::{Navigation, Reply, Route};
use serde_json::Value;

use super::http::plain;
use super::{App, TOKEN};
use crate::effects::Pending;
use crate::protocol::Run;
use crate::session::{SignedIn, opens};

impl App {
    /// Sets a request aside until she is signed in anew.
    pub(super) fn park(&mut self, effect: u32, refusal: Reply) {
        self.session.parked.push((effect, refusal));
        self.log_in();
    }

    /// Asks WeChat who she is.
    pub(super) fn log_in(&mut self) {
        if !core::mem::replace(&mut self.session.renewing, true) {
            // What is refused now is refused with it, too.
            self.session.token = None;
            let id = self.await_own(Pending::Login);
            self.answer.run.push(Run::Login { id });
        }
    }

    /// WeChat's code has come, or none.
    pub(super) fn logged_in(&mut self, code: Option<String>) {
        match code {
            Some(code) => self.send_own(Pending::SignIn, &plain(sign_in_with_wechat(&WechatSignIn { code }))),
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
        parked.sort_by_key(|(effect, _)| self.page_of(*effect) != front);
        self.session.binding = None;
        match outcome {
            SignedIn::Yes(token) => {
                self.take(token);
                if let Some(back) = self.waiting_to_sign_in() {
                    return self.go(Navigation::AfterSessionChange(back));
                }
                parked.into_iter().for_each(|(effect, _)| self.send_again(effect));
            }
            SignedIn::Unbound(binding) => {
                self.session.binding = Some(binding);
                self.settle(parked);
            }
            SignedIn::No => self.settle(parked),
            // Whether she has a session is not known: to her it is as if the network were gone, which it is.
            SignedIn::Lost => parked.into_iter().for_each(|(effect, _)| self.hand_over(effect, Reply::Lost)),
        }
    }

    /// She has to prove her number. What does that is sent again; everything else is refused.
    fn settle(&mut self, parked: Vec<(u32, Reply)>) {
        for (effect, refusal) in parked {
            let proves = matches!(self.pending.get(&effect), Some(Pending::Http { request, .. }) if opens(request));
            if proves { self.send_again(effect) } else { self.hand_over(effect, refusal) }
        }
    }

    /// Hands a parked request's end to its page.
    fn hand_over(&mut self, effect: u32, reply: Reply) {
        if let Some(Pending::Http { page, .. }) = self.pending.remove(&effect) {
            self.deliver(effect, page, reply);
        }
    }

    fn page_of(&self, effect: u32) -> Option<u32> {
        match self.pending.get(&effect) {
            Some(Pending::Http { page, .. }) => Some(*page),
            _ => None,
        }
    }

    /// Where she wants to go on to from the sign-in page, if that is what she sees.
    fn waiting_to_sign_in(&self) -> Option<String> {
        match &self.open.get(&self.front?)?.route {
            Route::SignIn { back, .. } if back.is_empty() => Some(Route::Home.path()),
            Route::SignIn { back, .. } => Some(back.clone()),
            _ => None,
        }
    }

    fn send_again(&mut self, effect: u32) {
        if let Some(Pending::Http { request, .. }) = self.pending.get(&effect) {
            let request = request.clone();
            self.send(effect, &request);
        }
    }

    /// Keeps a new token.
    pub(super) fn take(&mut self, token: String) {
        self.session.token = Some(token.clone());
        self.store(TOKEN, Some(Value::String(token)), true);
    }
}
