//! Recipes for CI services: the place of a book in its repository comes in, the files that check and publish it come out.
//!
//! What they run in a shell is the same for every service, and lies in files of its own: a service gives it `BASE`, the branch
//! that a change goes to, `FORK`, whether a stranger proposes it, and `SITE_URL`.

use super::NewFile;
use crate::path::BookPath;

/// A CI service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// GitHub Actions, with GitHub Pages.
    GitHub,
    /// GitLab CI, with GitLab Pages.
    GitLab,
    /// Jenkins.
    Jenkins,
    /// CircleCI.
    CircleCi,
    /// Azure Pipelines.
    Azure,
    /// Any that runs a shell.
    Shell,
}

/// What a recipe is for.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// The folder of the book, from the root of the repository.
    pub book: &'a BookPath,
    /// The branch that is published.
    pub branch: &'a str,
    /// The command that installs the program; empty where nobody has said it yet.
    pub install: &'a str,
}

/// Why there is no recipe.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    /// The folder of the book.
    #[error("the path `{0}` of the book has characters that a shell or a CI service would read otherwise")]
    Book(String),
    /// The branch.
    #[error("`{0}` is no name of a branch that every CI service reads as it is")]
    Branch(String),
    /// The command.
    #[error("the command that installs Precedent must be one line")]
    Install,
}

/// What is run in a shell, by the name that stands for it in a recipe.
const SCRIPTS: &[(&str, &str)] = &[
    ("@build.sh@", include_str!("../../templates/ci/build.sh")),
    ("@check.sh@", include_str!("../../templates/ci/check.sh")),
    ("@comment.sh@", include_str!("../../templates/ci/comment.sh")),
    ("@history.sh@", include_str!("../../templates/ci/history.sh")),
    ("@install.sh@", include_str!("../../templates/ci/install.sh")),
    ("@publish.sh@", include_str!("../../templates/ci/publish.sh")),
];

impl Service {
    /// Where the recipe lies in a repository, and its text.
    fn recipe(self) -> (&'static str, &'static str) {
        match self {
            Self::GitHub => (".github/workflows/precedent.yml", include_str!("../../templates/ci/github.yml")),
            Self::GitLab => (".gitlab/precedent.yml", include_str!("../../templates/ci/gitlab.yml")),
            Self::Jenkins => ("Jenkinsfile", include_str!("../../templates/ci/Jenkinsfile")),
            Self::CircleCi => (".circleci/config.yml", include_str!("../../templates/ci/circleci.yml")),
            Self::Azure => ("azure-pipelines.yml", include_str!("../../templates/ci/azure.yml")),
            Self::Shell => ("precedent-ci.sh", include_str!("../../templates/ci/shell.sh")),
        }
    }

    /// The folder that the service publishes, and the host that it is for.
    fn site(self) -> (&'static str, &'static str) {
        match self {
            Self::GitHub => ("site", " --for github"),
            Self::GitLab => ("public", " --for gitlab"),
            _ => ("site", ""),
        }
    }

    /// Writes a command as the language of the recipe has texts.
    fn quoted(self, text: &str) -> String {
        match self {
            Self::Jenkins => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
            Self::Shell => format!("'{}'", text.replace('\'', "'\\''")),
            _ => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        }
    }
}

/// Returns the files of a recipe, by their paths from the root of the repository. The first is where it says how the program
/// is installed.
///
/// # Errors
/// When a name would mean something to a shell or a service.
pub fn recipe(service: Service, setup: &Setup<'_>) -> Result<Vec<NewFile>, Unwritable> {
    let Setup { book, branch, install } = *setup;
    let is_plain = |text: &str, signs: &str| {
        text.chars().all(|letter| letter.is_alphanumeric() || signs.contains(letter)) && !text.starts_with('-')
    };
    if !is_plain(book.as_str(), "/-_. ") {
        return Err(Unwritable::Book(book.to_string()));
    }
    if branch.is_empty() || !is_plain(branch, "/-_.") {
        return Err(Unwritable::Branch(branch.to_owned()));
    }
    if install.contains(char::is_control) {
        return Err(Unwritable::Install);
    }
    let (path, text) = service.recipe();
    let (out, host) = service.site();
    let place = if *book == BookPath::root() { "." } else { book.as_str() };
    let filled = with_scripts(text)
        .replace("@FILE@", path)
        .replace("@BOOK@", place)
        .replace("@BRANCH@", branch)
        .replace("@OUT@", out)
        .replace("@FOR@", host)
        .replace("@INSTALL@", &service.quoted(install));
    let file = |path: &str, text: String| NewFile { path: BookPath::new(path).expect("a plain path"), text };
    let mut files = vec![file(path, filled)];
    match service {
        Service::GitHub => {
            let comment = with_scripts(include_str!("../../templates/ci/github-comment.yml"));
            files.push(file(".github/workflows/precedent-comment.yml", comment));
        }
        Service::GitLab => {
            files.push(file(".gitlab-ci.yml", include_str!("../../templates/ci/gitlab-include.yml").to_owned()));
        }
        _ => {}
    }
    Ok(files)
}

/// Puts the scripts where a recipe names them, as deep as it names them.
fn with_scripts(text: &str) -> String {
    let line = |line: &str| {
        let name = line.trim_start();
        let indent = &line[..line.len() - name.len()];
        match SCRIPTS.iter().find(|(known, _)| *known == name) {
            Some((_, script)) => script.lines().map(|line| format!("{indent}{line}\n")).collect(),
            None => format!("{line}\n"),
        }
    };
    text.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_mean_something_to_a_shell_is_refused() {
        let check = |book: &str, branch: &str, install: &str| {
            let book = BookPath::new(book).unwrap();
            recipe(Service::GitHub, &Setup { book: &book, branch, install }).map(|files| files.len())
        };
        assert_eq!(check("docs/hand book", "release/1.0", "cargo install x"), Ok(2));
        assert_eq!(check("it's", "main", ""), Err(Unwritable::Book("it's".to_owned())));
        assert_eq!(check("a${{b}}", "main", ""), Err(Unwritable::Book("a${{b}}".to_owned())));
        assert_eq!(check("docs", "a\"b", ""), Err(Unwritable::Branch("a\"b".to_owned())));
        assert_eq!(check("docs", "main", "a\nb"), Err(Unwritable::Install));
    }

    #[test]
    fn every_mark_is_filled_in() {
        let book = BookPath::new("docs").unwrap();
        for service in
            [Service::GitHub, Service::GitLab, Service::Jenkins, Service::CircleCi, Service::Azure, Service::Shell]
        {
            for file in recipe(service, &Setup { book: &book, branch: "main", install: "it's \"so\" \\n" }).unwrap() {
                let marks: Vec<&str> =
                    file.text.split('@').filter(|word| word.chars().all(char::is_uppercase)).collect();
                assert!(!file.text.contains(".sh@") && marks.iter().all(|mark| mark.is_empty()), "{}", file.text);
            }
        }
    }
}
