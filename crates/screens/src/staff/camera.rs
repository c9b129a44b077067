//! What surrounds the camera's picture: nothing that moves, so it is no screen of its own.

use catalogue::text::staff_camera as words;

use crate::env::Env;

/// What surrounds the camera's picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// What to do.
    pub hint: String,
    /// Closes it; the code can be typed as well.
    pub close: String,
}

/// In words.
pub fn view(env: &Env) -> View {
    let locale = env.locale;
    View { hint: words::hint(locale).to_owned(), close: words::close(locale).to_owned() }
}
