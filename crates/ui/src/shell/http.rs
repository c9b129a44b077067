//! `Effect::Http`: sends a request, or takes the answer that came with the page.

use contract::Method;
use contract::endpoint::{BASE, IDEMPOTENCY_KEY, PROGRAMME_TIME};
use gloo_net::http::{Request as Outgoing, Response};
use leptos::prelude::*;
use leptos::task::spawn_local;
use screens::effect::PATIENCE;
use screens::{Reply, Request};
use web_sys::AbortController;

use super::Shell;
use super::life::{Life, UnderWay};

/// An answer the server put into the page, so that the first figures need no round trip.
pub(super) struct FirstReply {
    path: String,
    reply: Reply,
}

impl FirstReply {
    /// The answer in the page and its `Programme-Time`, if there is one. It is taken out: nothing private stays in the
    /// document longer than it must.
    pub fn take() -> Option<(Self, String)> {
        let element = document().get_element_by_id("first-reply")?;
        element.remove();
        let body = element.text_content()?;
        let path = element.get_attribute("data-path")?;
        let reply = Reply::Answered { status: 200, body, etag: element.get_attribute("data-etag") };
        Some((Self { path, reply }, element.get_attribute("data-programme-time")?))
    }
}

impl Shell {
    /// Sends `request`; `hear` gets what came of it, unless `life` ends before.
    pub(super) fn send(self, request: Request, life: &Life, hear: Box<dyn FnOnce(Reply)>) {
        if let Some(reply) = self.first_reply(&request) {
            self.note_session(&request, &reply);
            return hear(reply);
        }
        let controller = AbortController::new().ok();
        let patience = controller.clone().and_then(|controller| {
            let give_up = move || controller.abort();
            set_timeout_with_handle(give_up, core::time::Duration::from_millis(PATIENCE.into())).ok()
        });
        let number = controller.clone().map(|controller| life.begun(UnderWay::Request(controller)));
        let life = life.clone();
        spawn_local(async move {
            let answer = self.fetch(&request, controller.as_ref()).await;
            if let Some(patience) = patience {
                patience.clear();
            }
            if life.is_over() {
                return;
            }
            if let Some(number) = number {
                life.done(number);
            }
            let reply = answer.unwrap_or(Reply::Lost);
            self.note_session(&request, &reply);
            hear(reply);
        });
    }

    /// The answer that came with the page, once, if it is one to `request`. Whatever else is asked first, it may be out
    /// of date by the time it would be used, so it is dropped.
    fn first_reply(self, request: &Request) -> Option<Reply> {
        let first = self.first.try_update_value(Option::take)??;
        (request.method == Method::Get && request.path == first.path).then_some(first.reply)
    }

    /// A good answer meant for somebody who is signed in: a later refusal is then a session that has ended.
    fn note_session(self, request: &Request, reply: &Reply) {
        if matches!(reply, Reply::Answered { status: 200..300, .. }) && (self.front_end.is_private)(request) {
            let is_news = !self.env.with_untracked(|env| env.signed_in);
            if is_news {
                self.env.update(|env| env.signed_in = true);
            }
        }
    }

    /// `None` if no whole answer came.
    async fn fetch(self, request: &Request, controller: Option<&AbortController>) -> Option<Reply> {
        let mut url = String::from(BASE);
        url.push_str(&request.path);
        let outgoing = match request.method {
            Method::Get => Outgoing::get(&url),
            Method::Post => Outgoing::post(&url),
            Method::Put => Outgoing::put(&url),
            Method::Delete => Outgoing::delete(&url),
        };
        let signal = controller.map(AbortController::signal);
        let language = self.env.with_untracked(|env| env.locale.tag());
        let mut outgoing = outgoing.abort_signal(signal.as_ref()).header("Accept-Language", language);
        if let Some(key) = &request.idempotency_key {
            outgoing = outgoing.header(IDEMPOTENCY_KEY, key);
        }
        if let Some(version) = &request.if_match {
            outgoing = outgoing.header("If-Match", version);
        }
        let outgoing = match &request.body {
            Some(body) => outgoing.header("Content-Type", "application/json").body(body.as_str()),
            None => outgoing.build(),
        };
        self.read(outgoing.ok()?.send().await.ok()?).await
    }

    async fn read(self, response: Response) -> Option<Reply> {
        let headers = response.headers();
        if let Some(programme_time) = headers.get(PROGRAMME_TIME) {
            self.set_clock(&programme_time);
        }
        let etag = headers.get("ETag");
        let body = response.text().await.ok()?;
        Some(Reply::Answered { status: response.status(), body, etag })
    }
}
