//! What the environment of the process says: where caches are kept, and settings of the book.

use std::env;
use std::path::PathBuf;
use std::time::SystemTime;

use super::book;
use crate::build::Given;
use crate::config::Setting;
use crate::disk::{Cache, Environment};

/// The variable that names a folder for caches.
pub(super) const CACHE_DIR: &str = "PRECEDENT_CACHE_DIR";

/// The variable that names a folder for what must not get lost.
const STATE_DIR: &str = "PRECEDENT_STATE_DIR";

/// The variable with the address of a webhook, where no other is named.
pub(super) const WEBHOOK: &str = "PRECEDENT_WEBHOOK";

/// Returns the folder for what must not get lost; nothing where the user has none.
pub(super) fn state_dir() -> Option<PathBuf> {
    use etcetera::BaseStrategy;

    let named = env::var_os(STATE_DIR).filter(|value| !value.is_empty()).map(PathBuf::from);
    let of_user = || {
        let base = etcetera::choose_base_strategy().ok()?;
        Some(base.state_dir().unwrap_or_else(|| base.data_dir()).join("precedent"))
    };
    named.map(|named| std::path::absolute(&named).unwrap_or(named)).or_else(of_user)
}

/// Reads the environment; an option of the command line holds before a variable.
pub(super) fn read(cache_dir: Option<PathBuf>) -> Environment {
    let settings = env::vars_os().filter_map(|(name, value)| Setting::of_variable(name.to_str()?, value.to_str()?));
    let mut settings: Vec<Setting> = settings.collect();
    // The order in which a system gives its variables is its own.
    settings.sort_by_cached_key(|setting| format!("{setting:?}"));
    let given = Given { settings, ..Given::default() };
    Environment { today: book::today, now: SystemTime::now, cache: cache(cache_dir), given }
}

fn cache(named: Option<PathBuf>) -> Cache {
    let variable = || env::var_os(CACHE_DIR).filter(|value| !value.is_empty()).map(PathBuf::from);
    match named.or_else(variable) {
        Some(named) => Cache::Named(std::path::absolute(&named).unwrap_or(named)),
        None => etcetera::choose_base_strategy()
            .map_or(Cache::Memory, |base| Cache::OfUser(etcetera::BaseStrategy::cache_dir(&base).join("precedent"))),
    }
}
