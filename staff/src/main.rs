//! The counter's application in a browser.

fn main() {
    staff::app::start();
}
