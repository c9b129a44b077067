//! A list that comes page by page, each after the cursor of the one before.

use contract::list::Page;

use crate::effect::Fresh;
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::trouble;
use crate::view::{Alert, Submit};

/// A list that comes page by page.
#[derive(Debug)]
pub(crate) struct Paged<T> {
    /// What has come so far, as one page.
    pub items: Load<Page<T>>,
    more: More,
}

/// Whether the next page is being fetched.
#[derive(Debug)]
enum More {
    No,
    Running,
    Failed(Failure),
}

impl<T> Paged<T> {
    /// The first page is on its way.
    pub fn waiting() -> Self {
        Self { items: Load::Waiting, more: More::No }
    }

    /// A page that was asked for after `cursor` has come. How many items it added to those there were; `None` for the first page and
    /// for what nobody waits for any more.
    pub fn arrived(&mut self, cursor: Option<&str>, result: Result<Fresh<Page<T>>, Failure>) -> Option<usize> {
        if cursor.is_none() {
            // The first page again: what was loaded after it may overlap with it now.
            self.more = More::No;
            self.items.arrived(result);
            return None;
        }
        let Load::Shown(page, _) = &mut self.items else { return None };
        if page.next.as_deref() != cursor || !matches!(self.more, More::Running) {
            return None;
        }
        match result {
            Ok(Fresh { value, .. }) => {
                self.more = More::No;
                let added = value.items.len();
                page.items.extend(value.items);
                page.next = value.next;
                Some(added)
            }
            Err(failure) => {
                self.more = More::Failed(failure);
                None
            }
        }
    }

    /// The cursor to ask for the next page with, if there is one and it is not on its way. From here on it is.
    pub fn more(&mut self) -> Option<String> {
        if matches!(self.more, More::Running) {
            return None;
        }
        let cursor = self.items.shown()?.next.clone()?;
        self.more = More::Running;
        Some(cursor)
    }

    /// The button for the next page; `None` if there is none.
    pub fn button(&self, more: &str, loading: &str) -> Option<Submit> {
        let busy = matches!(self.more, More::Running);
        let next = self.items.shown()?.next.as_ref();
        next.map(|_| Submit { label: (if busy { loading } else { more }).to_owned(), can_submit: !busy, busy })
    }

    /// Why the next page did not come.
    pub fn alert(&self, env: &Env) -> Option<Alert> {
        match &self.more {
            More::Failed(failure) => Some(trouble::alert(failure, env)),
            More::No | More::Running => None,
        }
    }
}
