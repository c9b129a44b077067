//! Brotli beside every file that a browser asks for, so that the server compresses nothing.

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use std::fs;
use std::path::Path;

/// Writes `FILE.br` beside every file of `folder` and its folders that gets smaller by it.
pub fn folder(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            self::folder(&path)?;
        } else if path.extension().is_none_or(|extension| extension != "br") {
            file(&path)?;
        }
    }
    Ok(())
}

fn file(path: &Path) -> Result<()> {
    let content = fs::read(path)?;
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut content.as_slice(), &mut packed, &parameters)?;
    if packed.len() < content.len() {
        let mut name = path.as_os_str().to_owned();
        name.push(".br");
        fs::write(&name, packed)?;
    }
    Ok(())
}
