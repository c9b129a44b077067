//! What can go wrong with a request, as far as a member can tell the difference.

use contract::{Code, Problem};

/// What can go wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer: no network, a timeout, a broken connection.
    Unreachable,
    /// There is no session, or it has ended.
    SessionEnded,
    /// The server said what is wrong.
    Refused(Box<Problem>),
    /// The server failed, without saying what of.
    Broken(u16),
    /// The answer is not of this contract.
    Garbled,
}

impl Failure {
    /// Of an answer that is not a good one.
    pub fn of(status: u16, problem: Option<Problem>) -> Self {
        match (status, problem) {
            (401, _) => Failure::SessionEnded,
            (_, Some(problem)) => Failure::Refused(Box::new(problem)),
            (status, None) => Failure::Broken(status),
        }
    }

    /// What the server says is wrong with one field of the input; the first of several.
    pub fn of_field(&self, field: &str) -> Option<&str> {
        let Failure::Refused(problem) = self else { return None };
        problem.errors.iter().find(|error| error.field == field).map(|error| error.detail.as_str())
    }

    /// The code of the problem, if the server named one that this version knows.
    pub fn code(&self) -> Option<Code> {
        match self {
            Failure::Refused(problem) => Code::from_text(&problem.code),
            Failure::SessionEnded => Some(Code::SessionMissing),
            Failure::Unreachable | Failure::Broken(_) | Failure::Garbled => None,
        }
    }
}
