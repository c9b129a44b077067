//! The binary as an operator sees it: what it prints, refuses, logs, and how it ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod wechat;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::thread::JoinHandle;

const SHOUYUE: &str = env!("CARGO_BIN_EXE_shouyue");
const PROGRAMME: &str = include_str!("../../../../programme.toml");

fn run(arguments: &[&str]) -> Output {
    Command::new(SHOUYUE).args(arguments).env_remove("SHOUYUE_DATABASE").output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    /// Read as it is written, so that a long log never holds the server up.
    log: JoinHandle<String>,
    address: String,
}

impl Running {
    fn start(folder: &Path, more: &[&str]) -> Self {
        Self::start_in(folder, more, &[])
    }

    /// With these variables in its environment.
    fn start_in(folder: &Path, more: &[&str], variables: &[(&str, &str)]) -> Self {
        let programme = folder.join("programme.toml");
        std::fs::write(&programme, PROGRAMME).unwrap();
        let mut child = Command::new(SHOUYUE)
            .args(["serve", "--listen", "127.0.0.1:0", "--database"])
            .arg(format!("sqlite:{}", folder.join("test.sqlite").display()))
            .arg("--programme")
            .arg(programme)
            .args(more)
            .env_remove("RUST_LOG")
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut err = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            err.read_to_string(&mut log).unwrap();
            log
        });
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        let address =
            first.trim_end().strip_prefix("listening on http://").expect("the first line says where").to_owned();
        Self { child, out, log, address }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn post(&self, path: &str, body: &str) -> String {
        self.post_with(path, "", body)
    }

    /// With more headers, each with the end of its line.
    fn post_with(&self, path: &str, headers: &str, body: &str) -> String {
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    fn terminate(&self) {
        assert!(Command::new("kill").arg(self.child.id().to_string()).status().unwrap().success());
    }

    /// Its exit code, and what it logged.
    fn end(mut self) -> (Option<i32>, String) {
        let log = self.log.join().unwrap();
        (self.child.wait().unwrap().code(), log)
    }
}

#[test]
fn a_bad_programme_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("programme.toml");
    std::fs::write(&path, PROGRAMME.replace("end_of_month = true", "end_of_mouth = true")).unwrap();
    let line = PROGRAMME.lines().position(|line| line.starts_with("end_of_month")).unwrap() + 1;
    let output = run(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--database",
        "sqlite::memory:",
        "--programme",
        path.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains(&format!("programme.toml:{line}:1: ")) && said.contains("end_of_mouth"), "{said}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_server_that_is_no_demo_wants_rules_and_no_invented_clock() {
    for arguments in [&["serve"][..], &["serve", "--programme", "x.toml", "--clock-offset", "+90d"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    }
}

#[test]
fn settings_come_from_file_environment_and_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shouyue.toml");
    std::fs::write(
        &file,
        "listen = \"127.0.0.1:1\"\ncodes-per-day = 7\nprogramme = \"p.toml\"\nservice-token = \"s3cret\"\n",
    )
    .unwrap();
    let output = Command::new(SHOUYUE)
        .args(["config", "--listen", "127.0.0.1:3", "--config"])
        .arg(&file)
        .env("SHOUYUE_LISTEN", "127.0.0.1:2")
        .env("SHOUYUE_CODES_PER_NUMBER", "9")
        .output()
        .unwrap();
    let shown = text(&output.stdout);
    for line in
        ["listen = \"127.0.0.1:3\"", "codes-per-day = 7", "codes-per-number = 9", "service-token = \"********\""]
    {
        assert!(shown.contains(line), "{line} is not in\n{shown}");
    }
    std::fs::write(&file, "listne = 1\n").unwrap();
    let output = run(&["config", "--config", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("listne"));
}

#[test]
fn the_committed_document_is_the_generated_one() {
    let committed = include_str!("../../../../openapi.json");
    let generated = text(&run(&["openapi"]).stdout);
    assert!(generated == committed, "openapi.json is out of date: shouyue openapi > openapi.json");
}

#[test]
fn what_is_running_is_finished_before_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let server = Running::start(folder.path(), &["--demo"]);
    let body = "{\"phone\":\"\"}";
    let mut half = TcpStream::connect(&server.address).unwrap();
    let head = format!(
        "POST /api/v1/auth/otp HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        server.address,
        body.len()
    );
    half.write_all(head.as_bytes()).unwrap();
    // The server asks for the body once a handler waits for it: from here on the request is running.
    let mut said = [0; 25];
    half.read_exact(&mut said).unwrap();
    assert_eq!(&said, b"HTTP/1.1 100 Continue\r\n\r\n");
    server.terminate();
    // Nobody new is let in; until the signal has arrived, somebody may be.
    while TcpStream::connect(&server.address).is_ok() {
        std::thread::yield_now();
    }
    half.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    half.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert_eq!(server.end().0, Some(0));
}

