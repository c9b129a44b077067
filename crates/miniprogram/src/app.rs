//! The mini-program while it runs: the pages that are open, what is waited for, and what all of them share.

mod draw;
mod http;
mod navigate;
mod sign_in;

use std::collections::BTreeMap;

use catalogue::Locale;
use screens::env::Appearance;
use screens::{Env, Navigation, Route};
use serde_json::Value;

use crate::clock::Reading;
use crate::effects::{Errand, Kind, Pending, of, reply};
use crate::open;
use crate::page::{Around, Asked, Deed, Page, Question};
use crate::places::place;
use crate::protocol::{Answer, How, Refusal, RefusalCode, Request, Run, Stored, System};
use crate::session::Session;

use draw::brand_in;

/// The mini-program while it runs.
#[derive(Default)]
pub struct App {
    /// `None` before the start.
    world: Option<World>,
    open: BTreeMap<u32, OpenPage>,
    /// The page she looks at.
    front: Option<u32>,
    /// Every page is being left, and she has done nothing since: refusals that come late lead nowhere else.
    leaving: bool,
    pending: BTreeMap<u32, Pending>,
    /// The number of the last effect.
    last: u32,
    session: Session,
    /// What [`screens::Effect::Remember`] remembers.
    remembered: Option<String>,
    /// For which consent can be asked; `None` until the server has said.
    templates: Option<Vec<contract::wechat::Template>>,
    /// The request whose answer is being made.
    at: f64,
    answer: Answer,
}

/// What a screen may know of the world.
struct World {
    brand: BTreeMap<String, String>,
    system: System,
    /// What she has chosen herself.
    large: Option<bool>,
    env: Env,
    clock: Option<Reading>,
}

struct OpenPage {
    route: Route,
    page: Box<dyn Page>,
    /// She pulled it down, and what it asked for since is on its way.
    refreshing: bool,
    /// She has done something on it.
    touched: bool,
    /// Where it leads as soon as she looks at it again.
    held: Option<Navigation>,
}

impl App {
    /// Takes in what happened, and says what to do about it.
    ///
    /// # Errors
    /// [`Refusal`] if the request makes no sense; then nothing has changed.
    pub fn hear(&mut self, request: Request) -> Result<Answer, Refusal> {
        let clock = self.world.as_ref().and_then(|world| world.clock);
        let leaving = self.leaving;
        self.answer = Answer::default();
        let heard = self.take_in(request);
        if heard.is_err() {
            self.leaving = leaving;
            if let Some(world) = &mut self.world {
                world.clock = clock;
            }
        }
        heard.map(|()| core::mem::take(&mut self.answer))
    }

    fn take_in(&mut self, request: Request) -> Result<(), Refusal> {
        match request {
            Request::Start { at, brand, system, stored } => self.start(at, brand, system, stored)?,
            Request::System { at, system } => {
                let world = self.world(at)?;
                world.env.appearance.large_text = world.large.unwrap_or_else(|| system.is_large());
                world.system = system;
                self.draw_all();
            }
            Request::Open { at, page, file, path } => self.open(at, page, &file, &path)?,
            Request::Close { at, page } => {
                self.page(at, page)?;
                self.close(page);
            }
            Request::Seen { at, page, seen } => {
                self.page(at, page)?;
                if seen {
                    self.leaving = false;
                    self.front = Some(page);
                }
                self.with(page, |open, around| {
                    open.page.seen(seen, around);
                    Ok(())
                })?;
                self.go_on(page, seen);
            }
            Request::Refresh { at, page } => {
                self.page(at, page)?;
                self.leaving = false;
                self.with(page, |open, around| {
                    open.refreshing = true;
                    open.page.refresh(around);
                    Ok(())
                })?;
                self.refreshed(page);
            }
            Request::Event { at, page, event } => {
                self.page(at, page)?;
                self.leaving = false;
                self.with(page, |open, around| {
                    open.page
                        .event(event, around)
                        .map_err(|error| Refusal::new(RefusalCode::MalformedEvent, error.to_string()))?;
                    open.touched = true;
                    Ok(())
                })?;
            }
            Request::Follow { at, path } => {
                self.world(at)?;
                // Nothing that a page shows leads out of the mini-program.
                if !path.starts_with('/') {
                    return Err(Refusal::new(RefusalCode::MalformedRequest, path));
                }
                self.leaving = false;
                self.go(Navigation::To(path));
            }
            Request::Share { at, page } => self.share(at, page)?,
            Request::Result { at, effect, value } => self.result(at, effect, value)?,
        }
        Ok(())
    }

