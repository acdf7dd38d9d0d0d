//! Who owns which file, as a CODEOWNERS file says it.
//!
//! The file's text comes in, in GitHub's form or in GitLab's; a path goes in, and its owners come out. What cannot be
//! understood is left out, as both hosts do, and named.
//!
//! **Patterns** follow `.gitignore`: one with a `/` at its start or inside is a place from the root on, any other is a
//! name in every folder; `docs/` is all below, `docs/*` only what lies directly there, `*` everything. Braces are
//! plain characters. The last pattern that means a path decides, and one without owners takes ownership away.
//!
//! **Sections** (`[Database]`, `^[Optional]`, `[Security][2] @default`) are GitLab's: each decides for itself, a path
//! has the owners of all of them, and a pattern without owners has its section's. In a section `!pattern` takes a path
//! out for good. In a file with sections every place is meant in any folder unless it starts with `/`, as GitLab has it.
//! See <https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners>
//! and <https://docs.gitlab.com/user/project/codeowners/reference/>.

mod line;

use std::collections::BTreeSet;

use crate::glob::{Glob, Globs};
use line::Line;

/// Where a repository keeps the file. The first that exists counts.
pub const PLACES: &[&str] = &[".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/// A line that is left out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fault {
    /// The line's number, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// What a CODEOWNERS file says.
#[derive(Debug, Clone)]
pub struct Owners {
    sections: Vec<Section>,
    faults: Vec<Fault>,
}

impl Owners {
    /// Reads a CODEOWNERS file.
    pub fn read(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines: Vec<(usize, Result<Line, String>)> =
            text.lines().enumerate().map(|(at, line)| (at + 1, line::read(line))).collect();
        let has_sections = lines.iter().any(|(_, line)| matches!(line, Ok(Line::Section { .. })));
        let host = if has_sections { Host::GitLab } else { Host::GitHub };
        let mut drafts = vec![Draft::default()];
        let mut here = 0;
        let mut faults = Vec::new();
        for (number, line) in lines {
            let taken = line.and_then(|line| match line {
                Line::Nothing => Ok(()),
                Line::Section { name, owners } => {
                    here = enter(&mut drafts, &name, owners);
                    Ok(())
                }
                Line::Rule { pattern, owners } => drafts[here].add(&pattern, owners, host),
                Line::Exclusion { pattern } => drafts[here].exclude(&pattern, host),
            });
            faults.extend(taken.err().map(|message| Fault { line: number, message }));
        }
        Self { sections: drafts.into_iter().map(Section::from).collect(), faults }
    }

    /// Returns the owners of a path, in the order of the file, each once: `@name`, `@organisation/team` or an address.
    pub fn of(&self, path: &str) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let owners = self.sections.iter().flat_map(|section| section.owners(path)).map(String::as_str);
        owners.filter(|owner| seen.insert(*owner)).collect()
    }

    /// Returns the lines that are left out, in order.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

/// By whose rules a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Host {
    GitHub,
    GitLab,
}

/// A section while the file is read. The first has no name and holds the lines before any heading.
#[derive(Debug, Default)]
struct Draft {
    name: String,
    /// Who owns what a pattern without owners means.
    default: Vec<String>,
    globs: Vec<Glob>,
    /// The rule of each glob.
    rules: Vec<usize>,
    owners: Vec<Vec<String>>,
    excluded: Vec<Glob>,
}

impl Draft {
    fn add(&mut self, pattern: &str, owners: Vec<String>, host: Host) -> Result<(), String> {
        let globs = globs(pattern, host)?;
        self.rules.extend(globs.iter().map(|_| self.owners.len()));
        self.globs.extend(globs);
        self.owners.push(if owners.is_empty() { self.default.clone() } else { owners });
        Ok(())
    }

    fn exclude(&mut self, pattern: &str, host: Host) -> Result<(), String> {
        if host == Host::GitHub {
            return Err("`!` takes nothing away here; write the pattern without owners further down".to_owned());
        }
        self.excluded.extend(globs(pattern, host)?);
        Ok(())
    }
}

/// Returns the place of the section with a name, which goes on where a heading repeats it.
fn enter(drafts: &mut Vec<Draft>, name: &str, default: Vec<String>) -> usize {
    let name = name.to_lowercase();
    let at = drafts.iter().skip(1).position(|draft| draft.name == name).map_or(drafts.len(), |at| at + 1);
    if at == drafts.len() {
        drafts.push(Draft { name, ..Draft::default() });
    }
    if !default.is_empty() {
        drafts[at].default = default;
    }
    at
}

/// A section as it is asked.
#[derive(Debug, Clone)]
struct Section {
    globs: Globs,
    rules: Vec<usize>,
    owners: Vec<Vec<String>>,
    excluded: Globs,
}

impl Section {
    fn owners(&self, path: &str) -> &[String] {
        let last = if self.excluded.matches(path) { None } else { self.globs.last(path) };
        last.map_or(&[], |glob| &self.owners[self.rules[glob]])
    }
}

impl From<Draft> for Section {
    fn from(draft: Draft) -> Self {
        let Draft { name: _, default: _, globs, rules, owners, excluded } = draft;
        Self { globs: globs.into_iter().collect(), rules, owners, excluded: excluded.into_iter().collect() }
    }
}

/// Returns what a pattern of CODEOWNERS means, in the words of [`Glob`].
fn globs(pattern: &str, host: Host) -> Result<Vec<Glob>, String> {
    let segments: Vec<&str> = pattern.split('/').filter(|segment| !segment.is_empty()).collect();
    let (Some(last), body) = (segments.last(), segments.join("/").replace('{', "\\{").replace('}', "\\}")) else {
        return Err(format!("`{pattern}` means no file; write `*` for all"));
    };
    let is_place = pattern.starts_with('/') || (host == Host::GitHub && segments.len() > 1);
    let place = if is_place { "/" } else { "**/" };
    let readings = match (pattern.ends_with('/'), *last) {
        (true, _) => vec![format!("{place}{body}/**")],
        (false, "*") => vec![format!("{place}{body}")],
        (false, _) => vec![format!("{place}{body}"), format!("{place}{body}/**")],
    };
    let as_written = |reading, message: String| message.replacen(reading, pattern, 1);
    readings.iter().map(|reading| Glob::new(reading).map_err(|fault| as_written(reading, fault.message))).collect()
}

#[cfg(test)]
mod tests;
