//! The real binary.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};

/// A server that dies with this value.
pub struct Server {
    child: Mutex<Child>,
    lines: Mutex<Receiver<String>>,
    pub address: String,
}

impl Server {
    /// On a database of one's own, filled with the demo if it is empty.
    pub fn start(url: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_shouyue"))
            .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--database", url])
            .args(["--requests-per-session", "0", "--requests-per-address", "0"])
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        // Read as it comes: a server whose output nobody reads would wait for a reader one day.
        let (said, lines) = channel();
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| said.send(line)));
        let first = lines.recv().expect("the server starts");
        let address = first.strip_prefix("listening on ").expect("the first line says where").to_owned();
        Self { child: Mutex::new(child), lines: Mutex::new(lines), address }
    }

    /// The rest of the next line of its standard output that begins so.
    pub fn line(&self, beginning: &str) -> String {
        let lines = self.lines.lock().unwrap();
        lines.iter().find_map(|line| line.strip_prefix(beginning).map(str::to_owned)).expect("such a line")
    }

    /// `kill -9`.
    pub fn strike(&self) {
        self.child.lock().unwrap().kill().unwrap();
    }

    /// `kill -9`, and waits until it is gone.
    pub fn kill(self) {
        drop(self);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap();
        let _ = child.kill();
        let _ = child.wait();
    }
}