    fn start(
        &mut self,
        at: f64,
        brand: BTreeMap<String, String>,
        system: System,
        stored: Stored,
    ) -> Result<(), Refusal> {
        if self.world.is_some() {
            return Err(Refusal::new(RefusalCode::NotNow, "it has started already"));
        }
        self.at = at;
        let Stored { locale, theme, large, token, who, left, wish } = stored;
        let locale = locale.or_else(|| Locale::from_tag(&system.language)).unwrap_or_default();
        let large_text = large.unwrap_or_else(|| system.is_large());
        let appearance = Appearance { theme: theme.unwrap_or_default(), large_text };
        let name = brand_in(&brand, locale);
        let env = Env { locale, brand: name, clock: None, appearance, signed_in: false, can_scan: true };
        self.session.token = token;
        self.session.who = who.and_then(|text| serde_json::from_str(&text).ok());
        self.session.left = left.unwrap_or_default();
        self.remembered = wish;
        self.world = Some(World { brand, system, large, env, clock: None });
        Ok(())
    }

    fn open(&mut self, at: f64, number: u32, file: &str, path: &str) -> Result<(), Refusal> {
        self.world(at)?;
        if self.open.contains_key(&number) {
            return Err(Refusal::new(RefusalCode::NotNow, "this page is open already"));
        }
        let route = Route::parse(path);
        self.leaving = false;
        if place(&route).file != file {
            // A link that was put together by hand: the page that can draw it is another one.
            self.navigate(How::Instead, &route);
            return Ok(());
        }
        self.front = Some(number);
        self.begin(number, route);
        Ok(())
    }

    /// Opens the page of `route` under a number that is free.
    fn begin(&mut self, number: u32, route: Route) {
        let Some(env) = self.env() else { return };
        let is_sign_in = matches!(route, Route::SignIn { .. });
        let mut around =
            Around { env: &env, last: &mut self.last, remembered: &mut self.remembered, asked: Vec::new() };
        let page = open::page(route.clone(), &mut around);
        let asked = around.asked;
        self.open.insert(number, OpenPage { route, page, refreshing: false, touched: false, held: None });
        self.draw(number);
        self.run(number, asked);
        let Session { token, binding, left, .. } = &self.session;
        if is_sign_in && token.is_none() && binding.is_none() && !left {
            self.log_in();
        }
    }

    /// Closes a page, and gives up what it has under way.
    fn close(&mut self, number: u32) {
        self.open.remove(&number);
        let mine = |pending: &Pending| match pending {
            Pending::Http(Errand { page, .. }) | Pending::Other { page, .. } => *page == number,
            _ => false,
        };
        self.give_up(mine);
    }

    fn give_up(&mut self, whose: impl Fn(&Pending) -> bool) {
        let ids: Vec<u32> = self.pending.iter().filter(|(_, pending)| whose(pending)).map(|(id, _)| *id).collect();
        for id in &ids {
            self.pending.remove(id);
        }
        if !ids.is_empty() {
            self.answer.run.push(Run::GiveUp { ids });
        }
    }

    /// Lets something happen on a page that is open, draws it and runs what it asks for.
    fn with(
        &mut self,
        number: u32,
        happen: impl FnOnce(&mut OpenPage, &mut Around) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let Some(env) = self.env() else { return Ok(()) };
        let Some(open) = self.open.get_mut(&number) else { return Ok(()) };
        let mut around =
            Around { env: &env, last: &mut self.last, remembered: &mut self.remembered, asked: Vec::new() };
        happen(open, &mut around)?;
        let asked = around.asked;
        // Always, even if the view is the same: an input may show what the screen did not take.
        self.draw(number);
        self.run(number, asked);
        Ok(())
    }

    fn run(&mut self, page: u32, asked: Vec<Asked>) {
        for asked in asked {
            match asked {
                Asked::For(id, question) => self.ask(page, id, question),
                Asked::Do(deed) => self.act(page, deed),
            }
        }
    }

