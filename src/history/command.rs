//! One question to the program `git`: arguments go in, and what it writes comes out.
//!
//! Git is told to take no locks, fetch nothing, run none of the repository's hooks, monitors or filters, ask nobody, and
//! speak English, so that what it does here depends on the repository and not on whose machine or in which hook it runs.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::Error;

/// Variables that would point git at another repository or make it read paths otherwise: `git rev-parse
/// --local-env-vars` without those of the configuration, which a user sets to say whom they trust.
const REDIRECTING: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_DIR",
    "GIT_GLOB_PATHSPECS",
    "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// Settings of a user or a repository that would change what the answers look like.
const SETTINGS: &[&str] = &[
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.quotepath=false",
    "log.follow=false",
    "log.showRoot=true",
    "log.showSignature=false",
];

/// What git says.
#[derive(Debug)]
pub(super) struct Answer {
    /// How it ended; none when it was killed.
    pub code: Option<i32>,
    pub output: Vec<u8>,
    /// The first line that tells of trouble.
    pub message: String,
}

impl Answer {
    /// Returns the output of a question that git could answer.
    pub fn or_failed(self, folder: &Path, purpose: &'static str) -> Result<Vec<u8>, Error> {
        match self.code {
            Some(0) => Ok(self.output),
            _ => Err(Error::Failed { purpose, folder: folder.to_owned(), message: self.message }),
        }
    }
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        let told = String::from_utf8_lossy(&output.stderr);
        let trouble = told.lines().find_map(|line| line.strip_prefix("fatal: ").or(line.strip_prefix("error: ")));
        let message = trouble.or(told.lines().next()).unwrap_or("it does not say why").to_owned();
        Self { code: output.status.code(), output: output.stdout, message }
    }
}

/// How long git may take for one question. The history of a large repository takes seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// Asks git about a folder.
pub(super) fn ask(folder: &Path, purpose: &'static str, arguments: &[&str]) -> Result<Answer, Error> {
    run(command(folder, arguments), Vec::new(), folder, purpose)
}

/// Returns the contents that have these hashes, in order.
pub(super) fn contents(folder: &Path, hashes: &[&str]) -> Result<Vec<Vec<u8>>, Error> {
    const PURPOSE: &str = "read files";
    let input = (hashes.join("\n") + "\n").into_bytes();
    let output = run(command(folder, &["cat-file", "--batch"]), input, folder, PURPOSE)?.or_failed(folder, PURPOSE)?;
    let mut rest = output.as_slice();
    let contents = hashes.iter().map(|hash| next_content(&mut rest, hash)).collect::<Option<_>>();
    contents.ok_or_else(|| {
        let message = "a file's content is missing".to_owned();
        Error::Failed { purpose: PURPOSE, folder: folder.to_owned(), message }
    })
}

/// Runs git to its end, or ends it when it takes too long. It answers while it is still being asked, and would wait for
/// ever if nobody read.
fn run(mut command: Command, input: Vec<u8>, folder: &Path, purpose: &'static str) -> Result<Answer, Error> {
    let start = |source| Error::Start { purpose, folder: folder.to_owned(), source };
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(start)?;
    if let Some(mut pipe) = child.stdin.take() {
        // Where git has stopped early, its answer says why.
        std::thread::spawn(move || drop(pipe.write_all(&input)));
    }
    let (output, told) = (collect(child.stdout.take()), collect(child.stderr.take()));
    let begun = Instant::now();
    let next = |said: &Receiver<Vec<u8>>| said.recv_timeout(PATIENCE.saturating_sub(begun.elapsed()));
    let said = next(&output).and_then(|output| Ok((output, next(&told)?)));
    let Ok((stdout, stderr)) = said else {
        // It may have ended in the meantime, and then there is nothing to end.
        let _ = child.kill();
        let _ = child.wait();
        let message = format!("it took longer than {} seconds", PATIENCE.as_secs());
        return Err(Error::Failed { purpose, folder: folder.to_owned(), message });
    };
    let status = child.wait().map_err(start)?;
    Ok(Answer::from(Output { status, stdout, stderr }))
}

