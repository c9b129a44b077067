//! Icons: strokes on a grid of 24.

use leptos::prelude::*;

/// A square of modules.
pub const CODE: &str =
    "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM17.5 17.5H20V20h-2.5zM20 14v.01M14 20v.01";
/// Back to where one came from.
pub const BACK: &str = "m14.5 5.5-6.5 6.5 6.5 6.5";
/// On to where it leads.
pub const ON: &str = "m9.5 5.5 6.5 6.5-6.5 6.5";
/// It is done.
pub const DONE: &str = "m5 12.5 4.5 4.5L19 7.5";
/// Something to know.
pub const NOTICE: &str = "M12 8v5M12 16.2v.01M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z";

/// One of the above. Words beside it say what it means, so it is silent.
pub fn icon(path: &'static str) -> AnyView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=path/></svg> }.into_any()
}
