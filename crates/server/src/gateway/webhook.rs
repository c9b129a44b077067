//! A gateway behind an HTTP address: whoever sends the brand's text messages is one small adapter away.

use std::time::Duration;

use serde_json::json;

use super::{Message, MessageGateway, NotSent, Sending};

/// She waits in front of the form meanwhile.
const PATIENCE: Duration = Duration::from_secs(8);

/// Posts messages as JSON: `{"phone", "text", "purpose"}`. Any 2xx is taken for sent.
pub struct Webhook {
    client: reqwest::Client,
    url: String,
    token: Option<String>,
}

impl Webhook {
    /// To this address, with this bearer token if there is one.
    pub fn new(url: String, token: Option<String>) -> Result<Self, NotSent> {
        // Refused only if another provider was installed before, which would do as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| NotSent(error.to_string()))?;
        Ok(Self { client, url, token })
    }
}

impl MessageGateway for Webhook {
    fn send(&self, message: Message) -> Sending<'_> {
        Box::pin(async move {
            let body = json!({"phone": message.phone, "text": message.text, "purpose": message.purpose});
            let mut request = self.client.post(&self.url).json(&body);
            if let Some(token) = &self.token {
                request = request.bearer_auth(token);
            }
            // The address may carry a secret, so it is kept out of the log.
            let reply = request.send().await.map_err(|error| NotSent(error.without_url().to_string()))?;
            if reply.status().is_success() {
                Ok(())
            } else {
                Err(NotSent(format!("the message gateway answered {}", reply.status())))
            }
        })
    }
}
