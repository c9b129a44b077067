//! WeChat, as an operator sees it.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use super::{Running, run, text};

const OPENID: &str = "oSecretOpenid77";
const SESSION_KEY: &str = "c2VjcmV0LXNlc3Npb24ta2V5";

/// Answers every code with the same account; which requests it had.
fn wechat() -> (String, std::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (had, asked) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = BufReader::new(stream.try_clone().unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                request.read_line(&mut head).unwrap();
            }
            let body = format!(r#"{{"openid":"{OPENID}","session_key":"{SESSION_KEY}"}}"#);
            let length = body.len();
            write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}").unwrap();
            if had.send(head).is_err() {
                break;
            }
        }
    });
    (url, asked)
}

fn field<'a>(answer: &'a str, name: &str) -> &'a str {
    answer.split(&format!("\"{name}\":\"")).nth(1).unwrap().split('"').next().unwrap()
}

#[test]
fn the_log_knows_no_account_no_key_and_no_secret() {
    let (url, asked) = wechat();
    let folder = tempfile::tempdir().unwrap();
    let variables = [
        ("RUST_LOG", "debug"),
        ("SHOUYUE_WECHAT_APP_ID", "wx0123456789"),
        ("SHOUYUE_WECHAT_APP_SECRET", "hunter2-of-the-app"),
        ("SHOUYUE_WECHAT_URL", &url),
    ];
    let mut server = Running::start_in(folder.path(), &["--demo"], &variables);
    let code = r#"{"code":"0a1b2c3d-of-login"}"#;
    let refused = server.post("/api/v1/auth/wechat", code);
    assert!(refused.starts_with("HTTP/1.1 409"), "{refused}");
    let head = asked.recv().unwrap();
    assert!(
        head.starts_with(
            "GET /sns/jscode2session?appid=wx0123456789&secret=hunter2-of-the-app&js_code=0a1b2c3d-of-login\
             &grant_type=authorization_code HTTP/1.1\r\n"
        ),
        "{head}"
    );
    let binding = field(&refused, "binding");
    let sent = server.post("/api/v1/auth/otp", r#"{"phone":"138 7777 7777"}"#);
    let line = server.line();
    let digits = line.strip_prefix("one-time code for +8613877777777: ").expect("a line with the code").to_owned();
    let attempt = format!(r#"{{"challenge_id":"{}","code":"{digits}"}}"#, field(&sent, "challenge_id"));
    let headers = format!("X-Session: bearer\r\nWechat-Binding: {binding}\r\n");
    let opened = server.post_with("/api/v1/auth/otp/verify", &headers, &attempt);
    assert!(opened.starts_with("HTTP/1.1 200"), "{opened}");
    let again = server.post_with("/api/v1/auth/wechat", "X-Session: bearer\r\n", code);
    assert!(again.starts_with("HTTP/1.1 200"), "{again}");
    for answer in [&refused, &opened, &again] {
        assert!(!answer.contains(OPENID) && !answer.contains(SESSION_KEY), "{answer}");
    }
    server.terminate();
    let (code, log) = server.end();
    assert_eq!(code, Some(0));
    assert!(log.contains("\"route\":\"/api/v1/auth/wechat\""));
    let (first, second) = (field(&opened, "token"), field(&again, "token"));
    let secrets = [OPENID, SESSION_KEY, "hunter2-of-the-app", "0a1b2c3d", binding, first, second, "13877777777"];
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
    // Nor is the session key anywhere on the disk.
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for secret in [SESSION_KEY, binding, first] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} is stored");
        }
    }
}

#[test]
fn without_an_app_there_is_no_wechat() {
    let folder = tempfile::tempdir().unwrap();
    let server = Running::start(folder.path(), &[]);
    let answer = server.post("/api/v1/auth/wechat", r#"{"code":"demo-lin"}"#);
    assert!(answer.starts_with("HTTP/1.1 404") && answer.contains("\"code\":\"wechat-not-set-up\""), "{answer}");
    let request = "GET /api/v1/wechat/templates HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answer = server.send(request);
    assert!(answer.ends_with("{\"items\":[]}"), "{answer}");
    server.terminate();
    assert_eq!(server.end().0, Some(0));
}

#[test]
fn what_is_half_set_up_is_refused() {
    let output = run(&["serve", "--demo", "--database", "sqlite::memory:", "--wechat-app-id", "wx1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("wechat-app-secret"), "{}", text(&output.stderr));
}