#[test]
fn the_console_prints_codes_and_the_log_knows_no_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Running::start(folder.path(), &["--demo", "--metrics-listen", "127.0.0.1:0"]);
    let metrics =
        server.line().strip_prefix("metrics on http://").unwrap().strip_suffix("/metrics").unwrap().to_owned();
    let answer = server.post("/api/v1/auth/otp", r#"{"phone":"138 7777 7777"}"#);
    assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
    let line = server.line();
    let code = line.strip_prefix("one-time code for +8613877777777: ").expect("a line with the code");
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()));
    let challenge = answer.split("\"challenge_id\":\"").nth(1).unwrap().split('"').next().unwrap();
    let opened =
        server.post("/api/v1/auth/otp/verify", &format!(r#"{{"challenge_id":"{challenge}","code":"{code}"}}"#));
    let token = opened.split("session=").nth(1).unwrap().split(';').next().unwrap().to_owned();
    let mut stream = TcpStream::connect(&metrics).unwrap();
    stream
        .write_all(format!("GET /metrics HTTP/1.1\r\nHost: {metrics}\r\nConnection: close\r\n\r\n").as_bytes())
        .unwrap();
    let mut counted = String::new();
    stream.read_to_string(&mut counted).unwrap();
    assert!(counted.contains("route=\"/api/v1/auth/otp\",status=\"202\"} 1"), "{counted}");
    server.terminate();
    let (code_of_exit, log) = server.end();
    assert_eq!(code_of_exit, Some(0));
    assert!(log.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{log}");
    assert!(log.contains("\"route\":\"/api/v1/auth/otp/verify\""));
    for secret in ["13877777777", "7777 7777", code, challenge, &token] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

#[test]
fn a_webhook_gets_what_is_to_be_sent() {
    let hook = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/sms", hook.local_addr().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let server = Running::start(folder.path(), &["--sms-webhook", &url, "--sms-webhook-token", "hook-token"]);
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = hook.accept().unwrap();
        let mut request = BufReader::new(stream.try_clone().unwrap());
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            request.read_line(&mut head).unwrap();
        }
        let length =
            head.to_lowercase().split("content-length: ").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
        let mut body = vec![0; length];
        request.read_exact(&mut body).unwrap();
        stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").unwrap();
        (head, text(&body))
    });
    let answer = server.post("/api/v1/auth/otp", r#"{"phone":"13800000001"}"#);
    assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
    let (head, body) = asked.join().unwrap();
    assert!(
        head.starts_with("POST /sms ") && head.to_lowercase().contains("authorization: bearer hook-token"),
        "{head}"
    );
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!((body["phone"].as_str(), body["purpose"].as_str()), (Some("+8613800000001"), Some("one-time-code")));
    // The hook is gone now: the next one can't be sent, and that is said.
    let answer = server.post("/api/v1/auth/otp", r#"{"phone":"13800000002"}"#);
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    server.terminate();
    assert_eq!(server.end().0, Some(0));
}

#[test]
fn an_account_of_the_staff_is_made_with_a_password_that_nobody_else_reads() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("test.sqlite").display());
    let add = |more: &[&str], password: &str| {
        let mut child = Command::new(SHOUYUE)
            .args(["staff", "add", "--demo", "--database", &database, "--name", "陈", "--user", "chen"])
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It may have refused the rest already, and be gone before it was told.
        if let Err(error) = child.stdin.take().unwrap().write_all(password.as_bytes()) {
            assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
        }
        child.wait_with_output().unwrap()
    };
    let made = add(&["--role", "manager"], "守约 is kept\n");
    assert!(made.status.success(), "{}", text(&made.stderr));
    let printed = text(&made.stdout);
    let (secret, uri) = printed.trim_end().split_once('\n').unwrap();
    assert_eq!(secret.len(), 32);
    assert_eq!(uri, format!("otpauth://totp/Shouyue:chen?secret={secret}&issuer=Shouyue"));
    for (more, password, why) in [
        (&["--role", "manager"][..], "short\n", "8 to 256"),
        (&["--role", "counter"], "守约 is kept\n", "needs --counter"),
        (
            &["--role", "counter", "--counter", "01938c7e-0000-7000-8000-000000000000"],
            "守约 is kept\n",
            "no such counter",
        ),
        (&["--role", "chief"], "守约 is kept\n", "counter, desk or manager"),
    ] {
        let refused = add(more, password);
        assert!(!refused.status.success() && refused.stdout.is_empty());
        assert!(text(&refused.stderr).contains(why), "{}", text(&refused.stderr));
    }
}
