//! Icons: strokes on a grid of 24. They lie in `style/icons`, where the mini-program's style finds them, too.

use leptos::prelude::*;

/// A square of modules.
pub const CODE: &str = include_str!("../../../../style/icons/code.path");
/// Back to where one came from.
pub const BACK: &str = include_str!("../../../../style/icons/back.path");
/// On to where it leads.
pub const ON: &str = include_str!("../../../../style/icons/on.path");
/// It is done.
pub const DONE: &str = include_str!("../../../../style/icons/done.path");
/// Something to know.
pub const NOTICE: &str = include_str!("../../../../style/icons/notice.path");

/// One of the above. Words beside it say what it means, so it is silent.
pub fn icon(path: &'static str) -> AnyView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=path/></svg> }.into_any()
}
