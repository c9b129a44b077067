//! Which variant, and where to collect it.

use leptos::prelude::*;
use screens::gift::{VARIANTS, VariantCard, Variants};
use screens::picker::{COUNTERS, CounterRow, GONE, Group, PickerView, RowState};
use screens::variant::VariantWords;

use crate::components::button::other;
use crate::components::icon::{NOTICE, icon};
use crate::intent::{Act, With};

/// Which variant.
pub(crate) fn variants(variants: Variants, choose: With<String>) -> AnyView {
    let Variants { heading, cards, locked } = variants;
    let cards: Vec<_> = cards.into_iter().map(|one| card(one, choose.clone())).collect();
    view! {
        <fieldset class="picks" id=VARIANTS tabindex="-1" disabled=locked>
            <legend><h2>{heading}</h2></legend>
            <div>{cards}</div>
        </fieldset>
    }
    .into_any()
}

fn card(card: VariantCard, choose: With<String>) -> impl IntoView {
    let VariantCard { id, words, hers, chosen } = card;
    let VariantWords { label, fits, colour, mark } = words;
    view! {
        <label class="pick" data-colour=colour>
            <input type="radio" name="variant" checked=chosen prop:checked=chosen on:change=move |_| choose(id.clone())/>
            <span>
                <b>{label}</b>
                <small>{mark}</small>
                <small>{fits}</small>
                {hers.map(|hers| view! { <em>{hers}</em> })}
            </span>
        </label>
    }
}

/// Where to collect.
pub(crate) fn counters(picker: PickerView, choose: With<String>, near: Act) -> AnyView {
    let PickerView { heading, as_of, gone, near: nearest, note, empty, groups, locked } = picker;
    let gone = gone.map(|gone| {
        view! {
            <div class="notice bad" id=GONE tabindex="-1" role="alert">
                {icon(NOTICE)}
                <p><strong>{gone.title}</strong>{gone.detail}</p>
            </div>
        }
    });
    let groups: Vec<_> = groups.into_iter().map(|one| group(one, choose.clone())).collect();
    view! {
        <fieldset class="panel counters" id=COUNTERS tabindex="-1" disabled=locked>
            <legend><h2>{heading}</h2></legend>
            <div class="head">
                <p class="faint">{as_of}</p>
                {nearest.map(|button| other(button, near))}
            </div>
            {note.map(|note| view! { <p class="faint" role="status">{note}</p> })}
            {gone}
            {empty.map(|empty| view! { <p>{empty}</p> })}
            {groups}
        </fieldset>
    }
    .into_any()
}

fn group(group: Group, choose: With<String>) -> AnyView {
    let Group { heading, rows } = group;
    let rows: Vec<_> = rows.into_iter().map(|one| row(one, choose.clone())).collect();
    view! {
        {heading.map(|heading| view! { <h3>{heading}</h3> })}
        <ul>{rows}</ul>
    }
    .into_any()
}

fn row(row: CounterRow, choose: With<String>) -> AnyView {
    let CounterRow { id, name, detail, free, note, state } = row;
    let (chosen, held) = match state {
        // Shown, so that she does not look for it; nothing to choose.
        RowState::Shut => {
            return view! {
                <li class="shut">
                    <div><p>{name}</p><small>{detail}</small>{note.map(|note| view! { <em>{note}</em> })}</div>
                    <p>{free}</p>
                </li>
            }
            .into_any();
        }
        RowState::Open => (false, None),
        RowState::Chosen(held) => (true, Some(held)),
    };
    view! {
        <li>
            <label>
                <input type="radio" name="counter" checked=chosen prop:checked=chosen on:change=move |_| choose(id.clone())/>
                <div>
                    <p>{name}</p>
                    <small>{detail}</small>
                    {note.map(|note| view! { <em>{note}</em> })}
                    {held.map(|held| view! { <small class="held">{held}</small> })}
                </div>
                <p>{free}</p>
            </label>
        </li>
    }
    .into_any()
}
