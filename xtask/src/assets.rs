//! Puts `dist/` together: for each front end its page and one folder for everything else of one build, and what has a fixed address.

use crate::files;
use crate::front::{FrontEnd, PORTAL, STAFF};
use crate::step::{Result, at, output, program, say};
use crate::wasm::xtask_wasm;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest browsers that can start the front ends: their wasm uses reference types, their policy `'wasm-unsafe-eval'`.
const BROWSERS: &str = "--target=chrome97,firefox102,safari16";
const ESBUILD: &str = "node_modules/.bin/esbuild";
/// Reads barcodes on the staff's tablets, where the browser can't by itself.
const READER: &str = "node_modules/zxing-wasm/dist/reader/zxing_reader.wasm";

/// Makes `dist` anew from the front ends' packages, their pages, `style/` and `public/`.
pub fn build(dist: &Path) -> Result {
    say("putting dist/ together");
    let draft = at("target/front/dist");
    files::empty(&draft)?;
    files::copy(&at("public"), &draft)?;

    let build = build_name(&[PORTAL.package()])?;
    let folder = draft.join(&build);
    program_of(&PORTAL, &folder)?;
    let page = page(&PORTAL, "index.html", &format!("/{build}"), "style/index.css")?;
    files::write(&draft.join("index.html"), &page)?;
    files::write(&draft.join("sw.js"), worker(&build, &folder, &draft)?)?;

    let build = build_name(&[STAFF.package(), at("staff/scanner"), at("package-lock.json")])?;
    let folder = draft.join("staff").join(&build);
    program_of(&STAFF, &folder)?;
    scanner(&folder)?;
    let page = self::page(&STAFF, "staff/index.html", &format!("/staff/{build}"), "style/staff.css")?;
    files::write(&draft.join("staff/index.html"), page)?;

    output(xtask_wasm().arg("brotli").arg(&draft))?;
    if dist.exists() {
        fs::remove_dir_all(dist).map_err(|error| error.to_string())?;
    }
    fs::rename(&draft, dist).map_err(|error| error.to_string())
}

/// Main part and chunks of different builds must never mix, and names of chunks hash source positions, not contents: one
/// folder, named by the contents of all, cacheable for ever. A deployment keeps the folders of earlier builds for pages
/// that are still open.
fn build_name(contents: &[PathBuf]) -> Result<String> {
    Ok(format!("{:.12}", files::fingerprint(contents)?))
}

/// Script and wasm of a front end into the folder of its build.
fn program_of(front_end: &FrontEnd, folder: &Path) -> Result {
    let (package, script) = (front_end.package(), format!("{}.js", front_end.name));
    // The splitter's loader and the bindings import each other; as one file they are one trip.
    output(esbuild().arg(package.join(&script)).arg(outfile(&folder.join(&script))))?;
    for file in files::below(&package)?.iter().filter(|file| file.extension().is_some_and(|kind| kind == "wasm")) {
        files::copy(file, &folder.join(file.file_name().unwrap_or_default()))?;
    }
    Ok(())
}

/// What opens the camera, and what reads barcodes where the browser can't: a script of its own, since most can.
fn scanner(folder: &Path) -> Result {
    output(
        esbuild()
            .arg(at("staff/scanner/camera.js"))
            .arg("--external:./reader.js")
            .arg(outfile(&folder.join("camera.js"))),
    )?;
    output(esbuild().arg(at("staff/scanner/reader.js")).arg(outfile(&folder.join("reader.js"))))?;
    files::copy(&at(READER), &folder.join("zxing_reader.wasm"))
}

/// The worker that opens the portal without a network, with the names of what it keeps. Another page or another folder makes it
/// another worker, and nothing else does.
fn worker(build: &str, folder: &Path, draft: &Path) -> Result<String> {
    let kept: Vec<String> = files::below(folder)?
        .iter()
        .map(|file| file.file_name().unwrap_or_default().to_string_lossy().into_owned())
        .collect();
    let script = output(esbuild().arg(at("public/sw.js")))?;
    let version = build_name(&[draft.join("index.html")])?;
    fill(&script, &[("{{version}}", &version), ("{{build}}", build), ("{{files}}", &kept.join(" "))])
}

/// A page with its marks filled in. Style goes into the page, because a style sheet of its own would be one more trip before the
/// first paint. Script and wasm are asked for at once, because one would wait for the other otherwise.
fn page(front_end: &FrontEnd, source: &str, folder: &str, style: &str) -> Result<String> {
    let name = front_end.name;
    let head = format!(
        "<link rel=\"modulepreload\" href=\"{folder}/{name}.js\">\
         <link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" crossorigin href=\"{folder}/{name}_bg.wasm\">"
    );
    let css = format!("<style>{}</style>", output(esbuild().arg(at(style)))?.trim());
    // Only made shorter: whatever is newer than this script would keep an old browser from showing the cover.
    let cover = output(program(at(ESBUILD)).args(["--minify", "--target=es5"]).arg(at("src/cover.js")))?;
    let cover = format!("<script>{}</script>", cover.trim());
    let marks = [("<!--head-->", head.as_str()), ("<!--css-->", &css), ("<!--cover-->", &cover), ("{{boot}}", folder)];
    Ok(without_comments(&fill(&files::text(&at(source))?, &marks)?))
}

/// `text` with every mark filled in; one that is not there is a mistake.
fn fill(text: &str, marks: &[(&str, &str)]) -> Result<String> {
    let mut text = text.to_owned();
    for (mark, filling) in marks {
        if !text.contains(mark) {
            return Err(format!("there is no {mark} to fill in"));
        }
        text = text.replace(mark, filling);
    }
    Ok(text)
}

/// Leaves out what is said to the reader of the source. Marks for the server have no space after the dashes.
fn without_comments(page: &str) -> String {
    let mut rest = page;
    let mut kept = String::new();
    while let Some((before, comment)) = rest.split_once("<!-- ") {
        kept.push_str(before.trim_end());
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    kept + rest
}

fn outfile(path: &Path) -> String {
    format!("--outfile={}", path.display())
}

fn esbuild() -> Command {
    let mut command = program(at(ESBUILD));
    command.args(["--bundle", "--minify", "--format=esm", "--log-level=warning", "--legal-comments=none"]);
    command.args(["--charset=utf8", BROWSERS]);
    command
}

#[cfg(test)]
mod tests {
    use super::{fill, without_comments};

    #[test]
    fn comments_go_and_marks_stay() {
        assert_eq!(without_comments("<p>\n<!-- why -->\n<b></b><!--first-->"), "<p>\n<b></b><!--first-->");
    }

    #[test]
    fn every_mark_is_filled_in_and_none_is_missing() {
        assert_eq!(fill("a {{b}} {{b}}", &[("{{b}}", "c")]).as_deref(), Ok("a c c"));
        assert!(fill("a", &[("{{b}}", "c")]).is_err());
    }
}
