//! A message for a terminal. Nothing in it is escaped: who prints it drops what a terminal would obey.

use super::message::{Digest, Item};

/// Writes it, with a function that sets off what is given to it: a heading or title (`1`), or what is by the way (`2`).
pub fn text(digest: &Digest, paint: &dyn Fn(&str, &str) -> String) -> String {
    let mut out = format!("{}  {}\n", paint("1", &digest.title), paint("2", &digest.period));
    for part in &digest.parts {
        out += &format!("\n{}\n", paint("1", &part.heading));
        for Item { title, path, lines, by, .. } in &part.items {
            out += &format!("\n  {title}\n");
            lines.iter().for_each(|line| out += &format!("    {line}\n"));
            let about: Vec<&str> = [path.as_str(), by.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
            out += &format!("    {}\n", paint("2", &about.join("  ")));
        }
    }
    if let Some(small) = &digest.small {
        out += &format!("\n{}\n", paint("2", small));
    }
    out
}
