//! Requests and their answers, and the ledger of her consents.

use std::collections::BTreeMap;

use contract::endpoint::{BASE, IDEMPOTENCY_KEY};
use contract::wechat::{
    ConsentChoice, Purpose, TemplateAnswer, TemplateAnswers, Templates, WECHAT_BINDING, record_consents, templates,
};
use contract::{Code, Endpoint, Method, json};
use screens::effect::{PATIENCE, key_of};
use screens::{Reply, Request};

use super::App;
use crate::effects::{Errand, Pending};
use crate::page::Came;
use crate::protocol::Run;
use crate::session::{SignedIn, code, described, describes, ends, needs_session, opened, opens, proves, wants_session};

/// So often her answers are taken to the ledger before they are given up: then one message fewer is sent.
const TRIES: u32 = 5;
/// Milliseconds between these.
const LATER: u32 = 10_000;

impl App {
    /// Sends a page's request, or sets it aside: before she is signed in it would only be refused, and a number that is proved without a
    /// binding would stay unknown to WeChat.
    pub(super) fn send_pages(&mut self, id: u32, page: u32, request: Request) {
        let errand = Errand { page, request, again: false, turn: self.session.turn };
        let is_first = self.session.token.is_none() && !self.session.tried;
        let waits = (is_first || self.session.renewing) && !self.session.left && needs_session(&errand.request);
        if waits || self.session.binding.is_none() && proves(&errand.request) {
            return self.park(id, errand, None);
        }
        self.send(id, &errand.request);
        self.pending.insert(id, Pending::Http(errand));
    }

    pub(super) fn send(&mut self, id: u32, request: &Request) {
        let Some(env) = self.env() else { return };
        let mut headers = BTreeMap::from([("Accept-Language", env.locale.tag().to_owned())]);
        if let Some(token) = &self.session.token {
            headers.insert("Authorization", ["Bearer ", token].concat());
        }
        if opens(request) {
            headers.insert("X-Session", "bearer".to_owned());
            if let Some(binding) = self.session.binding.as_ref().filter(|_| proves(request)) {
                headers.insert(WECHAT_BINDING, binding.clone());
            }
        }
        if let Some(key) = &request.idempotency_key {
            headers.insert(IDEMPOTENCY_KEY, key.clone());
        }
        if let Some(version) = &request.if_match {
            headers.insert("If-Match", version.clone());
        }
        if request.body.is_some() {
            headers.insert("Content-Type", "application/json".to_owned());
        }
        self.answer.run.push(Run::Http {
            id,
            method: request.method.as_str(),
            path: [BASE, request.path.as_str()].concat(),
            headers,
            body: request.body.clone(),
            patience: PATIENCE,
        });
    }

    /// Sends a request of the mini-program itself.
    pub(super) fn send_own(&mut self, pending: Pending, request: &Request) {
        let id = self.await_own(pending);
        self.send(id, request);
    }

    pub(super) fn replied(&mut self, effect: u32, reply: Reply) {
        match self.pending.remove(&effect) {
            Some(Pending::Http(errand)) => self.page_replied(effect, errand, reply),
            Some(Pending::SignIn { for_binding }) => self.renewed(for_binding, SignedIn::of(&reply)),
            Some(Pending::Templates) => {
                if let Reply::Answered { status: 200, body, .. } = reply
                    && let Ok(Templates { items }) = json::decode(&body)
                {
                    self.templates = Some(items);
                }
            }
            Some(Pending::ConsentSent(request, tries)) if is_unsure(&reply) && tries < TRIES => {
                let id = self.await_own(Pending::ConsentLater(request, tries));
                self.answer.run.push(Run::Wait { id, milliseconds: LATER });
            }
            _ => {}
        }
    }

