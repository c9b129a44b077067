//! Signing in with WeChat, in silence.

use contract::wechat::{WechatSignIn, sign_in_with_wechat};
use screens::{Navigation, Reply, Route};
use serde_json::Value;

use super::http::plain;
use super::{App, LEFT, PASS, TOKEN, WHO};
use crate::effects::{Errand, Pending};
use crate::protocol::Run;
use crate::session::{Parked, SignedIn, Who, ends, proves};

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
            self.session.tried = true;
            let id = self.await_own(Pending::Login);
            self.answer.run.push(Run::Login { id });
        }
    }

    /// WeChat's code has come, or none.
    pub(super) fn logged_in(&mut self, code: Option<String>) {
        let Some(code) = code else { return self.renewed(false, SignedIn::NoCode) };
        // A number that is being proved decides who she is, and not the one that was bound before. Nor does that after she has signed out.
        let for_binding =
            self.session.left || self.session.parked.iter().any(|parked| self.proves_number(parked.effect));
        let request = plain(sign_in_with_wechat(&WechatSignIn { code, for_binding }));
        self.send_own(Pending::SignIn { for_binding }, &request);
    }

    /// What came of asking WeChat and the server who she is, or only for a binding.
    pub(super) fn renewed(&mut self, for_binding: bool, outcome: SignedIn) {
        self.session.renewing = false;
        let front = self.front;
        let parked = core::mem::take(&mut self.session.parked);
        let (proofs, mut others): (Vec<_>, Vec<_>) =
            parked.into_iter().partition(|parked| self.proves_number(parked.effect));
        // The page she looks at decides where a refusal leads.
        others.sort_by_key(|parked| self.page_of(parked.effect) != front);
        match outcome {
            SignedIn::Unbound(binding) => {
                self.session.binding = Some(binding);
                self.send_all(proofs);
                if for_binding { self.put_off(others, &Reply::Lost) } else { self.is_nobody(others, true) }
            }
            // The server was asked not to.
            SignedIn::Yes(..) if for_binding => {
                self.send_all(proofs);
                self.put_off(others, &Reply::Lost);
            }
            SignedIn::Yes(..) if !proofs.is_empty() || self.sign_in_page().is_some_and(|page| page.began) => {
                // What she types decides. Nobody has this session.
                if !proofs.is_empty() {
                    self.session.parked = proofs;
                    self.log_in();
                }
                self.put_off(others, &Reply::Lost);
            }
            SignedIn::Yes(who, token) => self.is(who, token, others),
            SignedIn::Never => {
                self.send_all(proofs);
                self.is_nobody(others, false);
            }
            SignedIn::NoCode => {
                self.send_all(proofs);
                // Without a session there is nothing to lose, and she may have a number to prove.
                let is_lost = self.session.token.is_some();
                if is_lost { self.put_off(others, &Reply::Lost) } else { self.is_nobody(others, false) }
            }
            SignedIn::Unknown(Reply::Lost) => {
                self.put_off(proofs, &Reply::Lost);
                self.put_off(others, &Reply::Lost);
            }
            SignedIn::Unknown(said) => {
                // A number can be proved while WeChat is out of reach.
                self.send_all(proofs);
                if self.session.token.is_some() { self.put_off(others, &said) } else { self.is_nobody(others, false) }
            }
        }
    }

    /// She is signed in again, or somebody else is.
    fn is(&mut self, who: Who, token: String, parked: Vec<Parked>) {
        self.session.turn = self.session.turn.wrapping_add(1);
        let is_other = self.session.who.as_ref().is_some_and(|former| !former.is(&who));
        self.take(who, token);
        let on = match self.sign_in_page() {
            Some(page) => Some(page.back),
            None if is_other => Some(Route::Home.path()),
            None => None,
        };
        match on {
            Some(path) => {
                // What is kept on this phone may be somebody else's, who was signed in before; so is what was asked for.
                self.store(PASS, None, true);
                self.go(Navigation::AfterSessionChange(path));
            }
            None => self.send_all(parked),
        }
    }

    /// There is no session, and none to be had in silence: she has to prove her number. `surely`, because the server says so.
    fn is_nobody(&mut self, parked: Vec<Parked>, surely: bool) {
        self.session.turn = self.session.turn.wrapping_add(1);
        self.forget_token();
        for parked in parked {
            if self.errand(parked.effect).is_some_and(|errand| ends(&errand.request)) {
                // What was to be ended is over; but a binding that nobody has undone would sign her in again.
                if surely {
                    self.leave();
                } else {
                    self.hand_over(parked.effect, Reply::Lost);
                    continue;
                }
            }
            self.hand_over(parked.effect, parked.refusal());
        }
    }

    /// Whether she has a session can't be known now. That is what pages hear, and nothing of hers is lost.
    fn put_off(&mut self, parked: Vec<Parked>, said: &Reply) {
        parked.into_iter().for_each(|parked| self.hand_over(parked.effect, said.clone()));
    }

    fn send_all(&mut self, parked: Vec<Parked>) {
        parked.into_iter().for_each(|parked| self.send_again(parked.effect));
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

    /// The sign-in page, if that is what she sees.
    pub(super) fn sign_in_page(&self) -> Option<SignInPage> {
        let open = self.open.get(&self.front?)?;
        let Route::SignIn { back, .. } = &open.route else { return None };
        let back = if back.is_empty() { Route::Home.path() } else { back.clone() };
        Some(SignInPage { back, began: open.touched })
    }

    pub(super) fn send_again(&mut self, effect: u32) {
        if let Some(errand) = self.errand(effect) {
            let request = errand.request.clone();
            self.send(effect, &request);
        }
    }

    /// Keeps a new session; what names her account until then has served.
    pub(super) fn take(&mut self, who: Who, token: String) {
        self.session.binding = None;
        // First, so that no token is ever kept without it.
        self.know(who);
        self.session.token = Some(token.clone());
        self.store(TOKEN, Some(Value::String(token)), true);
    }

    /// Whose the session is.
    pub(super) fn know(&mut self, who: Who) {
        if self.session.who.as_ref() != Some(&who) {
            // As text: what WeChat encrypts is one.
            self.store(WHO, serde_json::to_string(&who).ok().map(Value::String), true);
            self.session.who = Some(who);
        }
    }

    /// Forgets a session that is good for nothing any more.
    pub(super) fn forget_token(&mut self) {
        if self.session.token.take().is_some() {
            self.store(TOKEN, None, true);
        }
        if self.session.who.take().is_some() {
            self.store(WHO, None, true);
        }
    }

    /// She has signed out: until she proves a number, nobody is signed in on this phone.
    pub(super) fn leave(&mut self) {
        self.session.left = true;
        self.store(LEFT, Some(Value::Bool(true)), false);
    }

    /// She has proved a number.
    pub(super) fn arrive(&mut self) {
        if core::mem::take(&mut self.session.left) {
            self.store(LEFT, None, false);
        }
    }
}

/// The sign-in page that she sees.
pub(super) struct SignInPage {
    /// Where she wants to go on to.
    back: String,
    /// She has begun to do something there: what takes her away is hers alone.
    began: bool,
}
