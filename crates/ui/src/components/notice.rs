//! What has to be said above or beside contents.

use leptos::prelude::*;
use screens::view::{Alert, Banner};

use crate::components::icon::{DONE, NOTICE, icon};
use crate::intent::Act;

/// An error of something she did; read out when it appears.
pub fn alert(alert: Option<Alert>) -> AnyView {
    alert
        .map(|Alert { title, detail }| {
            view! {
                <div class="notice bad" role="alert">
                    {icon(NOTICE)}
                    <p><strong>{title}</strong>{detail}</p>
                </div>
            }
        })
        .into_any()
}

/// Contents below are older than they should be; read out when it appears.
pub fn banner(banner: Option<Banner>, retry: Act) -> AnyView {
    banner
        .map(|Banner { text, retry: label, busy }| {
            view! {
                <div class="notice" role="status">
                    {icon(NOTICE)}
                    <p>{text}</p>
                    <button type="button" class="link" aria-disabled=busy.then_some("true") on:click=move |_| retry()>
                        {label}
                    </button>
                </div>
            }
        })
        .into_any()
}

/// Something to know, quietly.
pub fn note(text: Option<String>) -> AnyView {
    text.map(|text| {
        view! {
            <div class="notice" role="status">
                {icon(NOTICE)}
                <p>{text}</p>
            </div>
        }
    })
    .into_any()
}

/// It is saved. Read out by the screen's own announcement, so it is silent here.
pub fn saved(text: Option<String>) -> AnyView {
    text.map(|text| view! { <p class="saved">{icon(DONE)}{text}</p> }).into_any()
}