    fn ask(&mut self, page: u32, id: u32, question: Question) {
        let (kind, run) = match question {
            Question::Http(request) => return self.send_pages(id, page, request),
            Question::Wait(milliseconds) => (Kind::Wait, Run::Wait { id, milliseconds }),
            Question::Key => (Kind::Key, Run::Entropy { id, bytes: 16 }),
            Question::Scan => (Kind::Scan, Run::Scan { id }),
            Question::Locate => (Kind::Locate, Run::Locate { id }),
            Question::Copy(text) => (Kind::Copy, Run::Copy { id, text }),
            Question::Pass => (Kind::Pass, Run::Find { id, key: PASS, secret: true }),
        };
        self.pending.insert(id, Pending::Other { page, kind });
        self.answer.run.push(run);
    }

    fn act(&mut self, page: u32, deed: Deed) {
        match deed {
            Deed::Navigate(navigation) => self.go_from(page, navigation),
            Deed::Set(setting) => self.set(setting),
            Deed::Announce(text) => self.answer.run.push(Run::Announce { page, text }),
            Deed::Focus(target) => self.answer.run.push(Run::Focus { page, target }),
            Deed::AskConsent(purpose) => self.ask_consent(purpose),
            Deed::KeepPass(text) => self.store(PASS, text.map(Value::String), true),
            Deed::Remember => self.store(WISH, self.remembered.clone().map(Value::String), false),
        }
    }

    fn result(&mut self, at: f64, effect: u32, value: Value) -> Result<(), Refusal> {
        self.world(at)?;
        let Some(pending) = self.pending.get(&effect) else {
            return Err(Refusal::new(RefusalCode::NoSuchEffect, effect.to_string()));
        };
        match pending {
            Pending::Http(_) | Pending::SignIn { .. } | Pending::Templates | Pending::ConsentSent(..) => {
                let (reply, programme_time) = reply(value)?;
                self.set_clock(programme_time.as_deref());
                self.replied(effect, reply);
            }
            Pending::Other { page, kind } => {
                let (page, came) = (*page, kind.read(value)?);
                self.pending.remove(&effect);
                self.with(page, |open, around| {
                    open.page.came(effect, came, around);
                    Ok(())
                })?;
            }
            Pending::Login => {
                let code = of(value)?;
                self.pending.remove(&effect);
                self.logged_in(code);
            }
            Pending::Consent(purpose) => {
                let (purpose, answers) = (*purpose, of(value)?);
                self.pending.remove(&effect);
                self.consented(purpose, answers);
            }
            Pending::ConsentKey(_) => {
                let bytes = of(value)?;
                if let Some(Pending::ConsentKey(answers)) = self.pending.remove(&effect) {
                    self.record(&answers, bytes);
                }
            }
            Pending::ConsentLater(..) => {
                if let Some(Pending::ConsentLater(request, tries)) = self.pending.remove(&effect) {
                    self.send_consents(request, tries);
                }
            }
        }
        Ok(())
    }

    /// A number for an effect of the mini-program itself.
    fn await_own(&mut self, pending: Pending) -> u32 {
        self.last = self.last.wrapping_add(1);
        self.pending.insert(self.last, pending);
        self.last
    }

    fn store(&mut self, key: &'static str, value: Option<Value>, secret: bool) {
        self.answer.run.push(Run::Store { key, value, secret });
    }

    fn set_clock(&mut self, programme_time: Option<&str>) {
        if let (Some(world), Some(reading)) =
            (&mut self.world, programme_time.and_then(|text| Reading::of(text, self.at)))
        {
            world.clock = Some(reading);
        }
    }

    /// What a screen may know of the world now.
    fn env(&self) -> Option<Env> {
        let world = self.world.as_ref()?;
        Some(Env { clock: world.clock.map(Reading::now), ..world.env.clone() })
    }

    fn world(&mut self, at: f64) -> Result<&mut World, Refusal> {
        self.at = at;
        let world = self.world.as_mut().ok_or_else(|| Refusal::new(RefusalCode::NotNow, "it has not started yet"))?;
        if let Some(reading) = &mut world.clock {
            reading.go_on(at);
        }
        Ok(world)
    }

    fn page(&mut self, at: f64, number: u32) -> Result<(), Refusal> {
        self.world(at)?;
        if self.open.contains_key(&number) {
            return Ok(());
        }
        Err(Refusal::new(RefusalCode::NoSuchPage, number.to_string()))
    }
}

const PASS: &str = "pass";
const WISH: &str = "wish";
const TOKEN: &str = "token";
const WHO: &str = "who";
const LEFT: &str = "left";