    fn page_replied(&mut self, effect: u32, errand: Errand, reply: Reply) {
        let request = &errand.request;
        let expired = matches!(&reply, Reply::Answered { body, .. } if proves(request) && code(body) == Some(Code::WechatBindingExpired));
        if expired {
            self.session.binding = None;
        }
        let wants = wants_session(request, &reply) && !self.session.left;
        if !errand.again && (expired || wants) {
            if expired || self.session.renewing || errand.turn == self.session.turn {
                return self.park(effect, errand, Some(reply));
            }
            if self.session.token.is_some() {
                // Sent before she was signed in anew.
                self.pending.insert(effect, Pending::Http(Errand { again: true, ..errand }));
                return self.send_again(effect);
            }
        }
        if let Reply::Answered { status: 200..300, body, .. } = &reply {
            self.note(request, body, errand.turn == self.session.turn);
        }
        // The session is over, but not what would sign her in again: she is not out.
        let reply = if wants && ends(request) { Reply::Lost } else { reply };
        self.deliver(effect, errand.page, reply);
    }

    /// What a good answer means for who she is.
    fn note(&mut self, request: &Request, body: &str, is_current: bool) {
        if proves(request) {
            self.arrive();
            if let Some((who, token)) = opened(body) {
                self.take(who, token);
            }
        } else if ends(request) {
            self.forget_token();
            self.leave();
        } else if request.is_private() {
            if let Some(who) = described(body).filter(|_| describes(request) && is_current) {
                self.know(who);
            }
            let is_news = self.world.as_mut().is_some_and(|world| !core::mem::replace(&mut world.env.signed_in, true));
            if is_news {
                self.draw_all();
            }
            if self.templates.is_none() && !self.pending.values().any(|pending| matches!(pending, Pending::Templates)) {
                self.send_own(Pending::Templates, &plain(templates()));
            }
        }
    }

    /// Hands an answer to the page that waits for it.
    pub(super) fn deliver(&mut self, effect: u32, page: u32, reply: Reply) {
        let delivered = self.with(page, |open, around| {
            open.page.came(effect, Came::Reply(reply), around);
            Ok(())
        });
        // Only what she does can be refused.
        debug_assert!(delivered.is_ok());
        self.refreshed(page);
    }

    /// Asks for her consent, if the server has anything to ask for.
    pub(super) fn ask_consent(&mut self, purpose: Purpose) {
        let all = self.templates.iter().flatten();
        let templates: Vec<String> =
            all.filter(|one| one.purpose == purpose).map(|one| one.template_id.clone()).collect();
        if !templates.is_empty() {
            let id = self.await_own(Pending::Consent(purpose));
            self.answer.run.push(Run::Subscribe { id, templates });
        }
    }

    /// What she answered when WeChat asked her. An answer that WeChat has and this version does not know is left out.
    pub(super) fn consented(&mut self, purpose: Purpose, answers: BTreeMap<String, String>) {
        let answers: Vec<TemplateAnswer> = answers
            .into_iter()
            .filter_map(|(template_id, answer)| {
                Some(TemplateAnswer { template_id, answer: ConsentChoice::from_text(&answer)? })
            })
            .collect();
        if answers.is_empty() {
            return;
        }
        let id = self.await_own(Pending::ConsentKey(TemplateAnswers { purpose, answers }));
        self.answer.run.push(Run::Entropy { id, bytes: 16 });
    }

    pub(super) fn record(&mut self, answers: &TemplateAnswers, bytes: [u8; 16]) {
        self.send_consents(plain(record_consents(answers, &key_of(bytes))), 0);
    }

    pub(super) fn send_consents(&mut self, request: Request, tries: u32) {
        self.send_own(Pending::ConsentSent(request.clone(), tries + 1), &request);
    }
}

/// Whether the ledger may yet take what it did not answer well: no answer, no session just now, or a server that can't answer now.
fn is_unsure(reply: &Reply) -> bool {
    matches!(reply, Reply::Lost | Reply::Answered { status: 401 | 409 | 429 | 500.., .. })
}

/// An endpoint's request, its answer's type left behind.
pub(super) fn plain<T>(endpoint: Endpoint<T>) -> Request {
    let Endpoint { method, path, body, idempotency_key, if_match, .. } = endpoint;
    debug_assert!(matches!(method, Method::Get | Method::Post));
    Request { method, path, body, idempotency_key, if_match }
}
