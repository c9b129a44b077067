//! The portal in a browser.

fn main() {
    portal::app::start();
}
