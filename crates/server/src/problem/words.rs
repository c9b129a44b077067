//! The words of problems, out of the catalogue.

use catalogue::Locale;
use catalogue::text::problem as words;
use contract::Code;

/// What happened.
pub fn title(code: Code, locale: Locale) -> &'static str {
    match code {
        Code::MalformedBody => words::malformed_body_title(locale),
        Code::MalformedParameter => words::malformed_parameter_title(locale),
        Code::IdempotencyKeyMissing => words::idempotency_key_missing_title(locale),
        Code::SessionMissing => words::session_missing_title(locale),
        Code::ServiceTokenWrong => words::service_token_wrong_title(locale),
        Code::CrossSite => words::cross_site_title(locale),
        Code::NotEnrolled => words::not_enrolled_title(locale),
        Code::NotFound => words::not_found_title(locale),
        Code::WechatNotSetUp => words::wechat_not_set_up_title(locale),
        Code::MethodNotAllowed => words::method_not_allowed_title(locale),
        Code::AlreadyMember => words::already_member_title(locale),
        Code::PhoneBindingRequired => words::phone_binding_required_title(locale),
        Code::IdempotencyInProgress => words::idempotency_in_progress_title(locale),
        Code::ReceiptConflict => words::receipt_conflict_title(locale),
        Code::RefundTooLarge => words::refund_too_large_title(locale),
        Code::OutOfStock => words::out_of_stock_title(locale),
        Code::InsufficientPoints => words::insufficient_points_title(locale),
        Code::PriceChanged => words::price_changed_title(locale),
        Code::TierTooLow => words::tier_too_low_title(locale),
        Code::GiftLimitReached => words::gift_limit_reached_title(locale),
        Code::TooManyReservations => words::too_many_reservations_title(locale),
        Code::ReservationState => words::reservation_state_title(locale),
        Code::ExtensionsSpent => words::extensions_spent_title(locale),
        Code::VariantMismatch => words::variant_mismatch_title(locale),
        Code::PassNotReady => words::pass_not_ready_title(locale),
        Code::PassNotShown => words::pass_not_shown_title(locale),
        Code::NoExchange => words::no_exchange_title(locale),
        Code::StaffSessionMissing => words::staff_session_missing_title(locale),
        Code::RoleMissing => words::role_missing_title(locale),
        Code::WechatBindingMissing => words::wechat_binding_missing_title(locale),
        Code::CredentialsWrong => words::credentials_wrong_title(locale),
        Code::PickupCodeWrong => words::pickup_code_wrong_title(locale),
        Code::SignInLocked => words::sign_in_locked_title(locale),
        Code::PickupLocked => words::pickup_locked_title(locale),
        Code::VersionStale => words::version_stale_title(locale),
        Code::BodyTooLarge => words::body_too_large_title(locale),
        Code::MediaTypeUnsupported => words::media_type_unsupported_title(locale),
        Code::InputInvalid => words::input_invalid_title(locale),
        Code::IdempotencyKeyReused => words::idempotency_key_reused_title(locale),
        Code::CodeWrong => words::code_wrong_title(locale),
        Code::CodeExpired => words::code_expired_title(locale),
        Code::WechatCodeRefused => words::wechat_code_refused_title(locale),
        Code::WechatBindingExpired => words::wechat_binding_expired_title(locale),
        Code::VersionMissing => words::version_missing_title(locale),
        Code::TooManyRequests => words::too_many_requests_title(locale),
        Code::CodeQuotaSpent => words::code_quota_spent_title(locale),
        Code::Internal => words::internal_title(locale),
        Code::Unavailable => words::unavailable_title(locale),
    }
}

