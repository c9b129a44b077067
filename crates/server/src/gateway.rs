//! How a text message leaves the house.

mod webhook;

use std::future::Future;
use std::io::Write;
use std::pin::Pin;

pub use webhook::Webhook;

/// Why a message did not go out, for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotSent(pub String);

impl core::fmt::Display for NotSent {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotSent {}

/// What is to be sent.
#[derive(Clone, Debug)]
pub struct Message {
    /// E.164.
    pub phone: String,
    /// What she reads.
    pub text: String,
    /// `one-time-code`, `reservation-ready`, …
    pub purpose: String,
    /// The code in `text`, if there is one, for a gateway that shows nothing else of it.
    pub code: Option<String>,
}

/// A future that a gateway answers with. Boxed, so that the gateway can be chosen at start.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), NotSent>> + Send + 'a>>;

/// Sends text messages.
pub trait MessageGateway: Send + Sync + 'static {
    /// Sends one; ready when the other side has taken it.
    fn send(&self, message: Message) -> Sending<'_>;
}

/// Prints messages on standard output, of one-time codes nothing but the code; for the demo and tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Console;

impl MessageGateway for Console {
    fn send(&self, message: Message) -> Sending<'_> {
        Box::pin(async move {
            let mut out = std::io::stdout().lock();
            let written = match &message.code {
                Some(code) => writeln!(out, "one-time code for {}: {code}", message.phone),
                None => writeln!(out, "message to {}: {}", message.phone, message.text),
            };
            written.and_then(|()| out.flush()).map_err(|error| NotSent(error.to_string()))
        })
    }
}

/// Sends nothing: no gateway was set up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nowhere;

impl MessageGateway for Nowhere {
    fn send(&self, _message: Message) -> Sending<'_> {
        Box::pin(async { Err(NotSent("no message gateway is set up: sms-webhook".to_owned())) })
    }
}
