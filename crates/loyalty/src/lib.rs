//! The programme's rules as pure functions over plain types. No I/O, no clock.
