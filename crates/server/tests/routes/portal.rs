//! The portal's page and files.

use std::fs;

use chrono::TimeDelta;
use server::settings::Options;
use storage::Engine;
use tempfile::TempDir;

use crate::support::{House, PHONE, enrolment, key};

const PAGE: &str = "<!doctype html><html lang=\"{{lang}}\" data-brand-zh-cn=\"{{brand-zh-cn}}\" data-brand-en=\"{{brand-en}}\">\
    <title>{{brand}}</title><style>a{}</style><!--theme--><div id=\"app\"><!--first-->wait<!--/first--></div><!--reply-->\
    <script>1</script></html>";

async fn with_portal() -> (House, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("index.html", PAGE);
    write("brand/brand.toml", "[name]\nzh-CN = \"白露\"\nen = \"Heron & Co\"\n");
    write("brand/theme.css", ":root { --accent: teal }");
    write("manifest.webmanifest", r#"{"name":"{{brand}}","short_name":"{{short-name}}"}"#);
    write("0123456789ab/portal.js", "plain");
    write("0123456789ab/portal.js.br", "packed");
    write("secret.txt.br", "x");
    write("sw.js", "worker");
    write("staff/index.html", &PAGE.replace("wait", "counter"));
    write("staff/0123456789ab/staff.js", "staff");
    let options = Options { portal: Some(folder.path().to_owned()), ..Options::default() };
    (House::open(Engine::Sqlite, options).await, folder)
}

#[tokio::test]
async fn pages_carry_brand_language_and_policy() {
    let (house, _folder) = with_portal().await;
    let page = house.get("root:/sign-in?back=/points").header("accept-language", "en").send().await;
    page.status(200);
    assert!(page.body.contains("<title>Heron &amp; Co</title>") && page.body.contains("lang=\"en\""), "{}", page.body);
    assert!(page.body.contains("--accent: teal") && page.body.contains("wait"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-")
            && !policy.contains("unsafe-inline")
    );
    for name in ["x-content-type-options", "referrer-policy", "cross-origin-opener-policy", "permissions-policy"] {
        assert!(page.header(name).is_some(), "{name}");
    }
    // What she chose on this device goes before what her browser asks for.
    let page =
        house.get("root:/programme").header("accept-language", "en").header("cookie", "locale=zh-CN").send().await;
    assert!(page.status(200).body.contains("<title>白露</title>"));
    assert_eq!(house.get("root:/programme").send().await.header("cache-control"), Some("no-cache"));
    let lost = house.get("root:/nowhere").send().await;
    assert!(lost.status(404).body.contains("id=\"app\""));
    let raw = house.get("root:/index.html").send().await;
    assert!(!raw.status(404).body.contains("{{"));
    house.method("POST", "root:/sign-in").send().await.status(405);
    assert_eq!(house.get("/programme").header("accept-language", "en").send().await.text("brand"), "Heron & Co");
}

#[tokio::test]
async fn files_of_a_build_are_kept_for_ever_and_come_packed() {
    let (house, _folder) = with_portal().await;
    let file = house.get("root:/0123456789ab/portal.js").header("accept-encoding", "br").send_raw().await;
    assert_eq!(file.headers()["content-encoding"], "br");
    assert_eq!(file.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(file.bytes().await.unwrap(), "packed");
    let plain = house.get("root:/0123456789ab/portal.js").send().await;
    assert_eq!(plain.body, "plain");
    let brand = house.get("root:/brand/theme.css").send().await;
    assert_eq!(brand.status(200).header("cache-control"), Some("no-cache"));
    let manifest = house.get("root:/manifest.webmanifest").header("accept-language", "en").send().await;
    assert_eq!(manifest.text("name"), "Heron & Co");
    for path in ["root:/brand/", "root:/../Cargo.toml", "root:/%2e%2e/Cargo.toml", "root:/0123456789ab"] {
        house.get(path).send().await.status(404);
    }
}

#[tokio::test]
async fn home_leads_to_where_she_has_to_go_first() {
    let (house, _folder) = with_portal().await;
    let to = |answer: &crate::support::Answer| answer.status(302).header("location").unwrap().to_owned();
    assert_eq!(to(&house.get("root:/").send().await), "/sign-in");
    assert_eq!(to(&house.get("root:/").header("cookie", "session=gone").send().await), "/sign-in?ended=1");
    let cookie = house.sign_in_by_cookie(PHONE).await;
    assert_eq!(to(&house.get("root:/").header("cookie", &cookie).send().await), "/join");
    house.post("/members", &enrolment()).by_portal(&cookie).key(&key()).send().await.status(201);
    house.get("root:/").header("cookie", &cookie).send().await.status(200);
}

#[tokio::test]
async fn home_comes_with_her_figures_on_it() {
    let (house, _folder) = with_portal().await;
    let cookie = house.sign_in_by_cookie(PHONE).await;
    let mut body = enrolment();
    body["name"] = "</script><b>x".into();
    house.post("/members", &body).by_portal(&cookie).key(&key()).send().await.status(201);
    house.purchase(PHONE, "1", 123_400, 3).await.status(201);
    house.advance(TimeDelta::seconds(1));
    let home = house.get("root:/").header("cookie", &cookie).send().await;
    home.status(200);
    assert_eq!(home.header("cache-control"), Some("private, no-store"));
    assert!(home.body.contains("1,234"), "{}", home.body);
    assert!(!home.body.contains(">wait<") && !home.body.contains("<b>x"), "{}", home.body);
    let reply = home.body.split_once("id=\"first-reply\"").unwrap().1;
    let (attributes, rest) = reply.split_once('>').unwrap();
    let reply: serde_json::Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
    let asked = house.get("/me/overview").header("cookie", &cookie).send().await;
    assert_eq!(reply, asked.json());
    assert!(attributes.contains(&asked.etag().replace('"', "&quot;")), "{attributes}");
    assert!(attributes.contains("data-programme-time=\"2026-11-22T12:00:01+08:00\""), "{attributes}");
}

#[tokio::test]
async fn the_counters_application_has_pages_files_and_a_policy_of_its_own() {
    let (house, _folder) = with_portal().await;
    for path in ["root:/staff", "root:/staff/", "root:/staff/sign-in?back=/staff/stock", "root:/staff/reservations/r1"]
    {
        let page = house.get(path).send().await;
        assert!(page.status(200).body.contains("counter"), "{path}: {}", page.body);
        assert!(page.header("permissions-policy").unwrap().contains("camera=(self)"), "{path}");
        assert!(page.header("content-security-policy").unwrap().contains("worker-src 'none'"), "{path}");
    }
    let portal = house.get("root:/sign-in").send().await;
    assert!(portal.header("permissions-policy").unwrap().contains("camera=(), geolocation=(self)"));
    assert!(portal.header("content-security-policy").unwrap().contains("worker-src 'self'"));
    let lost = house.get("root:/staff/nowhere").send().await;
    assert!(lost.status(404).body.contains("counter"));
    let raw = house.get("root:/staff/index.html").send().await;
    assert!(!raw.status(404).body.contains("{{"));
    let file = house.get("root:/staff/0123456789ab/staff.js").send().await;
    assert_eq!(file.status(200).header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert!(house.get("root:/staffing").send().await.status(404).body.contains("wait"));
}

#[tokio::test]
async fn what_the_worker_keeps_is_the_same_for_everybody() {
    let (house, _folder) = with_portal().await;
    let cookie = house.sign_in_by_cookie(PHONE).await;
    house.post("/members", &enrolment()).by_portal(&cookie).key(&key()).send().await.status(201);
    let anybodys = house.get("root:/offline").send().await;
    let hers = house.get("root:/offline").header("cookie", &cookie).send().await;
    assert!(hers.status(200).body.contains(">wait<"));
    assert_eq!(hers.body, anybodys.status(200).body);
    assert_eq!(house.get("root:/sw.js").send().await.status(200).header("cache-control"), Some("no-cache"));
}
