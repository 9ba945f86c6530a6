//! What a migration is called: when it was written, and what for.

use std::time::{SystemTime, UNIX_EPOCH};

/// As long as a name is in what follows the time.
const SLUG: usize = 60;

/// As long as the time is: `YYYYMMDDHHMMSS`.
pub(super) const STAMP: usize = 14;

/// It is `YYYYMMDDHHMMSS_name`.
pub(super) fn is_name(name: &str) -> bool {
    name.split_once('_').is_some_and(|(time, rest)| {
        time.len() == STAMP && time.bytes().all(|byte| byte.is_ascii_digit()) && !rest.is_empty()
    })
}

/// The words with what is neither letter nor digit as `_`: `Add workers!` is `add_workers`.
pub(super) fn slug(words: &str) -> String {
    let lower = words.to_lowercase();
    let parts: Vec<_> =
        lower.split(|char: char| !char.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let mut slug = parts.join("_");
    slug.truncate(SLUG);
    if slug.is_empty() { "migration".to_owned() } else { slug.trim_end_matches('_').to_owned() }
}

/// The time, in UTC, as the first part of a name.
pub(super) fn stamp(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = date(days);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
}

/// The date of a day counted from 1970, by Howard Hinnant's `civil_from_days`.
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}
