//! Which state of a book its index has, so that a search tells without reading the book whether it is still that.

use std::path::Path;

use super::inventory::{Inventory, State};
use super::tells;
use crate::disk::error::Error;
use crate::disk::{read, write};
use crate::fingerprint::Fingerprint;
use crate::search::Index;

/// The largest list of files that is read, in bytes.
const LARGEST: u64 = 1 << 30;

/// What the index was made of.
pub(super) struct Known {
    /// The fingerprint of what the caller said of the settings, in figures.
    pub(super) settings: String,
    pub(super) language: String,
    /// The fingerprints of the [`State`], in figures; that of the folders is empty when they do not tell what has changed.
    pub(super) files: String,
    folders: String,
    inventory: Inventory,
}

impl Known {
    /// The name of its file.
    pub(super) const FILE: &str = "stamp";

    pub(super) fn new(language: &str, settings: String, files: Fingerprint, inventory: Inventory) -> Self {
        Self { language: language.to_owned(), settings, files: files.to_string(), folders: String::new(), inventory }
    }

    /// Reads it from the cache folder; nothing where there is none, or another version has written it.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        let text = String::from_utf8(read::regular(&folder.join(Self::FILE), LARGEST).ok()?).ok()?;
        let mut lines = text.splitn(6, '\n');
        let mut line = || lines.next().map(str::to_owned);
        let (version, settings, language, files, folders) = (line()?, line()?, line()?, line()?, line()?);
        let inventory = Inventory::read(line()?);
        (version == env!("CARGO_PKG_VERSION")).then_some(Self { settings, language, files, folders, inventory })
    }

    /// Writes it to the cache folder; the state of the book's folders only where they tell what is new in them.
    pub(super) fn write(mut self, folder: &Path, root: &Path, folders: Option<Fingerprint>) -> Result<(), Error> {
        if let Some(folders) = folders.filter(|_| tells::folders_tell(root)) {
            self.folders = folders.to_string();
        }
        let Self { settings, language, files, folders, inventory } = &self;
        let text = [env!("CARGO_PKG_VERSION"), settings, language, files, folders, inventory.as_str()].join("\n");
        write::atomically(&folder.join(Self::FILE), text.as_bytes())
    }

    /// Asks an index while the files are looked at, and says whether the book is still what the index was made of.
    pub(super) fn ask<Answer>(
        &self,
        index: Option<&Index>,
        root: &Path,
        question: impl Fn(&Index) -> Answer,
    ) -> (Option<Answer>, bool) {
        std::thread::scope(|scope| {
            let state = scope.spawn(|| self.inventory.state(root));
            let answer = index.map(question);
            let state = state.join().expect("a look gives nothing for what it cannot see");
            let same =
                |state: State| state.files.to_string() == self.files && state.folders.to_string() == self.folders;
            (answer, state.is_some_and(same))
        })
    }
}
