//! Puts `dist/` together: one folder for everything of one build, the page that loads it, and what has a fixed address.

use crate::files;
use crate::portal::xtask_wasm;
use crate::step::{Result, at, output, program, say};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The oldest browsers that can start the portal: its wasm uses reference types, its policy `'wasm-unsafe-eval'`.
const BROWSERS: &str = "--target=chrome97,firefox102,safari16";

/// Makes `dist` anew from the wasm `package`, `index.html`, `style/` and `public/`.
pub fn build(package: &Path, dist: &Path) -> Result {
    say("putting dist/ together");
    let draft = at("target/portal/dist");
    files::empty(&draft)?;
    files::copy(&at("public"), &draft)?;

    // Main part and chunks of different builds must never mix, and names of chunks hash source positions, not contents:
    // one folder, named by the contents of all, cacheable for ever. A deployment keeps the folders of earlier builds
    // for pages that are still open.
    let folder = format!("{:.12}", files::fingerprint(&files::below(package)?)?);
    let target = draft.join(&folder);
    // The splitter's loader and the bindings import each other; as one file they are one trip.
    output(esbuild().arg(package.join("portal.js")).arg(format!("--outfile={}", target.join("portal.js").display())))?;
    for file in files::below(package)?.iter().filter(|file| file.extension().is_some_and(|kind| kind == "wasm")) {
        files::copy(file, &target.join(file.file_name().unwrap_or_default()))?;
    }
    files::write(&draft.join("index.html"), page(&folder)?)?;

    output(xtask_wasm().arg("brotli").arg(&draft))?;
    if dist.exists() {
        fs::remove_dir_all(dist).map_err(|error| error.to_string())?;
    }
    fs::rename(&draft, dist).map_err(|error| error.to_string())
}

/// `index.html` with its marks filled in. Style goes into the page, because a style sheet of its own would be one more
/// trip before the first paint. Script and wasm are asked for at once, because one would wait for the other otherwise.
fn page(folder: &str) -> Result<String> {
    let head = format!(
        "<link rel=\"modulepreload\" href=\"/{folder}/portal.js\">\
         <link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" crossorigin href=\"/{folder}/portal_bg.wasm\">"
    );
    let css = output(esbuild().arg(at("style/index.css")))?;
    let css = format!("<style>{}</style>", css.trim());
    let mut page = files::text(&at("index.html"))?;
    for (mark, filling) in [("<!--head-->", head.as_str()), ("<!--css-->", &css), ("{{boot}}", folder)] {
        if !page.contains(mark) {
            return Err(format!("index.html has no {mark}"));
        }
        page = page.replace(mark, filling);
    }
    Ok(without_comments(&page))
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

fn esbuild() -> Command {
    let mut command = program(at("node_modules/.bin/esbuild"));
    command.args(["--bundle", "--minify", "--format=esm", "--log-level=warning", "--legal-comments=none"]);
    command.args(["--charset=utf8", BROWSERS]);
    command
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_go_and_marks_stay() {
        assert_eq!(without_comments("<p>\n<!-- why -->\n<b></b><!--first-->"), "<p>\n<b></b><!--first-->");
    }
}
