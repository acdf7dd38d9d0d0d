//! The least that anything like this must do: read, parse, index, write.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::process::{Cost, cost};
use super::{Result, files, is_markdown};

/// The argument that makes this program the limit.
pub const NAME: &str = "limit";

/// Runs the limit as a process of its own.
pub fn command(root: &Path, site: &Path, out: &Path) -> Result<Cost> {
    cost(Command::new(std::env::current_exe()?).arg(NAME).args([root, site, out]))
}

/// Reads the pages of a book, parses and indexes them, and writes files of the names and sizes of a site.
pub fn reach(book: &Path, site: &Path, out: &Path) -> Result<()> {
    let mut builder = tantivy::schema::Schema::builder();
    let field = builder.add_text_field("text", tantivy::schema::TEXT);
    let index = tantivy::Index::create_in_ram(builder.build());
    let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(2, 120_000_000)?;
    let mut html = String::new();
    for path in files(book)?.iter().filter(|path| is_markdown(path)) {
        let text = fs::read_to_string(path)?;
        html.clear();
        for event in pulldown_cmark::Parser::new_ext(&text, pulldown_cmark::Options::all()) {
            if let pulldown_cmark::Event::Text(text) | pulldown_cmark::Event::Code(text) = event {
                html.push_str(&text);
            }
        }
        let mut document = tantivy::TantivyDocument::new();
        document.add_text(field, &html);
        writer.add_document(document)?;
    }
    writer.commit()?;
    let made = files(site)?;
    let sizes = made.iter().map(|path| Ok((path, usize::try_from(fs::metadata(path)?.len())?)));
    let sizes = sizes.collect::<Result<Vec<_>>>()?;
    let bytes = vec![b'x'; sizes.iter().map(|(_, size)| *size).max().unwrap_or(0)];
    for (path, size) in sizes {
        let place = out.join(path.strip_prefix(site)?);
        fs::create_dir_all(place.parent().ok_or("a file lies in a folder")?)?;
        fs::write(place, &bytes[..size])?;
    }
    Ok(())
}
