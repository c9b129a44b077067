//! `Effect::Scan`: opens the camera, where the front end has brought something that reads what it sees.

use core::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use screens::Scanned;

use super::life::{Life, UnderWay};
use super::{Hear, Shell};

impl Shell {
    /// Opens the camera; `hear` gets what it read, unless `life` ends before: then it closes.
    pub(super) fn scan(self, life: &Life, hear: Hear<Scanned>) {
        let Some(open) = self.tools.get_value().scan else { return hear(Scanned::Unavailable) };
        let number = Rc::new(Cell::new(0));
        let (mine, ended) = (Rc::clone(&number), life.clone());
        let close = open(
            self,
            Box::new(move |scanned| {
                ended.done(mine.get());
                hear(scanned);
            }),
        );
        number.set(life.begun(UnderWay::Open(close)));
    }
}
