//! Members who reserve over HTTP, from the real binary.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use server::ambient::SystemEntropy;
use server::entropy;

use crate::house::{House, Member};

pub struct Server {
    child: Child,
    address: String,
}

impl Server {
    pub fn start(url: &str) -> Self {
        let programme = concat!(env!("CARGO_MANIFEST_DIR"), "/../../programme.toml");
        let mut child = Command::new(env!("CARGO_BIN_EXE_shouyue"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database", url, "--programme", programme])
            .args(["--requests-per-session", "0", "--requests-per-address", "0"])
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on ").expect("the first line says where").to_owned();
        std::thread::spawn(move || out.read_to_string(&mut String::new()));
        Self { child, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Each of the members reserves so often; how long all of it took.
pub async fn reserve(server: &Server, house: &House, members: &[Member], at_once: usize, each: usize) -> Duration {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().pool_max_idle_per_host(at_once).build().unwrap();
    let url = format!("{}/api/v1/reservations", server.address);
    // Written beforehand: what the clients do in the meantime takes the server's processors from it.
    let requests: Vec<reqwest::Request> = members
        .iter()
        .enumerate()
        .flat_map(|(index, member)| (0..each).map(move |turn| (index * each + turn, member)))
        .map(|(number, member)| {
            let place = house.places[number % house.places.len()];
            let key = entropy::id(&SystemEntropy, house.now).unwrap().to_string();
            let body =
                json!({"variant_id": place.variant.to_string(), "counter_id": place.counter.to_string()}).to_string();
            let request = http.post(&url).bearer_auth(&member.token).header("idempotency-key", key);
            request.header("content-type", "application/json").body(body).build().unwrap()
        })
        .collect();
    let requests: Arc<[reqwest::Request]> = requests.into();
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let clients: Vec<_> = (0..at_once)
        .map(|_| {
            let (http, requests, next) = (http.clone(), Arc::clone(&requests), Arc::clone(&next));
            tokio::spawn(async move {
                while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let answer = http.execute(request.try_clone().unwrap()).await.unwrap();
                    let status = answer.status().as_u16();
                    let body = answer.text().await.unwrap();
                    assert_eq!(status, 201, "{body}");
                }
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
    began.elapsed()
}
