//! `Effect::Signal`: a sound and a tremor, for somebody whose eyes are on what is in the hands.

use leptos::ev;
use leptos::prelude::*;
use screens::Signal;
use web_sys::{AudioContext, AudioContextState, OscillatorType};

thread_local! {
    /// One for the whole run: browsers allow few, and let one sound only after a tap.
    static SOUND: std::cell::RefCell<Option<AudioContext>> = const { std::cell::RefCell::new(None) };
}

/// A note: its pitch in hertz, its beginning and its end in seconds.
type Note = (f32, f64, f64);

/// Up a fifth: done.
const GOOD: &[Note] = &[(660.0, 0.0, 0.09), (990.0, 0.1, 0.24)];
/// The same low note twice: stop and look.
const BAD: &[Note] = &[(196.0, 0.0, 0.18), (196.0, 0.26, 0.5)];
const VOLUME: f32 = 0.25;
/// Milliseconds of trembling.
const GOOD_TREMOR: u32 = 60;
/// Milliseconds of trembling, of rest, and so on.
const BAD_TREMOR: [u32; 3] = [180, 90, 240];

/// Wakes the sound at the first tap: a reply that comes later is no tap, and would stay silent. For the front end's start.
pub fn prepare() {
    let _ = window_event_listener(ev::pointerdown, |_| with_sound(|_| ()));
    let _ = window_event_listener(ev::keydown, |_| with_sound(|_| ()));
}

/// Gives a signal. Brought as a [tool](super::Tools).
pub fn signal(signal: Signal) {
    let (notes, form) = match signal {
        Signal::Good => (GOOD, OscillatorType::Sine),
        Signal::Bad => (BAD, OscillatorType::Square),
    };
    with_sound(|sound| {
        for note in notes {
            let _ = play(sound, form, *note);
        }
    });
    tremble(signal);
}

fn with_sound(act: impl FnOnce(&AudioContext)) {
    SOUND.with_borrow_mut(|kept| {
        if kept.is_none() {
            *kept = AudioContext::new().ok();
        }
        if let Some(sound) = kept {
            if sound.state() == AudioContextState::Suspended
                && let Ok(promise) = sound.resume()
            {
                super::hush(promise);
            }
            act(sound);
        }
    });
}

fn play(sound: &AudioContext, form: OscillatorType, (pitch, begin, end): Note) -> Result<(), wasm_bindgen::JsValue> {
    let (voice, volume) = (sound.create_oscillator()?, sound.create_gain()?);
    let now = sound.current_time();
    voice.set_type(form);
    voice.frequency().set_value(pitch);
    volume.gain().set_value_at_time(VOLUME, now + begin)?;
    // Faded out, because an end in the middle of a wave is a click.
    volume.gain().linear_ramp_to_value_at_time(0.0, now + end)?;
    voice.connect_with_audio_node(&volume)?;
    volume.connect_with_audio_node(&sound.destination())?;
    voice.start_with_when(now + begin)?;
    voice.stop_with_when(now + end)
}

/// Where the device can.
fn tremble(signal: Signal) {
    let navigator = window().navigator();
    // Safari has no such thing.
    if !js_sys::Reflect::has(&navigator, &"vibrate".into()).unwrap_or_default() {
        return;
    }
    match signal {
        Signal::Good => navigator.vibrate_with_duration(GOOD_TREMOR),
        Signal::Bad => navigator.vibrate_with_pattern(&js_sys::Uint32Array::from(&BAD_TREMOR[..])),
    };
}
