//! A document that she edits and saves as a whole: her profile, her preferences.
//!
//! It is saved against the version it was read in. If it changed elsewhere meanwhile, what changed there is taken over where
//! she changed nothing, and her own edits stay where she did.

use crate::effect::Fresh;
use crate::failure::Failure;
use contract::Code;

/// What can be edited and merged, field by field.
pub(crate) trait Draft: Clone + PartialEq {
    /// `theirs`, with what `mine` changed since `base`.
    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self;
}

/// For [`Draft::merge`]: one field of it.
pub(crate) fn merged<F: Clone + PartialEq>(base: &F, mine: &F, theirs: &F) -> F {
    if mine == base { theirs.clone() } else { mine.clone() }
}

#[derive(Debug)]
pub(crate) enum Document<D> {
    /// Being read.
    Reading,
    /// It could not be read.
    Unread(Failure),
    /// It can be edited.
    Open(Box<Open<D>>),
}

#[derive(Debug)]
pub(crate) struct Open<D> {
    /// As it was read last.
    pub base: D,
    /// `ETag` of that.
    pub version: String,
    /// As she has it now.
    pub draft: D,
    pub saving: Saving<D>,
}

/// What became of the latest attempt to save.
#[derive(Debug)]
pub(crate) enum Saving<D> {
    /// None, or she went on editing since.
    No,
    /// This was sent.
    Running(D),
    /// The version was stale; the newest one is being read.
    Rereading,
    /// It changed elsewhere, from this; the draft has both now, and she is asked to look and save again.
    Conflict { before: D },
    /// Saved, or there was nothing to save.
    Done,
    /// It failed; the draft is kept.
    Failed(Failure),
}

/// What to do next.
#[derive(Debug, PartialEq)]
pub(crate) enum Next {
    /// Nothing.
    Nothing,
    /// Read the newest version.
    Read,
    /// Say that it is saved.
    Saved,
    /// Say that it changed elsewhere.
    Conflict,
}

impl<D: Draft> Document<D> {
    /// The open document.
    pub fn open(&self) -> Option<&Open<D>> {
        match self {
            Document::Open(open) => Some(open),
            Document::Reading | Document::Unread(_) => None,
        }
    }

    /// She changed something. Also while it is being saved: that edit is then not part of what was sent, and stays.
    pub fn edit(&mut self, change: impl FnOnce(&mut D)) {
        if let Document::Open(open) = self {
            change(&mut open.draft);
            if matches!(open.saving, Saving::Done | Saving::Failed(_)) {
                open.saving = Saving::No;
            }
        }
    }

    /// It was read, or could not be.
    pub fn arrived(&mut self, result: Result<Fresh<D>, Failure>) -> Next {
        match (core::mem::replace(self, Document::Reading), result) {
            (Document::Open(mut open), result) => {
                let next = open.reread(result);
                *self = Document::Open(open);
                next
            }
            (_, Ok(Fresh { value, version })) => {
                let draft = value.clone();
                *self = Document::Open(Box::new(Open { base: value, version, draft, saving: Saving::No }));
                Next::Nothing
            }
            (_, Err(failure)) => {
                *self = Document::Unread(failure);
                Next::Nothing
            }
        }
    }

    /// Whether to read it again now. From here on it is being read.
    pub fn retry(&mut self) -> bool {
        let unread = matches!(self, Document::Unread(_));
        if unread {
            *self = Document::Reading;
        }
        unread
    }

    /// What to send against which version, if there is anything to save and nothing on its way. From here on it is.
    pub fn save(&mut self) -> Option<(D, String)> {
        let Document::Open(open) = self else { return None };
        if !open.can_save() {
            return None;
        }
        open.saving = Saving::Running(open.draft.clone());
        Some((open.draft.clone(), open.version.clone()))
    }

    /// The answer to saving.
    pub fn saved(&mut self, result: Result<Fresh<D>, Failure>) -> Next {
        let Document::Open(open) = self else { return Next::Nothing };
        let Saving::Running(sent) = &open.saving else { return Next::Nothing };
        match result {
            Ok(Fresh { value, version }) => {
                open.draft = D::merge(sent, &open.draft, &value);
                open.base = value;
                open.version = version;
                open.saving = if open.is_dirty() { Saving::No } else { Saving::Done };
                Next::Saved
            }
            Err(failure) if failure.code() == Some(Code::VersionStale) => {
                open.saving = Saving::Rereading;
                Next::Read
            }
            Err(failure) => {
                open.saving = Saving::Failed(failure);
                Next::Nothing
            }
        }
    }
}

impl<D: Draft> Open<D> {
    /// She has changes that are not saved.
    pub fn is_dirty(&self) -> bool {
        self.draft != self.base
    }

    /// Something is on its way.
    pub fn is_busy(&self) -> bool {
        matches!(self.saving, Saving::Running(_) | Saving::Rereading)
    }

    /// There is something to save, and nothing on its way.
    pub fn can_save(&self) -> bool {
        self.is_dirty() && !self.is_busy()
    }

    /// Why the latest attempt failed.
    pub fn failure(&self) -> Option<&Failure> {
        match &self.saving {
            Saving::Failed(failure) => Some(failure),
            _ => None,
        }
    }

    fn reread(&mut self, result: Result<Fresh<D>, Failure>) -> Next {
        if !matches!(self.saving, Saving::Rereading) {
            return Next::Nothing;
        }
        match result {
            Ok(Fresh { value: theirs, version }) => {
                self.draft = D::merge(&self.base, &self.draft, &theirs);
                let before = core::mem::replace(&mut self.base, theirs);
                self.version = version;
                // The first copy of her request did arrive, and only its answer was lost.
                let saved_already = self.draft == self.base;
                self.saving = if saved_already { Saving::Done } else { Saving::Conflict { before } };
                if saved_already { Next::Saved } else { Next::Conflict }
            }
            Err(failure) => {
                self.saving = Saving::Failed(failure);
                Next::Nothing
            }
        }
    }
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
