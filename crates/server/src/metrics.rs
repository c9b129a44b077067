//! What is counted, for whoever watches the server.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// A request, as far as it is counted: never its path, only the route's template.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Request {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    route: String,
}

const SECONDS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// The counters.
pub struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    seconds: Family<Route, Histogram>,
}

impl Metrics {
    /// All at zero.
    pub fn new() -> Self {
        let requests = Family::default();
        let seconds = Family::new_with_constructor((|| Histogram::new(SECONDS)) as fn() -> Histogram);
        let mut registry = Registry::with_prefix("shouyue");
        registry.register("http_requests", "Requests by method, route and status", requests.clone());
        registry.register("http_request_seconds", "Time to answer by route", seconds.clone());
        Self { registry, requests, seconds }
    }

    /// One more request was answered.
    pub fn count(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        self.requests.get_or_create(&Request { method, route: route.to_owned(), status }).inc();
        self.seconds.get_or_create(&Route { route: route.to_owned() }).observe(took.as_secs_f64());
    }

    /// In the OpenMetrics text format.
    pub fn text(&self) -> Result<String, core::fmt::Error> {
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