/// What to do about it.
pub fn detail(code: Code, locale: Locale) -> &'static str {
    match code {
        Code::MalformedBody => words::malformed_body_detail(locale),
        Code::MalformedParameter => words::malformed_parameter_detail(locale),
        Code::IdempotencyKeyMissing => words::idempotency_key_missing_detail(locale),
        Code::SessionMissing => words::session_missing_detail(locale),
        Code::ServiceTokenWrong => words::service_token_wrong_detail(locale),
        Code::CrossSite => words::cross_site_detail(locale),
        Code::NotEnrolled => words::not_enrolled_detail(locale),
        Code::NotFound => words::not_found_detail(locale),
        Code::WechatNotSetUp => words::wechat_not_set_up_detail(locale),
        Code::MethodNotAllowed => words::method_not_allowed_detail(locale),
        Code::AlreadyMember => words::already_member_detail(locale),
        Code::PhoneBindingRequired => words::phone_binding_required_detail(locale),
        Code::IdempotencyInProgress => words::idempotency_in_progress_detail(locale),
        Code::ReceiptConflict => words::receipt_conflict_detail(locale),
        Code::RefundTooLarge => words::refund_too_large_detail(locale),
        Code::OutOfStock => words::out_of_stock_detail(locale),
        Code::InsufficientPoints => words::insufficient_points_detail(locale),
        Code::PriceChanged => words::price_changed_detail(locale),
        Code::TierTooLow => words::tier_too_low_detail(locale),
        Code::GiftLimitReached => words::gift_limit_reached_detail(locale),
        Code::TooManyReservations => words::too_many_reservations_detail(locale),
        Code::ReservationState => words::reservation_state_detail(locale),
        Code::ExtensionsSpent => words::extensions_spent_detail(locale),
        Code::VariantMismatch => words::variant_mismatch_detail(locale),
        Code::PassNotReady => words::pass_not_ready_detail(locale),
        Code::PassNotShown => words::pass_not_shown_detail(locale),
        Code::NoExchange => words::no_exchange_detail(locale),
        Code::StaffSessionMissing => words::staff_session_missing_detail(locale),
        Code::RoleMissing => words::role_missing_detail(locale),
        Code::WechatBindingMissing => words::wechat_binding_missing_detail(locale),
        Code::CredentialsWrong => words::credentials_wrong_detail(locale),
        Code::PickupCodeWrong => words::pickup_code_wrong_detail(locale),
        Code::SignInLocked => words::sign_in_locked_detail(locale),
        Code::PickupLocked => words::pickup_locked_detail(locale),
        Code::VersionStale => words::version_stale_detail(locale),
        Code::BodyTooLarge => words::body_too_large_detail(locale),
        Code::MediaTypeUnsupported => words::media_type_unsupported_detail(locale),
        Code::InputInvalid => words::input_invalid_detail(locale),
        Code::IdempotencyKeyReused => words::idempotency_key_reused_detail(locale),
        Code::CodeWrong => words::code_wrong_detail(locale),
        Code::CodeExpired => words::code_expired_detail(locale),
        Code::WechatCodeRefused => words::wechat_code_refused_detail(locale),
        Code::WechatBindingExpired => words::wechat_binding_expired_detail(locale),
        Code::VersionMissing => words::version_missing_detail(locale),
        Code::TooManyRequests => words::too_many_requests_detail(locale),
        Code::CodeQuotaSpent => words::code_quota_spent_detail(locale),
        Code::Internal => words::internal_detail(locale),
        Code::Unavailable => words::unavailable_detail(locale),
    }
}

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $words:ident;)*) => {
        /// What can be wrong with a field of the input.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Fault { $($(#[$doc])* $name,)* }

        impl Fault {
            /// Stable, kebab-case; as on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Fault::$name => $text,)* }
            }
            /// In the caller's language.
            pub fn words(self, locale: Locale) -> &'static str {
                match self { $(Fault::$name => words::$words(locale),)* }
            }
        }
    };
}

faults! {
    /// Not a phone number.
    PhoneMalformed = "phone-malformed", field_phone_malformed;
    /// Empty, or longer than 40 characters.
    NameLength = "name-length", field_name_length;
    /// Not in the past, or before 1900.
    BirthdayRange = "birthday-range", field_birthday_range;
    /// Not a mail address.
    EmailMalformed = "email-malformed", field_email_malformed;
    /// Longer than 200 characters.
    AddressLength = "address-length", field_address_length;
    /// No such counter.
    CounterUnknown = "counter-unknown", field_counter_unknown;
    /// The programme asks for an answer and got none.
    ConsentMissing = "consent-missing", field_consent_missing;
    /// Refused, but there is no membership without it.
    ConsentRequired = "consent-required", field_consent_required;
    /// An answer to an older text.
    ConsentOutdated = "consent-outdated", field_consent_outdated;
    /// An answer to what was not asked.
    ConsentUnknown = "consent-unknown", field_consent_unknown;
    /// A template that nobody is asked about, or one that was answered already.
    TemplateUnknown = "template-unknown", field_template_unknown;
    /// None, or more than WeChat asks at once.
    AnswersCount = "answers-count", field_answers_count;
    /// A language the portal does not speak.
    LanguageUnknown = "language-unknown", field_language_unknown;
    /// Not `HH:MM`.
    TimeMalformed = "time-malformed", field_time_malformed;
    /// From and to are the same.
    QuietHoursEmpty = "quiet-hours-empty", field_quiet_hours_empty;
    /// Empty, or longer than 64 characters.
    NumberLength = "number-length", field_number_length;
    /// Nobody has this card, phone or identifier.
    MemberUnknown = "member-unknown", field_member_unknown;
    /// Negative, zero where that makes no sense, or beyond what a purchase can be.
    AmountRange = "amount-range", field_amount_range;
    /// Not the programme's currency.
    CurrencyWrong = "currency-wrong", field_currency_wrong;
    /// Later than now.
    InstantFuture = "instant-future", field_instant_future;
    /// No such variant, or not one this can be exchanged for.
    VariantUnknown = "variant-unknown", field_variant_unknown;
    /// Nothing that a scanner reads off a unit.
    BarcodeMalformed = "barcode-malformed", field_barcode_malformed;
    /// Empty, or longer than 200 characters.
    ReasonLength = "reason-length", field_reason_length;
    /// Longer than 200 characters.
    NoteLength = "note-length", field_note_length;
    /// More or fewer units than can be.
    QuantityRange = "quantity-range", field_quantity_range;
    /// More lines than a receipt has.
    LinesTooMany = "lines-too-many", field_lines_too_many;
}
