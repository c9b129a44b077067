//! Files: reading and writing with an error that names the file, and fingerprints that say whether work can be skipped.

use crate::step::Result;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

/// A file's bytes.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(named(path))
}

/// A file's text.
pub fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(named(path))
}

/// Writes a file, and the folders on the way to it.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(named(folder))?;
    }
    fs::write(path, content).map_err(named(path))
}

/// An empty folder, whatever was there before.
pub fn empty(folder: &Path) -> Result {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(named(folder))?;
    }
    fs::create_dir_all(folder).map_err(named(folder))
}

/// Copies a file, or a folder with all in it.
pub fn copy(from: &Path, to: &Path) -> Result {
    for file in below(from)? {
        let target = file
            .strip_prefix(from)
            .map_or_else(|_| to.to_owned(), |rest| if rest == Path::new("") { to.to_owned() } else { to.join(rest) });
        write(&target, read(&file)?)?;
    }
    Ok(())
}

/// All files below a folder, sorted; the file itself for a file; nothing for what is not there.
pub fn below(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(if path.exists() { vec![path.to_owned()] } else { vec![] });
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(named(path))? {
        found.extend(below(&entry.map_err(named(path))?.path())?);
    }
    found.sort();
    Ok(found)
}

/// A fingerprint of names and contents. Not proof against forgery; it only has to notice a change.
pub fn fingerprint(paths: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        for file in below(path)? {
            hasher.write(file.as_os_str().as_encoded_bytes());
            hasher.write(&read(&file)?);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// A note of what was built last, to skip work when nothing has changed.
pub struct Stamp {
    path: PathBuf,
    now: String,
}

impl Stamp {
    /// The note at `path`, to be compared with the state `now`.
    pub fn new(path: PathBuf, now: String) -> Self {
        Self { path, now }
    }

    /// Whether the last work was on the same state.
    pub fn fresh(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|then| then == self.now)
    }

    /// Notes that the work is done.
    pub fn set(&self) -> Result {
        write(&self.path, &self.now)
    }
}

fn named(path: &Path) -> impl Fn(std::io::Error) -> String {
    move |error| format!("{}: {error}", path.display())
}
