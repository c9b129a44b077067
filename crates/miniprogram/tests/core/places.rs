//! Where each page stands: in the core, in app.json, and as files.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use crate::driver::Phone;

/// An address of every page.
const ADDRESSES: [&str; 17] = [
    "/",
    "/gifts",
    "/reservations",
    "/me",
    "/sign-in?back=/points",
    "/join?back=/tier",
    "/card",
    "/points",
    "/tier",
    "/programme",
    "/me/profile",
    "/me/preferences",
    "/not-found",
    "/gifts/g1?counter=k1&variant=v1",
    "/reservations/r1",
    "/reservations/r1/move",
    "/reservations/r1/pass",
];

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../miniprogram"))
}

fn app() -> Value {
    let text = std::fs::read_to_string(folder().join("app.json")).expect("miniprogram/app.json");
    serde_json::from_str(&text).expect("JSON")
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// Where the core leads for each address: how, and to which file.
fn led() -> Vec<(String, String)> {
    ADDRESSES
        .iter()
        .map(|address| {
            let mut phone = Phone::new();
            phone.tell(json!({"op": "follow", "path": address}));
            let (how, url) = phone.led().unwrap();
            let file = url.split('?').next().unwrap().trim_start_matches('/');
            (how, file.to_owned())
        })
        .collect()
}

#[test]
fn the_core_and_app_json_know_the_same_pages() {
    let app = app();
    let mut listed = texts(&app["pages"]);
    for package in app["subpackages"].as_array().unwrap() {
        let root = package["root"].as_str().unwrap();
        listed.extend(texts(&package["pages"]).into_iter().map(|page| format!("{root}/{page}")));
    }
    let all: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(all.len(), listed.len(), "each once");
    let known: BTreeSet<String> = led().into_iter().map(|(_, file)| file).collect();
    assert_eq!(known.len(), ADDRESSES.len());
    assert_eq!(known, all);
}

#[test]
fn the_core_and_app_json_know_the_same_tabs() {
    let listed: Vec<String> = app()["tabBar"]["list"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tab| tab["pagePath"].as_str().unwrap().to_owned())
        .collect();
    let known: Vec<String> = led().into_iter().filter(|(how, _)| how == "tab").map(|(_, file)| file).collect();
    assert_eq!(known, listed);
}

#[test]
fn every_page_has_its_files_and_says_where_it_stands() {
    for (how, file) in led() {
        let files: Vec<bool> =
            ["ts", "wxml", "json"].iter().map(|end| folder().join(format!("{file}.{end}")).is_file()).collect();
        assert_eq!(files, [true; 3], "{file}: ts, wxml, json");
        let script = std::fs::read_to_string(folder().join(format!("{file}.ts"))).unwrap();
        let call = script.split("screen(").nth(1).expect("a screen").split(')').next().unwrap();
        let said: Vec<&str> = call.split(',').map(|text| text.trim().trim_matches('\'')).collect();
        assert_eq!(said[0], file);
        // A tab is told nothing by its address.
        assert_eq!(said.len() == 2, how == "tab", "{file}");
    }
}

#[test]
fn a_page_opens_where_the_core_leads() {
    for address in ADDRESSES {
        let mut phone = Phone::signed_in("en");
        phone.open("account/card/card", "/card");
        phone.tell(json!({"op": "follow", "path": address}));
        assert_eq!(phone.go(), address);
        assert_eq!(phone.led(), None, "{address} leads on");
        assert!(phone.view().is_object(), "{address}");
    }
}