/// Reads what git says, in a thread of its own.
fn collect(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut said = Vec::new();
        if let Some(mut pipe) = pipe {
            // What was said until then counts; how git ended tells the rest.
            let _ = pipe.read_to_end(&mut said);
        }
        let _ = sender.send(said);
    });
    receiver
}

/// Takes `<hash> blob <length>`, a line's end, the content and another line's end.
fn next_content(rest: &mut &[u8], hash: &str) -> Option<Vec<u8>> {
    let line = rest.iter().position(|byte| *byte == b'\n')?;
    let (about, after) = (std::str::from_utf8(&rest[..line]).ok()?, &rest[line + 1..]);
    let length: usize = about.strip_prefix(hash)?.strip_prefix(" blob ")?.parse().ok()?;
    let content = after.get(..length)?.to_vec();
    *rest = after.get(length + 1..)?;
    Some(content)
}

pub(super) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    for variable in REDIRECTING {
        command.env_remove(variable);
    }
    command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    // A clone without all blobs would fetch them, with programs that its settings name. No protocol is called `none`, and
    // unlike `protocol.allow` no setting of the repository beats the variable.
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
    command.args([OsStr::new("-C"), folder.as_os_str()]).args(["--no-pager", "--literal-pathspecs"]);
    command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
    command.args(arguments);
    command
}

/// Returns settings that switch off every filter that a repository or a user has, as pairs of key and value.
///
/// Git runs the filter `clean` on a file whose stamp is not that of its index, to compare it. Without the filter a file
/// that it would change counts as changed, which is the worse answer and the safer one.
pub(super) fn without_filters(folder: &Path) -> Result<Vec<(String, &'static str)>, Error> {
    let answer = ask(folder, "read its settings", &["config", "--null", "--name-only", "--get-regexp", "^filter[.]"])?;
    // It says 1 where there is none.
    let keys = names(&answer.output).filter_map(|key| key.rsplit_once('.')).map(|(filter, _)| filter);
    let filters: BTreeSet<&str> = keys.collect();
    let off = [("clean", ""), ("smudge", ""), ("process", ""), ("required", "false")];
    Ok(filters.iter().flat_map(|filter| off.map(|(key, value)| (format!("{filter}.{key}"), value))).collect())
}

/// Asks git about a folder with further settings, which come after those that the user's environment has.
pub(super) fn ask_with(
    folder: &Path,
    purpose: &'static str,
    settings: &[(String, &str)],
    arguments: &[&str],
) -> Result<Answer, Error> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the settings of the user's environment stay, and these come after them"
    )]
    let before: usize = std::env::var("GIT_CONFIG_COUNT").ok().and_then(|count| count.parse().ok()).unwrap_or(0);
    let mut command = command(folder, arguments);
    command.env("GIT_CONFIG_COUNT", (before + settings.len()).to_string());
    for (at, (key, value)) in settings.iter().enumerate() {
        command.env(format!("GIT_CONFIG_KEY_{}", before + at), key);
        command.env(format!("GIT_CONFIG_VALUE_{}", before + at), value);
    }
    run(command, Vec::new(), folder, purpose)
}

/// Returns the names in an output that a zero byte ends each of.
pub(super) fn names(output: &[u8]) -> impl Iterator<Item = &str> {
    output.split(|byte| *byte == 0).filter_map(|name| std::str::from_utf8(name).ok()).filter(|name| !name.is_empty())
}

/// Returns an output of one line.
pub(super) fn as_line(output: &[u8]) -> String {
    String::from_utf8_lossy(output).trim_end().to_owned()
}

/// Returns an output that is one path, of any bytes where the system allows them.
pub(super) fn as_path(output: &[u8]) -> PathBuf {
    let bytes = output.strip_suffix(b"\n").unwrap_or(output);
    #[cfg(unix)]
    let path: &OsStr = std::os::unix::ffi::OsStrExt::from_bytes(bytes);
    #[cfg(not(unix))]
    let path = OsStr::new(std::str::from_utf8(bytes).unwrap_or_default());
    PathBuf::from(path)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests write the files of real repositories")]
mod tests;
